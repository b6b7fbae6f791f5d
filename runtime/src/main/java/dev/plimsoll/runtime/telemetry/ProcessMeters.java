package dev.plimsoll.runtime.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `process.resident.memory`, which Micrometer's own binders leave out: what the kernel counts, and not what the JVM
/// knows of. Nothing where there is no `/proc`.
public final class ProcessMeters implements MeterBinder {
    private static final Path STATUS = Path.of("/proc/self/status");

    @Override
    public void bindTo(MeterRegistry registry) {
        if (Files.isReadable(STATUS)) {
            Gauge.builder("process.resident.memory", ProcessMeters::resident).baseUnit("bytes").description(
                    "Resident memory of the process").register(registry);
        }
    }

    /// Bytes, from `VmRSS` of proc(5).
    private static double resident() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:")).mapToDouble(line -> Double.parseDouble(line
                    .replaceAll("\\D", "")) * 1024).findFirst().orElse(Double.NaN);
        } catch (IOException gone) {
            return Double.NaN;
        }
    }
}
