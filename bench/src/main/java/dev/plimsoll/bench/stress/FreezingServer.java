package dev.plimsoll.bench.stress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// An HTTP server that answers after a fixed time and stands still for half a second every five. Its latency under an
/// open arrival process follows from these numbers alone. One thread and a queue, so that nothing but the freeze delays
/// an answer.
final class FreezingServer implements AutoCloseable {
    static final double CYCLE = 5;
    static final double FREEZE = 0.5;
    static final double SERVICE = 0.002;

    private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 13\r\n\r\nHello, world!"
            .getBytes(
                    StandardCharsets.US_ASCII);
    private static final long NANOS = 1_000_000_000;

    private final boolean freezing;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final ArrayDeque<Due> due = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final long start = System.nanoTime();
    private volatile boolean ended;
    private final AtomicLong answered = new AtomicLong();

    private record Due(SocketChannel channel, long at, int answers) {}

    /// @param freezing whether it waits and freezes; otherwise it answers at once
    FreezingServer(boolean freezing) throws IOException {
        this.freezing = freezing;
        selector = Selector.open();
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        Thread.ofPlatform().name("server").daemon().start(this::serve);
    }

    int port() throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    /// Requests answered so far, those of a warm-up included.
    long answered() {
        return answered.get();
    }

    private void serve() {
        try {
            while (!ended) {
                answerDue(System.nanoTime());
                if (due.isEmpty()) {
                    selector.select(this::ready);
                } else if (selector.selectNow(this::ready) == 0) {
                    Thread.sleep(0, 200_000);
                }
            }
        } catch (IOException | InterruptedException over) {
            ended = true;
        }
    }

    private void answerDue(long now) throws IOException {
        if (isFrozen(now)) {
            return;
        }
        while (!due.isEmpty() && due.peekFirst().at() <= now) {
            answer(due.removeFirst());
        }
    }

    private void answer(Due next) throws IOException {
        try {
            for (var count = 0; count < next.answers(); count++) {
                next.channel().write(ByteBuffer.wrap(ANSWER));
            }
            answered.addAndGet(next.answers());
        } catch (IOException gone) {
            next.channel().close();
        }
    }

    private boolean isFrozen(long now) {
        return freezing && (now - start) % Math.round(CYCLE * NANOS) < Math.round(FREEZE * NANOS);
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                var channel = listener.accept();
                channel.configureBlocking(false);
                channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
                channel.register(selector, SelectionKey.OP_READ);
            } else if (key.channel() instanceof SocketChannel channel) {
                read(channel);
            }
        } catch (IOException gone) {
            key.cancel();
        }
    }

    private void read(SocketChannel channel) throws IOException {
        var now = System.nanoTime();
        var count = channel.read(buffer.clear());
        if (count < 0) {
            channel.close();
            return;
        }
        var requests = 0;
        for (var at = 3; at < count; at++) {
            requests += buffer.get(at) == '\n' && buffer.get(at - 1) == '\r' && buffer.get(at - 2) == '\n' ? 1 : 0;
        }
        if (freezing) {
            due.addLast(new Due(channel, now + Math.round(SERVICE * NANOS), requests));
        } else {
            answer(new Due(channel, now, requests));
        }
    }

    /// The latency in ms that this share of evenly spaced arrivals does not exceed.
    static double truth(double rate, double share) {
        var perCycle = (int) Math.round(rate * CYCLE);
        var latencies = new double[perCycle];
        for (var at = 0; at < perCycle; at++) {
            var ready = at / rate + SERVICE;
            latencies[at] = 1000 * (ready < FREEZE ? FREEZE - at / rate : SERVICE);
        }
        Arrays.sort(latencies);
        return latencies[(int) Math.min(perCycle - 1, Math.floor(share * perCycle))];
    }

    @Override
    public void close() throws IOException {
        ended = true;
        selector.wakeup();
        listener.close();
    }
}
