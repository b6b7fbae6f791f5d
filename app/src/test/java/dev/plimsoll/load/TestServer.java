package dev.plimsoll.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ServerSocketFactory;

/// An HTTP server on a free loopback port that answers exactly what a test wants, byte by byte.
public final class TestServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Function<Seen, String> answers;
    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    /// A request as it arrived.
    public record Seen(String line, List<String> headers, String body) {
        public String path() {
            return line.split(" ")[1];
        }
    }

    /// @param answers the whole answer, head included; an empty one closes the connection
    public TestServer(Function<Seen, String> answers) {
        this(ServerSocketFactory.getDefault(), answers);
    }

    TestServer(ServerSocketFactory sockets, Function<Seen, String> answers) {
        this.answers = answers;
        try {
            listener = sockets.createServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                connections.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var request = request(line, in);
                seen.add(request);
                var answer = answers.apply(request);
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                if (answer.isEmpty() || answer.contains("Connection: close")) {
                    return;
                }
            }
        } catch (IOException closed) {
            // The client went away.
        }
    }

    private static Seen request(String line, BufferedReader in) throws IOException {
        var headers = new ArrayList<String>();
        for (var header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
            headers.add(header);
        }
        var length = headers.stream().filter(header -> header.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(header -> Integer.parseInt(header.substring(15).strip())).findFirst().orElse(0);
        var body = new char[length];
        for (var at = 0; at < length;) {
            at += Math.max(0, in.read(body, at, length - at));
        }
        return new Seen(line, headers, new String(body));
    }

    public String url(String path) {
        return "http://127.0.0.1:" + listener.getLocalPort() + path;
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    public int connectionCount() {
        return connections.size();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (var socket : connections) {
                socket.close();
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
