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
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Asks a Redis whether it is there for this service, with the name and password of its URL, and over TLS where that
/// begins with `rediss`.
///
/// @param tls whose certificates are trusted
record RedisPing(URI uri, SSLSocketFactory tls) {
    private static final int PORT = 6379;
    private static final int MILLIS = 1000;

    /// Trusts whom this JVM trusts.
    RedisPing(URI uri) {
        this(uri, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    HealthChecks.Answer ask() throws IOException {
        var port = uri.getPort() < 0 ? PORT : uri.getPort();
        var host = Optional.ofNullable(uri.getHost()).orElse("localhost");
        var login = login();
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), MILLIS);
            plain.setSoTimeout(MILLIS);
            var socket = uri.getScheme().equals("rediss") ? encrypted(plain, host, port) : plain;
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

    /// The certificate has to be for this host.
    private SSLSocket encrypted(Socket plain, String host, int port) throws IOException {
        var socket = (SSLSocket) tls.createSocket(plain, host, port, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
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
