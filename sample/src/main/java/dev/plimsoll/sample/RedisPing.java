package dev.plimsoll.sample;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Asks a Redis whether it is there. An answer that demands a password counts: the server is up.
record RedisPing(URI uri) {
    private static final int PORT = 6379;
    private static final int MILLIS = 1000;

    String ask() throws IOException {
        var port = uri.getPort() < 0 ? PORT : uri.getPort();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(Optional.ofNullable(uri.getHost()).orElse("localhost"), port), MILLIS);
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
            if (!answer.equals("+PONG") && !answer.equals("-NOAU")) {
                throw new IOException("answers `" + answer + "` to PING");
            }
            return "answers";
        }
    }
}
