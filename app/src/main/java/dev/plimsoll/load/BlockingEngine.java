package dev.plimsoll.load;

import dev.plimsoll.load.Counts.Failure;
import dev.plimsoll.run.EnvironmentException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// HTTP/1.1 over TLS, or plain, on blocking sockets: one virtual thread for each connection.
final class BlockingEngine implements Engine {
    private static final long WAIT_MILLIS = 20;
    private static final int BUFFER = 16 * 1024;

    private final Endpoint endpoint;
    private final InetSocketAddress address;
    private final Limits limits;
    private final Optional<SSLContext> tls;
    private final LinkedBlockingDeque<Job> queue = new LinkedBlockingDeque<>();
    private final AtomicInteger workers = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private volatile int allowed;
    private volatile Optional<Pacer> pacer = Optional.empty();
    private volatile Optional<ClosedLoad> closedLoad = Optional.empty();
    private volatile boolean ended;
    /// Counts the loads that were abandoned: what began before is no longer recorded.
    private final AtomicInteger abandoned = new AtomicInteger();

    BlockingEngine(Endpoint endpoint, Limits limits) {
        this.endpoint = endpoint;
        address = endpoint.address();
        this.limits = limits;
        tls = endpoint.tls() ? Optional.of(context(limits.trusting())) : Optional.empty();
        Thread.ofVirtual().name("plimsoll-clients").start(this::tick);
    }

    private static SSLContext context(boolean trusting) {
        try {
            if (!trusting) {
                return SSLContext.getDefault();
            }
            var context = SSLContext.getInstance("TLS");
            context.init(new javax.net.ssl.KeyManager[0], new TrustManager[]{new TrustsAll()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException missing) {
            throw new EnvironmentException("This JVM has no TLS: " + missing.getMessage(), "Use another JDK");
        }
    }

    /// For `--insecure`.
    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Override
    public String name() {
        return "blocking";
    }

    @Override
    public void begin(Arrivals arrivals, Recorder into) {
        into.start(System.nanoTime() + 2 * WAIT_MILLIS * 1_000_000);
        switch (arrivals) {
            case Arrivals.Open(List<Stage> stages) -> {
                allowed = limits.connections();
                closedLoad = Optional.empty();
                var next = new Pacer(stages, into, this::submit);
                pacer = Optional.of(next);
                Thread.ofPlatform().name("plimsoll-pacer").daemon().start(next::run);
            }
            case Arrivals.Closed(int clients, Duration warmUp, Duration measured) -> {
                allowed = clients;
                pacer = Optional.empty();
                closedLoad = Optional.of(new ClosedLoad(clients, into, warmUp, measured));
            }
        }
    }

    @Override
    public boolean isDue() {
        return pacer.map(Pacer::isOver).orElse(true) && closedLoad.map(load -> load.isOver(System.nanoTime()))
                .orElse(true);
    }

    private void submit(Job job) {
        if (queue.size() >= Limits.MOST_WAITING) {
            job.failed(Optional.empty(), Failure.QUEUE_FULL);
            return;
        }
        queue.addLast(job);
        if (idle.get() < queue.size() && workers.get() < allowed) {
            most.accumulateAndGet(workers.incrementAndGet(), Math::max);
            Thread.ofVirtual().start(this::work);
        }
    }

    private void tick() {
        try {
            while (!ended) {
                closedLoad.ifPresent(load -> load.start(System.nanoTime()).forEach(this::submit));
                Thread.sleep(WAIT_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// One connection's life, and that of those that follow it.
    private void work() {
        var socket = Optional.<Socket>empty();
        var fresh = true;
        try {
            while (!ended && workers.get() <= Math.max(1, allowed)) {
                idle.incrementAndGet();
                var job = Optional.ofNullable(queue.pollFirst(WAIT_MILLIS * 10, TimeUnit.MILLISECONDS));
                idle.decrementAndGet();
                var next = job;
                while (next.isPresent()) {
                    var load = abandoned.get();
                    var done = exchange(next.get(), socket, fresh, load);
                    socket = done.socket();
                    fresh = socket.isEmpty();
                    next = done.answered()
                            ? closedLoad.flatMap(closed -> closed.next(System.nanoTime()))
                            : Optional.empty();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            workers.decrementAndGet();
            socket.ifPresent(BlockingEngine::close);
        }
    }

    /// @param socket to go on with; empty when it was closed
    private record Done(Optional<Socket> socket, boolean answered) {}

    private Done exchange(Job job, Optional<Socket> kept, boolean fresh, int load) {
        var left = job.due() + limits.timeoutNanos() - System.nanoTime();
        if (left <= 0) {
            return failed(job, kept, Optional.empty(), Failure.TIMEOUT, load);
        }
        var socket = kept;
        var sent = Optional.<Long>empty();
        var answer = new AnswerReader();
        try {
            if (socket.isEmpty()) {
                socket = Optional.of(open(left));
            }
            answer.begin(job.composed().isToHead(), !job.composed().request().extractions().isEmpty());
            var written = System.nanoTime();
            sent = Optional.of(written);
            socket.get().getOutputStream().write(job.composed().bytes());
            read(job, socket.get(), answer);
            if (answer.isBad()) {
                return answer.bytes() == 0 && !fresh && !job.again() && job.composed().request().isRepeatable()
                        ? again(job, socket)
                        : failed(job, socket, sent, answer.bytes() == 0 ? Failure.BROKEN : Failure.PROTOCOL, load);
            }
            if (load == abandoned.get()) {
                job.answered(written, answer);
            }
            if (answer.closes()) {
                socket.ifPresent(BlockingEngine::close);
                return new Done(Optional.empty(), true);
            }
            return new Done(socket, true);
        } catch (SocketTimeoutException late) {
            return failed(job, socket, sent, Failure.TIMEOUT, load);
        } catch (IOException broken) {
            return sent.isPresent() && !fresh && answer.bytes() == 0 && !job.again() && job.composed().request()
                    .isRepeatable()
                            ? again(job, socket)
                            : failed(job, socket, sent, sent.isEmpty() ? Failure.CONNECT : Failure.BROKEN, load);
        }
    }

    private Done again(Job job, Optional<Socket> socket) {
        socket.ifPresent(BlockingEngine::close);
        queue.addFirst(job.repeated());
        return new Done(Optional.empty(), false);
    }

    private Done failed(Job job, Optional<Socket> socket, Optional<Long> sent, Failure why, int load) {
        if (sent.isPresent() || why == Failure.CONNECT) {
            socket.ifPresent(BlockingEngine::close);
        }
        closedLoad.ifPresent(ClosedLoad::lost);
        if (load == abandoned.get()) {
            job.failed(sent, why);
        }
        return new Done(sent.isPresent() || why == Failure.CONNECT ? Optional.empty() : socket, false);
    }

    private void read(Job job, Socket socket, AnswerReader answer) throws IOException {
        var buffer = new byte[BUFFER];
        while (!answer.isDone() && !answer.isBad()) {
            var left = (job.due() + limits.timeoutNanos() - System.nanoTime()) / 1_000_000;
            socket.setSoTimeout((int) Math.max(1, left));
            var count = socket.getInputStream().read(buffer);
            if (count < 0) {
                answer.endOfConnection();
            } else {
                answer.feed(buffer, count);
            }
        }
    }

    private Socket open(long leftNanos) throws IOException {
        var millis = (int) Math.max(1, leftNanos / 1_000_000);
        var plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(address, millis);
            if (tls.isEmpty()) {
                return plain;
            }
            plain.setSoTimeout(millis);
            var secured = (SSLSocket) tls.get().getSocketFactory().createSocket(plain, endpoint.bareHost(), endpoint
                    .port(), true);
            if (!limits.trusting()) {
                var parameters = secured.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secured.setSSLParameters(parameters);
            }
            secured.startHandshake();
            return secured;
        } catch (IOException failed) {
            close(plain);
            throw failed;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is of no use any more in any case.
        }
    }

    @Override
    public void abandon() {
        pacer.ifPresent(Pacer::stop);
        closedLoad = Optional.empty();
        abandoned.incrementAndGet();
        queue.clear();
    }

    @Override
    public int connections() {
        return workers.get();
    }

    @Override
    public long waiting() {
        return queue.size();
    }

    @Override
    public int mostConnections() {
        return most.get();
    }

    @Override
    public double busy() {
        return 0;
    }

    @Override
    public void close() {
        abandon();
        ended = true;
    }
}
