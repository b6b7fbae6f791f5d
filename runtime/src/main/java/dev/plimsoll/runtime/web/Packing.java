package dev.plimsoll.runtime.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// Bodies in gzip for clients that take it. For services whose web server does not pack by itself.
public final class Packing {
    /// Below this, in bytes, packing costs more than it saves: it fits one packet of a network together with its
    /// headers.
    private static final int WORTH_IT = 1024;

    private Packing() {}

    /// @param headers that belong to the body, none among them for its length
    @SuppressWarnings("ArrayRecordComponent") // it is sent, never compared
    public record Body(byte[] bytes, Map<String, String> headers) {}

    /// @param accepted the request's `Accept-Encoding`
    public static Body of(byte[] plain, Optional<String> accepted) {
        if (plain.length < WORTH_IT) {
            return new Body(plain, Map.of());
        }
        return accepted.filter(Packing::takesGzip).isPresent()
                ? new Body(packed(plain), Map.of("Vary", "Accept-Encoding", "Content-Encoding", "gzip"))
                : new Body(plain, Map.of("Vary", "Accept-Encoding"));
    }

    /// RFC 9110, 12.5.3: gzip by name decides, else `*`; a weight of zero refuses.
    private static boolean takesGzip(String accepted) {
        var codings = Arrays.stream(accepted.toLowerCase(Locale.ROOT).split(",")).map(String::strip).toList();
        return codings.stream().filter(coding -> isNamed(coding, "gzip") || isNamed(coding, "x-gzip")).findFirst().or(
                () -> codings.stream().filter(coding -> isNamed(coding, "*")).findFirst()).filter(
                        coding -> !coding.matches("[^;]*;\\s*q\\s*=\\s*0(\\.0*)?\\s*"))
                .isPresent();
    }

    private static boolean isNamed(String coding, String name) {
        return coding.split(";", 2)[0].strip().equals(name);
    }

    private static byte[] packed(byte[] plain) {
        var packed = new ByteArrayOutputStream(plain.length / 3);
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory does not fail", impossible);
        }
        return packed.toByteArray();
    }
}
