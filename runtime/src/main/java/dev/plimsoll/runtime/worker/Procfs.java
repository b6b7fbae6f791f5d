package dev.plimsoll.runtime.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads processes from /proc. Whatever is gone when it is read counts as nothing.
final class Procfs {
    private static final Path PROC = Path.of("/proc");

    private Procfs() {}

    /// @param session changes with setsid(2) only
    /// @param started in clock ticks since boot; tells a process from a later one with its number
    record Stat(long pid, String state, long parent, long session, String started) {
        boolean isAlive() {
            return !state.equals("Z") && !state.equals("X");
        }
    }

    static Optional<Stat> stat(long pid) {
        return text(PROC.resolve(pid + "/stat")).map(text -> {
            // The name before may hold blanks and parentheses itself.
            var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return new Stat(pid, fields[0], Long.parseLong(fields[1]), Long.parseLong(fields[3]), fields[19]);
        });
    }

    static List<Stat> all() {
        var found = new ArrayList<Stat>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var entry : entries) {
                stat(Long.parseLong(entry.getFileName().toString())).ifPresent(found::add);
            }
        } catch (IOException gone) {
            return found;
        }
        return found;
    }

    /// A process and all it started: those that descend from it, and those of its session whose parents are gone.
    ///
    /// @param leader began a session of its own
    static Set<Long> family(long leader, List<Stat> processes) {
        var family = new LinkedHashSet<Long>();
        family.add(leader);
        for (var before = 0; before < family.size();) {
            before = family.size();
            for (var process : processes) {
                if (process.isAlive() && (process.session() == leader || family.contains(process.parent()))) {
                    family.add(process.pid());
                }
            }
        }
        return family;
    }

    /// Private memory by the kernel's cheap counters: anonymous, shared without a file, and swapped. What forked
    /// processes share is counted for each.
    static Memory counted(long pid) {
        return sum(PROC.resolve(pid + "/status"), Set.of("RssAnon", "RssShmem", "VmSwap"));
    }

    /// The same exactly: what processes share is divided among them. It costs about twenty times as much.
    static Memory exact(long pid) {
        return sum(PROC.resolve(pid + "/smaps_rollup"), Set.of("Pss_Anon", "Pss_Shmem", "SwapPss"));
    }

    /// What RLIMIT_DATA counts: private writable memory, whether it was ever touched or not.
    static Memory data(long pid) {
        return sum(PROC.resolve(pid + "/status"), Set.of("VmData"));
    }

    private static Memory sum(Path file, Set<String> names) {
        var kilobytes = text(file).stream().flatMap(String::lines).filter(line -> line.indexOf(':') > 0 && names
                .contains(line.substring(0, line.indexOf(':')))).mapToLong(Procfs::number).sum();
        return Memory.ofKilobytes(kilobytes);
    }

    /// The memory figures of the machine.
    static Map<String, Memory> machine() {
        return text(PROC.resolve("meminfo")).stream().flatMap(String::lines).filter(line -> line.startsWith("Mem"))
                .collect(Collectors.toMap(line -> line.substring(0, line.indexOf(':')),
                        line -> Memory.ofKilobytes(number(line))));
    }

    /// Ticks of all processors: those at work, and all.
    static long[] processors() {
        var fields = text(PROC.resolve("stat")).orElse("cpu 0 0 0 0 0").lines().findFirst().orElseThrow().strip()
                .split("\\s+");
        var all = 0L;
        // Guest time, from the ninth on, is part of user time already.
        for (var field = 1; field < Math.min(9, fields.length); field++) {
            all += Long.parseLong(fields[field]);
        }
        var idle = Long.parseLong(fields[4]) + (fields.length > 5 ? Long.parseLong(fields[5]) : 0);
        return new long[]{all - idle, all};
    }

    private static long number(String line) {
        var digits = line.chars().filter(Character::isDigit).collect(StringBuilder::new,
                StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
