package dev.plimsoll.sample.text;

/// A document that cannot be read, with the reason for its owner.
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    public UnreadableException(String reason) {
        super(reason);
    }
}
