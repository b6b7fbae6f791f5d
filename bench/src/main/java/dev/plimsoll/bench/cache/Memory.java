package dev.plimsoll.bench.cache;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Numbers that processes share through a mapped file.
final class Memory {
    private static final int BYTES = 4096;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder
            .nativeOrder());

    private final ByteBuffer bytes;

    Memory(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
        }
    }

    long get(int slot) {
        return (long) LONGS.getVolatile(bytes, slot * Long.BYTES);
    }

    void set(int slot, long number) {
        LONGS.setVolatile(bytes, slot * Long.BYTES, number);
    }
}
