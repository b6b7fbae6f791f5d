package dev.plimsoll.load;

import dev.plimsoll.load.Counts.Failure;
import dev.plimsoll.run.EnvironmentException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Plain HTTP/1.1 on non-blocking sockets: the pacer's thread writes, one thread reads.
final class NioEngine implements Engine {
    private static final long TICK_MILLIS = 10;
    private static final int BUFFER = 64 * 1024;
    private static final long STOP_MILLIS = 2000;

    private final InetSocketAddress address;
    private final Limits limits;
    private final Selector selector;
    private final Thread reader;
    private final ConnectionPool pool;
    /// Only the reader touches these.
    private final List<NioConnection> all = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final byte[] scratch = new byte[BUFFER];

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile Optional<Pacer> pacer = Optional.empty();
    private Optional<Thread> pacing = Optional.empty();
    private volatile Optional<ClosedLoad> closedLoad = Optional.empty();
    private volatile boolean ended;
    private long nextTick;
    private long readyAt;
    private final AtomicLong rested = new AtomicLong();
    private long restedBefore;
    private long askedAt = System.nanoTime();

    NioEngine(Endpoint endpoint, Limits limits) {
        address = endpoint.address();
        this.limits = limits;
        pool = new ConnectionPool(limits.connections());
        try {
            selector = Selector.open();
        } catch (IOException failed) {
            throw new EnvironmentException("No selector can be opened: " + failed.getMessage(), "Check `ulimit -n`");
        }
        reader = Thread.ofPlatform().name("plimsoll-reader").daemon().start(this::read);
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public void begin(Arrivals arrivals, Recorder into) {
        into.start(System.nanoTime() + 2 * TICK_MILLIS * 1_000_000);
        switch (arrivals) {
            case Arrivals.Open(List<Stage> stages) -> {
                limit(limits.connections());
                closedLoad = Optional.empty();
                var next = new Pacer(stages, into, this::submit);
                pacer = Optional.of(next);
                pacing = Optional.of(Thread.ofPlatform().name("plimsoll-pacer").daemon().start(next::run));
            }
            case Arrivals.Closed(int clients, Duration warmUp, Duration measured) -> {
                pacer = Optional.empty();
                limit(clients);
                closedLoad = Optional.of(new ClosedLoad(clients, into, warmUp, measured));
            }
        }
    }

    private void limit(int connections) {
        tasks.add(() -> pool.limit(connections).forEach(NioConnection::close));
    }

    @Override
    public boolean isDue() {
        return pacer.map(Pacer::isOver).orElse(true) && closedLoad.map(load -> load.isOver(System.nanoTime()))
                .orElse(true);
    }

    /// Gives a request to a free connection, or to the queue.
    private void submit(Job job) {
        var place = pool.place(job);
        if (place.isRefused()) {
            job.failed(Optional.empty(), Failure.QUEUE_FULL);
        } else if (place.connection().isPresent()) {
            if (!place.connection().get().send(job)) {
                submit(job);
            }
        } else if (place.opens()) {
            selector.wakeup();
        }
    }

    private void read() {
        try {
            while (!ended) {
                for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                open();
                var before = System.nanoTime();
                readyAt = 0;
                selector.select(this::ready, TICK_MILLIS);
                var now = System.nanoTime();
                rested.addAndGet((readyAt == 0 ? now : readyAt) - before);
                tick(now);
            }
        } catch (IOException failed) {
            throw new IllegalStateException("the selector failed", failed);
        } finally {
            all.forEach(NioConnection::close);
        }
    }

    /// Opens the connections that were ordered.
    private void open() {
        for (var orders = pool.takeOrders(); orders > 0; orders--) {
            try {
                var channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                var connection = new NioConnection(channel, System.nanoTime());
                all.add(connection);
                connection.registered(channel.register(selector, SelectionKey.OP_CONNECT, connection));
                if (channel.connect(address)) {
                    connected(connection, channel.keyFor(selector));
                }
            } catch (IOException refused) {
                refused();
            }
        }
    }

    private void refused() {
        pool.closed().ifPresent(job -> ended(job, Optional.empty(), Failure.CONNECT));
    }

    private void connected(NioConnection connection, SelectionKey key) {
        key.interestOps(SelectionKey.OP_READ);
        release(connection, Optional.empty());
    }

    private void ready(SelectionKey key) {
        if (readyAt == 0) {
            readyAt = System.nanoTime();
        }
        if (!key.isValid() || !(key.attachment() instanceof NioConnection connection)) {
            return;
        }
        try {
            if (key.isConnectable()) {
                connection.channel().finishConnect();
                connected(connection, key);
                return;
            }
            if (key.isWritable()) {
                connection.writeOn();
            }
            if (key.isReadable()) {
                readable(connection);
            }
        } catch (IOException failed) {
            if (connection.isOpen()) {
                lost(connection);
            } else {
                connection.close();
                refused();
            }
        }
    }

    private void readable(NioConnection connection) {
        switch (connection.read(buffer, scratch)) {
            case NOTHING -> {
            }
            case ANSWER -> answered(connection);
            case BAD -> fail(connection, Failure.PROTOCOL);
            case END -> lost(connection);
        }
    }

    private void answered(NioConnection connection) {
        var sent = connection.sent();
        var closes = connection.answer().closes();
        connection.finish().ifPresent(job -> job.answered(sent, connection.answer()));
        if (closes) {
            closedLoad.ifPresent(ClosedLoad::lost);
            pool.remove(connection);
            connection.close();
        } else {
            release(connection, closedLoad.flatMap(load -> load.next(System.nanoTime())));
        }
    }

    /// The connection takes the next request, of the queue or of its client, or waits.
    private void release(NioConnection connection, Optional<Job> own) {
        var next = pool.release(connection, own);
        if (next.isPresent() && !connection.send(next.get())) {
            submit(next.get());
        }
    }

    /// The server closed a connection. What it had not begun to answer is sent once more when that does no harm.
    private void lost(NioConnection connection) {
        var stale = connection.wasStale();
        var sent = connection.sent();
        pool.remove(connection);
        connection.close().ifPresent(job -> {
            if (stale && !job.again() && job.composed().request().isRepeatable()) {
                submit(job.repeated());
            } else {
                ended(job, Optional.of(sent), Failure.BROKEN);
            }
        });
    }

    private void fail(NioConnection connection, Failure why) {
        var sent = connection.sent();
        pool.remove(connection);
        connection.close().ifPresent(job -> ended(job, Optional.of(sent), why));
    }

    private void ended(Job job, Optional<Long> sent, Failure why) {
        closedLoad.ifPresent(ClosedLoad::lost);
        job.failed(sent, why);
    }

    /// Gives up what waits too long, and lets idle clients of a closed load go on.
    private void tick(long now) {
        if (now < nextTick) {
            return;
        }
        nextTick = now + TICK_MILLIS * 1_000_000;
        all.removeIf(NioConnection::isClosed);
        for (var connection : all) {
            if (connection.isOlderThan(now - limits.timeoutNanos())) {
                if (connection.isOpen()) {
                    fail(connection, Failure.TIMEOUT);
                } else {
                    connection.close();
                    refused();
                }
            }
        }
        pool.expired(now - limits.timeoutNanos()).forEach(job -> ended(job, Optional.empty(), Failure.TIMEOUT));
        closedLoad.ifPresent(load -> load.start(now).forEach(this::submit));
    }

    @Override
    public void abandon() {
        pacer.ifPresent(Pacer::stop);
        closedLoad = Optional.empty();
        var done = new CountDownLatch(1);
        try {
            if (pacing.isPresent()) {
                pacing.get().join(STOP_MILLIS);
            }
            tasks.add(() -> {
                pool.forget().forEach(NioConnection::close);
                done.countDown();
            });
            selector.wakeup();
            done.await(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int connections() {
        return pool.size();
    }

    @Override
    public long waiting() {
        return pool.waiting();
    }

    @Override
    public int mostConnections() {
        return pool.most();
    }

    @Override
    public double busy() {
        var now = System.nanoTime();
        var share = 1 - (double) (rested.get() - restedBefore) / Math.max(1, now - askedAt);
        restedBefore = rested.get();
        askedAt = now;
        return Math.clamp(share, 0, 1);
    }

    @Override
    public void close() {
        ended = true;
        pacer.ifPresent(Pacer::stop);
        selector.wakeup();
        try {
            reader.join(STOP_MILLIS);
            selector.close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            // The process lets go of it in any case.
        }
    }
}
