package dev.plimsoll.sample.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MultipartTest {
    private static final int MEGABYTE = 1 << 20;

    /// What a client sends in chunks of one byte.
    private static InputStream bytes(String text) {
        return new FilterInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII))) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(1, length));
            }
        };
    }

    @Test
    void whatComesInSmallPiecesTakesNoMoreMemoryThanWhatComesAtOnce() throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var form = Multipart.of("multipart/form-data; boundary=x", bytes(
                "--x\r\nContent-Disposition: form-data; name=file\r\n\r\n" + "a".repeat(MEGABYTE) + "\r\n--x--\r\n"));
        assertThat(form.next()).isPresent();
        var before = threads.getCurrentThreadAllocatedBytes();
        var content = form.content(MEGABYTE, new Refusal(413, "too much"));
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 * MEGABYTE);
        assertThat(content).hasSize(MEGABYTE).containsOnly('a');
        assertThat(form.next()).isEmpty();
    }

    @Test
    void aNameAsLongAsALineMayBeIsRead() throws IOException {
        var form = Multipart.of("multipart/form-data; boundary=x", bytes(
                "--x\r\nContent-Disposition: form-data; name=\"" + "a".repeat(3900)
                        + "\"\r\n\r\nb\r\n--x--\r\n"));
        assertThat(form.next().orElseThrow().name()).hasSize(3900);
    }
}
