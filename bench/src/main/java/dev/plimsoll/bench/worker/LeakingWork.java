package dev.plimsoll.bench.worker;

import dev.plimsoll.runtime.worker.Job;
import dev.plimsoll.runtime.worker.Work;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Jobs that keep what they take, each in another way, and note that they were done. The payload is a number:
/// megabytes, or milliseconds of the kind `sleep`.
public final class LeakingWork implements Work {
    static final List<String> KINDS = List.of("heap", "direct", "native", "subprocess");
    /// The file where each job that was done leaves its id.
    static final String EFFECTS = "LEAKING_WORK_EFFECTS";

    private static final int MEGABYTE = 1 << 20;

    private final List<Object> kept = new ArrayList<>();
    private final Path effects = Path.of(System.getenv(EFFECTS));

    @Override
    public void run(Job job) throws IOException, InterruptedException {
        var amount = Integer.parseInt(job.payload());
        if (job.kind().equals("sleep")) {
            Thread.sleep(amount);
        } else if (amount > 0) {
            kept.add(leak(job.kind(), amount * MEGABYTE));
        }
        Files.write(effects, (job.kind() + "-" + job.id() + "\n").getBytes(StandardCharsets.US_ASCII),
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Object leak(String kind, int bytes) throws IOException {
        return switch (kind) {
            case "heap" -> new byte[bytes];
            case "direct" -> touched(ByteBuffer.allocateDirect(bytes));
            case "native" -> Arena.global().allocate(bytes).fill((byte) 1);
            case "subprocess" -> subprocess(bytes);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static ByteBuffer touched(ByteBuffer buffer) {
        for (var at = 0; at < buffer.capacity(); at += 4096) {
            buffer.put(at, (byte) 1);
        }
        return buffer;
    }

    /// `tail` keeps as much as it may have to print, until its input ends.
    private static Process subprocess(int bytes) throws IOException {
        return new ProcessBuilder("/bin/sh", "-c", "(head -c " + bytes + " /dev/zero; sleep 3600) | tail -c " + bytes)
                .start();
    }
}
