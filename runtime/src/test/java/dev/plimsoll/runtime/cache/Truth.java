package dev.plimsoll.runtime.cache;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Numbers that processes of one machine share through a file in memory: what is true, and what an invalidation has
/// confirmed.
final class Truth {
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder
            .nativeOrder());

    private final ByteBuffer memory;

    Truth(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
        }
    }

    long now() {
        return (long) LONGS.getVolatile(memory, 0);
    }

    void is(long number) {
        LONGS.setVolatile(memory, 0, number);
    }

    long confirmed() {
        return (long) LONGS.getVolatile(memory, 8);
    }

    /// No call from here on may return less.
    void confirm(long number) {
        LONGS.setVolatile(memory, 8, number);
    }
}
