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
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

/// An HTTP server that answers each request at a moment that is known when it arrives, so that its latency and its
/// capacity follow from a few numbers. One thread: nothing else delays an answer.
final class TimedServer implements AutoCloseable {
    private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 13\r\n\r\nHello, world!"
            .getBytes(
                    StandardCharsets.US_ASCII);

    private final Behaviour behaviour;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private volatile boolean ended;
    private final AtomicLong answered = new AtomicLong();

    private record Due(SocketChannel channel, long at, int answers) {}

    TimedServer(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
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
        while (!due.isEmpty() && due.peek().at() <= now) {
            answer(due.remove());
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
        var at = behaviour.answersAt(now);
        if (at <= now) {
            answer(new Due(channel, at, requests));
        } else {
            due.add(new Due(channel, at, requests));
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        selector.wakeup();
        listener.close();
    }
}
