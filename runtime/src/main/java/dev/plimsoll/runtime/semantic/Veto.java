package dev.plimsoll.runtime.semantic;

/// Refuses an entry whose question is near but asks something else. Cosines cannot tell "from A to B" from "from B
/// to A".
@FunctionalInterface
public interface Veto {
    /// Refuses nothing.
    Veto NONE = (asked, stored) -> false;

    boolean refuses(String asked, String stored);
}
