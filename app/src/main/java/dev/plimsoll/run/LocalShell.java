package dev.plimsoll.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs commands on this machine. Nothing that it started outlives a timeout or [#close].
public final class LocalShell implements Shell, AutoCloseable {
    /// What programs get to end by themselves.
    private static final long GRACE_SECONDS = 3;

    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    @Override
    public Result run(Command command) {
        if (closed) {
            return new Result(TIMED_OUT, "", "interrupted");
        }
        var builder = new ProcessBuilder(command.words());
        builder.environment().putAll(command.environment());
        try {
            var process = builder.start();
            running.add(process);
            try {
                Executor readers = task -> Thread.ofVirtual().start(task);
                return finished(process, command, CompletableFuture.supplyAsync(() -> text(process.getInputStream()),
                        readers), CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), readers));
            } finally {
                running.remove(process);
            }
        } catch (IOException absent) {
            return new Result(NOT_FOUND, "", command.words().getFirst() + ": cannot be run on this machine");
        }
    }

    private Result finished(Process process, Command command, CompletableFuture<String> out,
            CompletableFuture<String> err) {
        if (closed) {
            end(process);
        }
        write(process, command.input());
        try {
            var inTime = process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                end(process);
                // Who left the tree and holds the pipe keeps its reader waiting.
                return new Result(TIMED_OUT, out.completeOnTimeout("", 1, TimeUnit.SECONDS).join(),
                        "no end after " + command.timeout().toSeconds() + " s");
            }
            return new Result(process.exitValue(), out.join(), err.join());
        } catch (InterruptedException stopped) {
            end(process);
            Thread.currentThread().interrupt();
            return new Result(TIMED_OUT, "", "interrupted");
        }
    }

    /// Ends what runs, and runs nothing more.
    @Override
    public void close() {
        closed = true;
        running.forEach(LocalShell::end);
    }

    /// For what is started by other means.
    ///
    /// @throws EnvironmentException after [#close]
    public void refuseWhenClosed() {
        if (closed) {
            throw new EnvironmentException("The program was interrupted", "Run it again");
        }
    }

    private static void write(Process process, String input) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notWanted) {
            // A program may end without reading what it was given.
        }
    }

    /// Reads to the end so that the program never blocks, and keeps only what is bounded.
    private static String text(InputStream stream) {
        try (stream) {
            var kept = new String(stream.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
            stream.transferTo(OutputStream.nullOutputStream());
            return kept;
        } catch (IOException ended) {
            return "";
        }
    }

    /// Ends a process and all below it, first gently.
    private static void end(Process process) {
        var tree = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        tree.forEach(ProcessHandle::destroy);
        try {
            process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        tree.forEach(ProcessHandle::destroyForcibly);
        close(process.getInputStream());
        close(process.getErrorStream());
    }

    /// A grandchild that left the tree may still hold the pipe.
    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException closedAlready) {
            // Nothing more can be read from it, which is what was wanted.
        }
    }
}
