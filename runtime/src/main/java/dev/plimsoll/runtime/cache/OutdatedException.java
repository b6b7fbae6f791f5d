package dev.plimsoll.runtime.cache;

/// What was offered was made before an invalidation. Nobody's business but of who offered it.
final class OutdatedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutdatedException() {
        super("outdated", null, false, false);
    }
}
