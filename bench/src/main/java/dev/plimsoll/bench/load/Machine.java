package dev.plimsoll.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Where a run was measured.
///
/// @param system `Debian GNU/Linux 12 (bookworm)`
/// @param before the load average before the run
/// @param after the same after it
record Machine(String system, String server, int cores, String before, String after) {
    private static final Path RELEASE = Path.of("/etc/os-release");

    static Machine of(String server, String before) throws IOException {
        try (var lines = Files.lines(RELEASE)) {
            var system = lines.filter(line -> line.startsWith("PRETTY_NAME="))
                    .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", "")).findFirst().orElse("Linux");
            return new Machine(system, server, Runtime.getRuntime().availableProcessors(), before, load());
        }
    }

    static String load() {
        return String.format(Locale.ROOT, "%.1f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
