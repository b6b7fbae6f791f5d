package dev.plimsoll.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// One connection of [NioEngine]. The pacer and the reader may both write; each request is written by one of them.
final class NioConnection {
    private static final int SCRATCH = 16 * 1024;
    /// Written to the socket from outside the heap, which spares a copy. One for each thread that writes.
    private static final ThreadLocal<ByteBuffer> OUT = ThreadLocal
            .withInitial(() -> ByteBuffer.allocateDirect(SCRATCH));

    private final SocketChannel channel;
    private final AnswerReader answer = new AnswerReader();
    private final long openedAt;
    private Optional<SelectionKey> key = Optional.empty();
    private Optional<ByteBuffer> unwritten = Optional.empty();
    private Optional<Job> job = Optional.empty();
    private long sent;
    private long served;
    private boolean closed;

    NioConnection(SocketChannel channel, long now) {
        this.channel = channel;
        openedAt = now;
    }

    void registered(SelectionKey with) {
        key = Optional.of(with);
    }

    SocketChannel channel() {
        return channel;
    }

    /// Writes a request; false when the connection is closed already, and nothing was written.
    synchronized boolean send(Job next) {
        if (closed) {
            return false;
        }
        job = Optional.of(next);
        answer.begin(next.composed().isToHead(), !next.composed().request().extractions().isEmpty());
        sent = System.nanoTime();
        try {
            write(next.composed().bytes());
        } catch (IOException broken) {
            // The reader finds the connection at its end, and ends the request there.
        }
        return true;
    }

    private void write(byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        if (bytes.length <= SCRATCH) {
            buffer = OUT.get().clear().put(bytes).flip();
        }
        channel.write(buffer);
        if (buffer.hasRemaining()) {
            var rest = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
            unwritten = Optional.of(rest);
            key.ifPresent(found -> {
                found.interestOpsOr(SelectionKey.OP_WRITE);
                found.selector().wakeup();
            });
        }
    }

    /// Goes on with a request that did not fit the socket's buffer.
    synchronized void writeOn() throws IOException {
        if (unwritten.isPresent()) {
            channel.write(unwritten.get());
            if (unwritten.get().hasRemaining()) {
                return;
            }
        }
        unwritten = Optional.empty();
        key.ifPresent(found -> found.interestOpsAnd(~SelectionKey.OP_WRITE));
    }

    /// What a read brought.
    enum Read {
        NOTHING, ANSWER, BAD, END
    }

    /// @param scratch where bytes go on their way
    synchronized Read read(ByteBuffer buffer, byte[] scratch) {
        try {
            var count = channel.read(buffer.clear());
            if (count < 0) {
                if (job.isPresent()) {
                    answer.endOfConnection();
                }
                return job.isPresent() && answer.isDone() ? Read.ANSWER : Read.END;
            }
            if (count == 0) {
                return Read.NOTHING;
            }
            if (job.isEmpty()) {
                return Read.BAD;
            }
            buffer.flip().get(scratch, 0, count);
            answer.feed(scratch, count);
            return answer.isBad() ? Read.BAD : answer.isDone() ? Read.ANSWER : Read.NOTHING;
        } catch (IOException broken) {
            return Read.END;
        }
    }

    /// The request whose answer is complete; the connection is free then.
    synchronized Optional<Job> finish() {
        var finished = job;
        job = Optional.empty();
        served++;
        return finished;
    }

    /// Closes it; the request that was under way, if any.
    synchronized Optional<Job> close() {
        if (closed) {
            return Optional.empty();
        }
        closed = true;
        var unfinished = job;
        job = Optional.empty();
        try {
            channel.close();
        } catch (IOException gone) {
            // It is of no use any more in any case.
        }
        return unfinished;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /// Whether its request was due before, or its opening began before.
    synchronized boolean isOlderThan(long moment) {
        return job.map(Job::due).orElse(moment) < moment || job.isEmpty() && !isOpen() && openedAt < moment;
    }

    boolean isOpen() {
        return channel.isConnected();
    }

    /// Whether a closed connection only means that the server was done with it: it served before, and no byte of this
    /// answer came.
    synchronized boolean wasStale() {
        return served > 0 && answer.bytes() == 0;
    }

    AnswerReader answer() {
        return answer;
    }

    synchronized long sent() {
        return sent;
    }
}
