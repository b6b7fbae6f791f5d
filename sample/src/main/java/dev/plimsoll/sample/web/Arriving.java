package dev.plimsoll.sample.web;

import io.helidon.common.buffers.DataReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// A body as it comes. It has to be there in time, as whoever reads it holds a place that others wait for. A client
/// that hangs up or is too slow is told so: the failure is the client's, not the service's.
final class Arriving extends FilterInputStream {
    /// Bytes a second after what a body of any size may take; a slow telephone line has as many.
    private static final int SLOWEST = 64 * 1024;

    private final long seconds;
    private final long end;
    private final LongSupplier nanoTime;
    private final Connections connections;
    private final SocketAddress client;

    /// @param most bytes that may come
    /// @param nanoTime as [System#nanoTime]
    /// @param connections close the client's where nothing comes at all, which no reading notices
    Arriving(InputStream in, int most, LongSupplier nanoTime, Connections connections, SocketAddress client) {
        super(in);
        this.nanoTime = nanoTime;
        this.connections = connections;
        this.client = client;
        seconds = connections.forABody().toSeconds() + most / SLOWEST;
        end = nanoTime.getAsLong() + TimeUnit.SECONDS.toNanos(seconds);
        connections.awaits(client, Duration.ofSeconds(seconds + 1));
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            var count = super.read(bytes, offset, length);
            if (nanoTime.getAsLong() - end > 0) {
                throw late("the body did not come within " + seconds + " s");
            }
            return count;
        } catch (DataReader.InsufficientDataAvailableException gone) {
            throw new Refusal(400, "the connection ended before the body did");
        } catch (UncheckedIOException failure) {
            if (failure.getCause() instanceof ClosedChannelException) {
                throw late("the body stopped coming");
            }
            throw failure;
        } catch (Refusal refused) {
            throw refused;
        } catch (RuntimeException broken) {
            // Such as a length of a chunk that is no number: where the body ends is not known.
            throw new Refusal(400, "the body cannot be read: " + broken.getMessage(), Map.of("Connection", "close"));
        }
    }

    private static Refusal late(String detail) {
        return new Refusal(408, detail, Map.of("Connection", "close"));
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } catch (DataReader.InsufficientDataAvailableException gone) {
            // Told when reading.
        } finally {
            connections.arrived(client);
        }
    }
}
