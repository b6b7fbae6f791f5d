package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.tag.Tag;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Values as parts of keys and tags, so that no value can look like two parts.
final class Escape {
    /// Readable start of a tag that is too long; `~` and 64 digits follow.
    private static final int READABLE = 100;

    private Escape() {}

    static String value(String value) {
        var text = new StringBuilder(value.length());
        for (var octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(octet)) {
                text.append((char) octet);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return text.toString();
    }

    static Tag tag(String name) {
        return Tag.of(name.length() <= Tag.LONGEST ? name : name.substring(0, READABLE) + '~' + digest(name));
    }

    static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(
                    StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static boolean isPlain(byte octet) {
        return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9')
                || octet == '-' || octet == '_' || octet == '.';
    }
}
