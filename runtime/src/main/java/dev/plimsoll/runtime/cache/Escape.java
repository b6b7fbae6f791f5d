package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.tag.Tag;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Values as parts of keys and tags, so that no value can look like two parts.
final class Escape {
    /// Readable start of a tag that is too long; `~` and 64 digits follow.
    private static final int READABLE = 100;
    private static final HexFormat DIGITS = HexFormat.of().withUpperCase();
    /// Neither stands for any octet: no value and half a character, which UTF-8 has not, are no values' doubles.
    private static final String NULL = "%-";
    private static final String LONE = "%u";

    private Escape() {}

    static String value(@Nullable String value) {
        if (value == null) {
            return NULL;
        }
        var text = new StringBuilder(value.length());
        value.codePoints().forEach(letter -> {
            if (letter <= Character.MAX_VALUE && Character.isSurrogate((char) letter)) {
                text.append(LONE).append(DIGITS.toHexDigits((char) letter));
                return;
            }
            for (var octet : Character.toString(letter).getBytes(StandardCharsets.UTF_8)) {
                if (isPlain(octet)) {
                    text.append((char) octet);
                } else {
                    text.append('%').append(DIGITS.toHexDigits(octet));
                }
            }
        });
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
