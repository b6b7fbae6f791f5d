package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.tag.Stamp;
import dev.plimsoll.runtime.tag.Tag;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;

/// A value as it is in Redis: what is needed to judge it, then its bytes.
///
/// @param codec name of the format
/// @param staleMillis part of the key's time to live in which the value is stale; so no two clocks are compared
/// @param loadMillis how long it took to load
/// @param stamp of before the loading
/// @param value encoded
@SuppressWarnings("ArrayRecordComponent") // it is written and read, never compared
record Stored(String codec, int staleMillis, int loadMillis, Stamp stamp, byte[] value) {
    /// Of this layout; others are not read.
    private static final byte VERSION = 1;
    private static final int FIXED = 1 + Integer.BYTES * 2 + Short.BYTES * 2;

    byte[] bytes() {
        var size = FIXED + codec.length() + value.length;
        for (var tag : stamp.generations().keySet()) {
            size += Short.BYTES + tag.name().length() + Long.BYTES;
        }
        var buffer = ByteBuffer.allocate(size).put(VERSION);
        put(buffer, codec);
        buffer.putInt(staleMillis).putInt(loadMillis).putShort((short) stamp.generations().size());
        stamp.generations().forEach((tag, generation) -> {
            put(buffer, tag.name());
            buffer.putLong(generation);
        });
        return buffer.put(value).array();
    }

    /// Empty if the bytes are something else.
    static Optional<Stored> of(byte[] bytes) {
        try {
            var buffer = ByteBuffer.wrap(bytes);
            if (buffer.get() != VERSION) {
                return Optional.empty();
            }
            var codec = text(buffer);
            var stale = buffer.getInt();
            var load = buffer.getInt();
            var generations = new TreeMap<Tag, Long>();
            for (var count = buffer.getShort(); count > 0; count--) {
                generations.put(Tag.of(text(buffer)), buffer.getLong());
            }
            var value = new byte[buffer.remaining()];
            buffer.get(value);
            return Optional.of(new Stored(codec, stale, load, new Stamp(generations), value));
        } catch (BufferUnderflowException | IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    private static void put(ByteBuffer buffer, String text) {
        buffer.putShort((short) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer buffer) {
        var text = new byte[Short.toUnsignedInt(buffer.getShort())];
        buffer.get(text);
        return new String(text, StandardCharsets.US_ASCII);
    }
}
