package dev.plimsoll.runtime.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {
    private final byte[] page = "the same words again and again ".repeat(200).getBytes(
            StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate, GZIP;q=0.5, br", "x-gzip", "*", "br;q=1.0, *;q=0.1", "gzip ; q=0.001"})
    void isForThoseWhoTakeGzip(String accepted) throws IOException {
        var body = Packing.of(page, Optional.of(accepted));
        assertThat(body.headers()).containsEntry("Content-Encoding", "gzip").containsEntry("Vary", "Accept-Encoding");
        assertThat(body.bytes().length).isLessThan(page.length / 10);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(body.bytes()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(page);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "br", "gzip;q=0", "gzip; q=0.000, *", "identity, *;q=0", "notgzip", "gzipped"})
    void isNotForOthers(String accepted) {
        var body = Packing.of(page, Optional.of(accepted));
        assertThat(body.bytes()).isEqualTo(page);
        assertThat(body.headers()).isEqualTo(Map.of("Vary", "Accept-Encoding"));
    }

    @Test
    void isNotForWhatFitsAPacket() {
        var body = Packing.of(new byte[1023], Optional.of("gzip"));
        assertThat(body.bytes()).hasSize(1023);
        assertThat(body.headers()).isEmpty();
        assertThat(Packing.of(page, Optional.empty()).bytes()).isEqualTo(page);
    }
}
