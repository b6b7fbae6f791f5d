package dev.plimsoll.runtime.worker;

import java.util.Optional;

/// Decides on admission. Once a bound was passed, it must be kept by a margin before jobs are taken again, so that the
/// gate does not flap.
final class Gate {
    /// Percent points below a bound, and percent of the free memory above it. Assumption.
    private static final int MARGIN = 5;

    private final Bounds bounds;
    private boolean shut;

    Gate(Bounds bounds) {
        this.bounds = bounds;
    }

    /// @param promised what admitted jobs may take still
    /// @param needed what one more job may take
    synchronized Optional<Refusal> refusal(Reading reading, Memory promised, Memory needed) {
        var refusal = judge(reading, promised, needed, shut ? MARGIN : 0);
        shut = refusal.isPresent();
        return refusal;
    }

    private Optional<Refusal> judge(Reading reading, Memory promised, Memory needed, int margin) {
        if (reading.memoryPercent() > bounds.maxMemoryPercent() - margin) {
            return Optional.of(Refusal.MAX_MEMORY_PERCENT);
        }
        if (reading.cpuPercent() > bounds.maxCpuPercent() - margin && bounds.maxCpuPercent() < 100) {
            return Optional.of(Refusal.MAX_CPU_PERCENT);
        }
        var left = reading.available().minus(promised).minus(needed);
        return bounds.minFreeMemory().percent(100 + margin).isMoreThan(left)
                ? Optional.of(Refusal.MIN_FREE_MEMORY)
                : Optional.empty();
    }
}
