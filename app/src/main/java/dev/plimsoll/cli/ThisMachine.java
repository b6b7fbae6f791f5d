package dev.plimsoll.cli;

import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.stack.HostFacts;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The machine that Plimsoll runs on.
///
/// @param meminfo the text of `/proc/meminfo`
/// @param processors how many there are
/// @param disk size of the disk with the project on it, when known
record ThisMachine(String meminfo, int processors, Optional<MemorySize> disk) {
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    /// @throws EnvironmentException when this system does not say what it has
    static ThisMachine with(Path directory) {
        try {
            return new ThisMachine(Files.readString(MEMINFO), Runtime.getRuntime().availableProcessors(),
                    diskOf(directory));
        } catch (IOException unreadable) {
            throw unknown();
        }
    }

    HostFacts facts() {
        var memory = amount("MemTotal").filter(size -> !size.isZero()).orElseThrow(ThisMachine::unknown);
        return new HostFacts(Optional.of(memory), Optional.of(Millicores.ofCores(processors)), amount("SwapTotal"),
                disk, Optional.empty());
    }

    private Optional<MemorySize> amount(String name) {
        var line = Pattern.compile("(?m)^" + name + ":\\s+(\\d{1,15}) kB$").matcher(meminfo);
        return line.find() ? Optional.of(MemorySize.ofKilobytes(Long.parseLong(line.group(1)))) : Optional.empty();
    }

    private static Optional<MemorySize> diskOf(Path directory) {
        try {
            return Optional.of(MemorySize.ofBytes(Files.getFileStore(directory.toAbsolutePath()).getTotalSpace()))
                    .filter(size -> !size.isZero());
        } catch (IOException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static EnvironmentException unknown() {
        return new EnvironmentException(MEMINFO + ": this system does not say how much memory it has",
                "Leave out --detect and say --memory and --cpus");
    }
}
