package dev.plimsoll.runtime.worker;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A memory cgroup of version 1 or 2: the kernel's own ceiling, where this process may make one.
///
/// @param directory in the cgroup file system
/// @param unified whether it is version 2
record Cgroup(Path directory, boolean unified) {
    private static final Logger LOG = LoggerFactory.getLogger(Cgroup.class);
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");
    private static final int REMOVALS = 20;

    /// The group that this process is in; empty where there is no memory controller.
    static Optional<Cgroup> own() {
        return of(Procfs.text(Path.of("/proc/self/cgroup")).orElse(""), MOUNT);
    }

    /// @param membership as in /proc/PID/cgroup
    static Optional<Cgroup> of(String membership, Path mount) {
        for (var line : membership.lines().toList()) {
            var fields = line.split(":", 3);
            var unified = fields[1].isEmpty() && Files.exists(mount.resolve("cgroup.controllers"));
            if (unified || List.of(fields[1].split(",")).contains("memory")) {
                var root = unified ? mount : mount.resolve("memory");
                var directory = root.resolve(fields[2].substring(1));
                // In a container the path is the host's, and the own group is mounted as the root.
                return Optional.of(new Cgroup(Files.isDirectory(directory) ? directory : root, unified));
            }
        }
        return Optional.empty();
    }

    /// A group below with a limit; empty where it cannot be made.
    Optional<Cgroup> create(String name, Memory limit) {
        var below = new Cgroup(directory.resolve(name), unified);
        try {
            if (unified && !Procfs.text(directory.resolve("cgroup.subtree_control")).orElse("").contains("memory")) {
                Files.writeString(directory.resolve("cgroup.subtree_control"), "+memory");
            }
            Files.createDirectory(below.directory);
            below.limit(limit);
            return Optional.of(below);
        } catch (IOException refused) {
            below.remove();
            return Optional.empty();
        }
    }

    /// Removes what parents that were killed have left here; each empty group costs memory of the kernel.
    ///
    /// @param name of such groups, whose first group of characters is the parent's process id
    void sweep(Pattern name) {
        try (var below = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (var group : below) {
                var found = name.matcher(String.valueOf(group.getFileName()));
                if (found.matches() && ProcessHandle.of(Long.parseLong(found.group(1))).isEmpty()) {
                    delete(group);
                }
            }
        } catch (IOException unreadable) {
            LOG.debug("{} cannot be looked through for groups of dead parents", directory, unreadable);
        }
    }

    private static void delete(Path group) {
        try {
            Files.delete(group);
        } catch (IOException busy) {
            LOG.debug("{} is left, as somebody is still in it", group, busy);
        }
    }

    private void limit(Memory limit) throws IOException {
        var bytes = String.valueOf(limit.bytes());
        if (unified) {
            Files.writeString(directory.resolve("memory.max"), bytes);
            writeWhere(directory.resolve("memory.swap.max"), "0");
        } else {
            Files.writeString(directory.resolve("memory.limit_in_bytes"), bytes);
            writeWhere(directory.resolve("memory.memsw.limit_in_bytes"), bytes);
        }
    }

    private static void writeWhere(Path file, String text) throws IOException {
        if (Files.exists(file)) {
            Files.writeString(file, text);
        }
    }

    /// Processes that the kernel killed in it for want of memory.
    long kills() {
        return Procfs.text(directory.resolve(unified ? "memory.events" : "memory.oom_control")).stream()
                .flatMap(String::lines).filter(line -> line.startsWith("oom_kill ")).mapToLong(line -> Long.parseLong(
                        line.substring("oom_kill ".length()).strip()))
                .sum();
    }

    LongStream processes() {
        return Procfs.text(directory.resolve("cgroup.procs")).stream().flatMap(String::lines).mapToLong(
                Long::parseLong);
    }

    /// The limit that holds for it, its own or that of a group above; empty when there is none.
    Optional<Memory> limit() {
        if (!unified) {
            // Without a limit this is the largest whole number of pages.
            return statistic("hierarchical_memory_limit").filter(limit -> limit.bytes() < Long.MAX_VALUE / 2);
        }
        // The file holds the group's own limit only, and the topmost group has none.
        return Stream.iterate(directory, group -> group != null && Files.exists(group.resolve("memory.max")),
                Path::getParent).flatMap(group -> Procfs.text(group.resolve("memory.max")).stream()).map(String::strip)
                .filter(text -> !text.equals("max")).map(text -> new Memory(Long.parseLong(text)))
                .min(Comparator.naturalOrder());
    }

    /// Memory in use without what the kernel can drop at once.
    Memory used() {
        var usage = Procfs.text(directory.resolve(unified ? "memory.current" : "memory.usage_in_bytes"))
                .map(text -> new Memory(Long.parseLong(text.strip()))).orElse(Memory.NONE);
        return usage.minus(statistic(unified ? "inactive_file" : "total_inactive_file").orElse(Memory.NONE));
    }

    private Optional<Memory> statistic(String name) {
        return Procfs.text(directory.resolve("memory.stat")).stream().flatMap(String::lines).filter(line -> line
                .startsWith(name + " ")).map(line -> new Memory(Long.parseLong(line.substring(name.length() + 1))))
                .findFirst();
    }

    /// Removes it once its processes are gone, which the kernel notices a moment after they end.
    void remove() {
        for (var time = 0; time < REMOVALS && Files.exists(directory); time++) {
            try {
                Files.delete(directory);
            } catch (FileSystemException busy) {
                Pause.milliseconds(25);
            } catch (IOException lasting) {
                return;
            }
        }
    }
}
