package dev.plimsoll.bench.load;

/// Something that the benchmark needs is not on this machine; the message says what and how to get it.
final class MissingTool extends RuntimeException {
    private static final long serialVersionUID = 1;

    MissingTool(String message) {
        super(message);
    }
}
