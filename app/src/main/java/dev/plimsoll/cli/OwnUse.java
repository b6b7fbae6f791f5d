package dev.plimsoll.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What this program itself uses, for reports of load: a generator that takes the server's CPU measures itself.
final class OwnUse {
    private OwnUse() {}

    /// CPU time so far; 0 where the system does not tell.
    static double cpuSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().map(time -> time.toMillis() / 1000.0).orElse(0.0);
    }

    /// The most memory that was resident, as Linux tells it.
    static Optional<Long> peakBytes() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:")).map(line -> line.replaceAll("\\D", "")).filter(
                    digits -> !digits.isEmpty()).map(digits -> Long.parseLong(digits) * 1024).findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }
}
