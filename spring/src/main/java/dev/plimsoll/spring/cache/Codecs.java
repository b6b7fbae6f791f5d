package dev.plimsoll.spring.cache;

import dev.plimsoll.runtime.cache.Codec;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.springframework.cache.support.NullValue;

/// Gives the values of declared caches their form in Redis. A service that wants another one defines a bean of this
/// type.
@FunctionalInterface
public interface Codecs {
    /// @param type of the values, by its name
    /// @param format number of the present one
    /// @throws IllegalArgumentException if values of the type cannot be stored
    Codec<Object> codec(String type, int format);

    /// For texts.
    static Codecs texts() {
        return (type, format) -> {
            if (!type.equals(String.class.getName())) {
                throw new IllegalArgumentException("only java.lang.String can be stored without Jackson 3");
            }
            return withNull("text-" + format, value -> ((String) value).getBytes(StandardCharsets.UTF_8),
                    bytes -> new String(bytes, StandardCharsets.UTF_8));
        };
    }

    /// A codec for values among which may be Spring's stand-in for null.
    static Codec<Object> withNull(String name, Function<Object, byte[]> encode, Function<byte[], Object> decode) {
        return new Codec<>(name, value -> {
            if (value instanceof NullValue) {
                return new byte[0];
            }
            var bytes = encode.apply(value);
            var all = new byte[bytes.length + 1];
            System.arraycopy(bytes, 0, all, 1, bytes.length);
            return all;
        }, all -> {
            if (all.length == 0) {
                return NullValue.INSTANCE;
            }
            var bytes = new byte[all.length - 1];
            System.arraycopy(all, 1, bytes, 0, bytes.length);
            return decode.apply(bytes);
        });
    }
}
