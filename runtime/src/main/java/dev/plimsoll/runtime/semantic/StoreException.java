package dev.plimsoll.runtime.semantic;

/// A store cannot be asked now, or does not keep an entry.
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
