package dev.plimsoll.runtime.cache;

/// A loader threw a checked exception, or whoever waited for one was interrupted. Unchecked ones are passed on as they
/// are.
public final class LoadFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LoadFailedException(String key, Throwable cause) {
        super("`" + key + "` could not be loaded: " + cause, cause);
    }
}
