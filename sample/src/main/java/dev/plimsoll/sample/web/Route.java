package dev.plimsoll.sample.web;

import java.io.IOException;

/// A path and what answers it.
///
/// @param path with parameters in braces; also the `uri` of the metrics, so that these stay few
/// @param open whether it answers without a token
public record Route(String method, String path, boolean open, Answering answering) {
    /// Answers a call.
    @FunctionalInterface
    public interface Answering {
        Reply answer(Call call) throws IOException, InterruptedException;
    }

    static Route guarded(String method, String path, Answering answering) {
        return new Route(method, path, false, answering);
    }

    static Route open(String path, Answering answering) {
        return new Route("GET", path, true, answering);
    }
}
