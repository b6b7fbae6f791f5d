package dev.plimsoll.sample.search;

/// Texts could not be turned to vectors, because whoever does it cannot now.
public final class EmbeddingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EmbeddingException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
