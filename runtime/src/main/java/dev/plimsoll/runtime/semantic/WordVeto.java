package dev.plimsoll.runtime.semantic;

/// placeholder
public final class WordVeto implements Veto {
    @Override
    public boolean refuses(String asked, String stored) {
        return false;
    }
}
