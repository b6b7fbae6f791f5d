package dev.plimsoll.observe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Checksums as the lock writes them.
public final class Digests {
    private Digests() {}

    /// SHA-256 of the text in UTF-8, in lower-case hexadecimal.
    public static String sha256(String text) {
        return HexFormat.of().formatHex(bytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] bytes(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
