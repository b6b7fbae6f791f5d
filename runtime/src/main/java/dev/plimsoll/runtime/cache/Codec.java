package dev.plimsoll.runtime.cache;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// Values as bytes.
///
/// @param name of the format; processes with another name load anew instead of reading it, so change it with the format
/// @param encode to bytes; their number is also the value's weight in the process
/// @param decode from bytes
public record Codec<V>(String name, Function<V, byte[]> encode, Function<byte[], V> decode) {
    public Codec {
        if (!name.matches("[!-~]{1,100}")) {
            throw new IllegalArgumentException("a codec's name has 1 to 100 printable ASCII characters without "
                    + "spaces, not `" + name + "`");
        }
    }

    public static Codec<String> text() {
        return new Codec<>("text", text -> text.getBytes(StandardCharsets.UTF_8),
                bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /// For bytes that nobody changes.
    public static Codec<byte[]> bytes() {
        return new Codec<>("bytes", bytes -> bytes, bytes -> bytes);
    }
}
