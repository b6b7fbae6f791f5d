package dev.plimsoll.runtime.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Passes connections on to a server of the loopback, until it swallows what they carry: what a client sees of a host
/// that vanished, or of a router that forgot the connection. Connections made later work.
public final class Relay implements AutoCloseable {
    private final ServerSocket listener;
    private volatile int server;
    private final List<Passage> passages = new CopyOnWriteArrayList<>();

    private Relay(int server) throws IOException {
        this.server = server;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    public static Relay to(int server) throws IOException {
        var relay = new Relay(server);
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Connections that are made from now on go to another server.
    public void turnTo(int other) {
        server = other;
    }

    /// Nothing passes on the connections that are open now, which stay open.
    public void swallow() {
        passages.forEach(passage -> passage.swallows = true);
    }

    /// How many were made so far.
    public int connections() {
        return passages.size();
    }

    private void accept() {
        try {
            while (true) {
                var passage = new Passage(listener.accept(), new Socket(InetAddress.getLoopbackAddress(), server));
                passages.add(passage);
                Thread.ofVirtual().start(() -> passage.pass(passage.client, passage.server));
                Thread.ofVirtual().start(() -> passage.pass(passage.server, passage.client));
            }
        } catch (IOException closed) {
            passages.forEach(Passage::close);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static final class Passage {
        private final Socket client;
        private final Socket server;
        private volatile boolean swallows;

        Passage(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pass(Socket from, Socket to) {
            try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
                var bytes = new byte[8192];
                for (var count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    if (!swallows) {
                        out.write(bytes, 0, count);
                    }
                }
            } catch (IOException ended) {
                close();
            }
        }

        void close() {
            try {
                client.close();
                server.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
