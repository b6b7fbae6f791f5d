package dev.plimsoll.runtime.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/// Which process it was, so that another on the same machine can tell that it is gone without waiting for heartbeats to
/// stay away.
///
/// @param machine boot and process namespace, in which process ids mean something
/// @param started in clock ticks since boot
record Origin(String machine, long pid, String started) {
    /// In the environment of each child, and so of all it starts.
    static final String VARIABLE = "PLIMSOLL_WORKER_PARENT";
    static final String SEPARATOR = ":";
    private static final int MACHINE_LENGTH = 16;
    private static final int PARTS = 3;

    static Origin self() {
        return of(ProcessHandle.current().pid());
    }

    static Origin of(long pid) {
        return new Origin(here(), pid, Procfs.stat(pid).map(Procfs.Stat::started).orElse("0"));
    }

    /// Short, because db-scheduler keeps 50 characters of a name.
    private static String here() {
        var boot = Procfs.text(Path.of("/proc/sys/kernel/random/boot_id")).orElse("unknown").strip();
        String namespace;
        try {
            namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException unknown) {
            namespace = "unknown";
        }
        return UUID.nameUUIDFromBytes((boot + namespace).getBytes(StandardCharsets.UTF_8)).toString().replace("-", "")
                .substring(0, MACHINE_LENGTH);
    }

    /// @param text as [#toString] gives it, or with a number behind it that tells several of one process apart
    static Optional<Origin> parse(String text) {
        var parts = text.split(SEPARATOR, -1);
        return (parts.length == PARTS || parts.length == PARTS + 1) && parts[1].matches("\\d{1,18}")
                ? Optional.of(new Origin(parts[0], Long.parseLong(
                        parts[1]), parts[2]))
                : Optional.empty();
    }

    /// Whether it surely is gone; false also of a process on another machine, of which nothing is known.
    boolean isGone() {
        return machine.equals(here()) && Procfs.stat(pid).filter(stat -> stat.isAlive() && stat.started().equals(
                started)).isEmpty();
    }

    @Override
    public String toString() {
        return machine + SEPARATOR + pid + SEPARATOR + started;
    }
}
