package dev.plimsoll.runtime.redis;

/// Redis did not answer, or not in time. Checked, because whoever asks has to go on without an answer.
public final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreachableException(String message) {
        super(message);
    }

    UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
