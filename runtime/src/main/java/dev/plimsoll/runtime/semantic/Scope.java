package dev.plimsoll.runtime.semantic;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Whom an answer may be given to, and in which setting it was made. A lookup in one scope never returns an entry of
/// another.
///
/// @param id 64 hexadecimal digits
public record Scope(String id) {
    private static final int DIGITS = 64;

    public Scope {
        if (id.length() != DIGITS || !HexFormat.of().formatHex(HexFormat.of().parseHex(id)).equals(id)) {
            throw new IllegalArgumentException("a scope has " + DIGITS + " lower-case hexadecimal digits, not `" + id
                    + "`");
        }
    }

    /// A scope of everything that an answer depends on besides the question: tenant, permissions, prompt, language
    /// model and its parameters, embedding model and version, locale, filters, for chats the turns before.
    ///
    /// @param secret keeps others from computing the scope of a tenant
    /// @throws IllegalArgumentException if there are no parts, or one has half of a surrogate pair
    public static Scope of(byte[] secret, Map<String, String> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a scope needs parts, such as the tenant and the embedding model");
        }
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return new Scope(HexFormat.of().formatHex(mac.doFinal(bytes(new TreeMap<>(parts)))));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /// Lengths before texts: no two sets of parts give the same bytes.
    private static byte[] bytes(SortedMap<String, String> parts) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (var part : parts.entrySet()) {
                write(out, part.getKey());
                write(out, part.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        // Half of a character has no bytes of its own; two texts would give the same.
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("a part of a scope is no valid text: it has half of a character");
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public String toString() {
        return id;
    }
}
