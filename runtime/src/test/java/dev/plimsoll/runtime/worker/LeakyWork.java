package dev.plimsoll.runtime.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/// Does what tests ask of it, mostly wrong. The payload is a number: megabytes or milliseconds.
public final class LeakyWork implements Work {
    /// Where it notes each job that it did to its end, if set.
    static final String EFFECTS = "LEAKY_WORK_EFFECTS";

    private static final int MEGABYTE = 1 << 20;

    private final List<Object> kept = new ArrayList<>();

    @Override
    public void run(Job job) throws IOException, InterruptedException {
        var amount = Integer.parseInt(job.payload().strip());
        switch (job.kind()) {
            case "heap" -> kept.add(new byte[amount * MEGABYTE]);
            case "direct" -> kept.add(touched(ByteBuffer.allocateDirect(amount * MEGABYTE)));
            case "native" -> nativeLeak(amount);
            case "subprocess" -> subprocess(amount);
            case "spike" -> spike(amount);
            case "sleep" -> Thread.sleep(amount);
            case "interrupt" -> Thread.currentThread().interrupt();
            case "fail" -> throw new IllegalStateException("it failed: \"" + amount + "\"\nfor good");
            case "exit" -> Runtime.getRuntime().halt(amount);
            case "print" -> System.out.println("{\"job\":\"" + job.id() + "\",\"done\":true}");
            default -> throw new IllegalArgumentException(job.kind());
        }
        var effects = System.getenv(EFFECTS);
        if (effects != null) {
            Files.writeString(Path.of(effects), job.id() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private static ByteBuffer touched(ByteBuffer buffer) {
        for (var at = 0; at < buffer.capacity(); at += 4096) {
            buffer.put(at, (byte) 1);
        }
        return buffer;
    }

    /// Each deflater holds about 256 KB that the JVM knows nothing of.
    private void nativeLeak(int megabytes) {
        var text = new byte[64 * 1024];
        for (var deflater = 0; deflater < megabytes * 4; deflater++) {
            var leak = new Deflater();
            leak.setInput(text);
            leak.deflate(new byte[1024]);
            kept.add(leak);
        }
    }

    /// Shells that hold at most 40 MB each after the job is done.
    private void subprocess(int megabytes) throws IOException {
        for (var left = megabytes; left > 0; left -= 40) {
            var shell = new ProcessBuilder("/bin/sh", "-c", "x=$(head -c " + Math.min(left, 40) * MEGABYTE
                    + " /dev/zero | tr '\\0' x); echo held; sleep 600").start();
            kept.add(shell);
            if (shell.inputReader().readLine() == null) {
                throw new IOException("the shell ended");
            }
        }
    }

    private static void spike(int megabytes) throws InterruptedException {
        var shell = touched(ByteBuffer.allocate(megabytes * MEGABYTE));
        Thread.sleep(60);
        shell.clear();
        System.gc();
        Thread.sleep(20);
    }
}
