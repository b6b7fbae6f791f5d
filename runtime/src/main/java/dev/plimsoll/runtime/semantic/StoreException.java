package dev.plimsoll.runtime.semantic;

/// A store cannot be asked now, or does not keep an entry.
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean refused;

    /// The store does not keep the entry, and says why.
    public StoreException(String message) {
        super(message);
        refused = true;
    }

    /// The store cannot be asked now; what it was told may have reached it all the same.
    public StoreException(String message, Throwable cause) {
        super(message, cause);
        refused = false;
    }

    /// Whether the entry is surely not there.
    public boolean isRefused() {
        return refused;
    }
}
