package dev.plimsoll.sample;

import dev.plimsoll.runtime.web.Health;
import dev.plimsoll.runtime.web.HealthChecks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Asks a Redis whether it is there for this service, with the name and password of its URL.
record RedisPing(URI uri) {
    private static final int PORT = 6379;
    private static final int MILLIS = 1000;

    HealthChecks.Answer ask() throws IOException {
        var port = uri.getPort() < 0 ? PORT : uri.getPort();
        var login = login();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(Optional.ofNullable(uri.getHost()).orElse("localhost"), port), MILLIS);
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write((login.orElse("") + "PING\r\n").getBytes(StandardCharsets.UTF_8));
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            // What counts is the answer to PING: a server that wants no password refuses one.
            var answer = lines.lines().skip(login.isPresent() ? 1 : 0).findFirst().orElseThrow(
                    () -> new IOException("ends the connection"));
            return answer.equals("+PONG")
                    ? new HealthChecks.Answer(Health.State.UP, "answers")
                    : new HealthChecks.Answer(Health.State.DEGRADED, "answers `" + answer + "` to PING");
        }
    }

    /// With lengths, so that a password may hold any sign.
    private Optional<String> login() {
        return Optional.ofNullable(uri.getUserInfo()).map(info -> {
            var colon = info.indexOf(':');
            var words = colon > 0
                    ? List.of("AUTH", info.substring(0, colon), info.substring(colon + 1))
                    : List.of("AUTH", info.substring(colon + 1));
            return Stream.concat(Stream.of("*" + words.size()), words.stream().flatMap(word -> Stream.of("$" + word
                    .getBytes(StandardCharsets.UTF_8).length, word))).collect(Collectors.joining("\r\n", "", "\r\n"));
        });
    }
}
