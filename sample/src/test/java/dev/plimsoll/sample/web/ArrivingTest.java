package dev.plimsoll.sample.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArrivingTest {
    private static final int MEGABYTE = 1 << 20;
    private static final SocketAddress CLIENT = InetSocketAddress.createUnresolved("client", 4711);

    private final AtomicLong nanos = new AtomicLong();
    private final Connections connections = Connections.usual();

    @AfterEach
    void close() {
        connections.close();
    }

    /// A body of which a byte comes each second.
    private InputStream slow() {
        return new InputStream() {
            @Override
            public int read() {
                nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
                return 'a';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                if (length > 0) {
                    bytes[offset] = (byte) read();
                }
                return Math.min(1, length);
            }
        };
    }

    private static int status(Throwable refusal) {
        return ((Refusal) refusal).status();
    }

    @Test
    void aBodyThatComesTooSlowlyIsRefused() {
        var body = new Arriving(slow(), MEGABYTE, nanos::get, connections, CLIENT);
        assertThatThrownBy(() -> body.readNBytes(MEGABYTE)).isInstanceOf(Refusal.class).hasMessage(
                "the body did not come within 46 s").satisfies(refusal -> assertThat(status(refusal)).isEqualTo(408));
        assertThat(nanos).hasValue(TimeUnit.SECONDS.toNanos(47));
    }

    @Test
    void aBodyThatComesInTimeIsRead() throws IOException {
        assertThat(new Arriving(slow(), MEGABYTE, nanos::get, connections, CLIENT).readNBytes(46)).hasSize(46)
                .containsOnly('a');
        var body = new Arriving(new ByteArrayInputStream(new byte[]{(byte) 0xff}), MEGABYTE, nanos::get, connections,
                CLIENT);
        assertThat(body.read()).isEqualTo(0xff);
        assertThat(body.read()).isEqualTo(-1);
    }

    @Test
    void aBodyThatStopsComingIsRefused() {
        var stalled = new InputStream() {
            @Override
            public int read() {
                throw new UncheckedIOException(new AsynchronousCloseException());
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return read();
            }
        };
        assertThatThrownBy(() -> new Arriving(stalled, MEGABYTE, nanos::get, connections, CLIENT).read())
                .isInstanceOf(Refusal.class)
                .hasMessage("the body stopped coming").satisfies(refusal -> assertThat(status(refusal)).isEqualTo(408));
    }

    @Test
    void aBodyWhoseEndIsNotKnownIsRefused() {
        var broken = new InputStream() {
            @Override
            public int read() {
                throw new NumberFormatException("zz");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return read();
            }
        };
        assertThatThrownBy(() -> new Arriving(broken, MEGABYTE, nanos::get, connections, CLIENT).read()).isInstanceOf(
                Refusal.class).satisfies(refusal -> assertThat(status(refusal)).isEqualTo(400));
    }
}
