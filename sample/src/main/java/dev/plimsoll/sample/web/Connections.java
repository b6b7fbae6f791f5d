package dev.plimsoll.sample.web;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Ends connections that keep the server waiting. Helidon waits for the head of a request, and for its body, as long as
/// the client likes, and each connection holds memory meanwhile.
final class Connections implements AutoCloseable {
    /// Open at once; others wait to be accepted. Each may hold a head of 16 kB. Assumption: enough for a small server.
    static final int MOST = 500;
    /// From the opening, or the last answer, to the end of the next head: longer than proxies keep connections.
    private static final Duration FOR_A_HEAD = Duration.ofSeconds(75);
    /// From the end of the head to the end of a small body; large ones get more.
    private static final Duration FOR_A_BODY = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 500;

    private final Duration forAHead;
    private final Duration forABody;
    private final Map<SocketAddress, Open> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
            .daemon().name("connections").factory());

    private record Open(SocketChannel channel, Optional<Long> end) {
        boolean isLate(long now) {
            return end.filter(then -> now - then > 0).isPresent();
        }
    }

    Connections(Duration forAHead, Duration forABody) {
        this.forAHead = forAHead;
        this.forABody = forABody;
        var _ = watch.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    static Connections usual() {
        return new Connections(FOR_A_HEAD, FOR_A_BODY);
    }

    Duration forABody() {
        return forABody;
    }

    /// Helidon's options for accepted sockets, which hear of each.
    SocketOptions options() {
        return new Hearing(SocketOptions.create(), this);
    }

    private void opened(SocketChannel channel) {
        try {
            open.put(channel.getRemoteAddress(), new Open(channel, in(forAHead)));
        } catch (IOException gone) {
            // It is closed already.
        }
    }

    /// The server has the request, or its body, and may take its time.
    void arrived(SocketAddress client) {
        open.computeIfPresent(client, (same, found) -> new Open(found.channel(), Optional.empty()));
    }

    /// The server has answered.
    void answered(SocketAddress client) {
        awaits(client, forAHead);
    }

    /// The server waits for the client.
    void awaits(SocketAddress client, Duration longest) {
        open.computeIfPresent(client, (same, found) -> new Open(found.channel(), in(longest)));
    }

    private static Optional<Long> in(Duration time) {
        return Optional.of(System.nanoTime() + time.toNanos());
    }

    private void look() {
        var now = System.nanoTime();
        open.values().removeIf(found -> {
            if (found.isLate(now)) {
                close(found.channel());
            }
            return !found.channel().isOpen();
        });
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException closed) {
            // As it should be.
        }
    }

    int size() {
        return open.size();
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }

    private record Hearing(SocketOptions usual, Connections connections) implements SocketOptions {
        @Override
        public void configureSocket(SocketChannel channel) {
            usual.configureSocket(channel);
            connections.opened(channel);
        }

        @Override
        public Map<SocketOption<?>, Object> socketOptions() {
            return usual.socketOptions();
        }

        @Override
        public Duration connectTimeout() {
            return usual.connectTimeout();
        }

        @Override
        public Duration readTimeout() {
            return usual.readTimeout();
        }

        @Override
        public Optional<Integer> socketReceiveBufferSize() {
            return usual.socketReceiveBufferSize();
        }

        @Override
        public Optional<Integer> socketSendBufferSize() {
            return usual.socketSendBufferSize();
        }

        @Override
        public boolean socketReuseAddress() {
            return usual.socketReuseAddress();
        }

        @Override
        public boolean socketKeepAlive() {
            return usual.socketKeepAlive();
        }

        @Override
        public boolean tcpNoDelay() {
            return usual.tcpNoDelay();
        }
    }
}
