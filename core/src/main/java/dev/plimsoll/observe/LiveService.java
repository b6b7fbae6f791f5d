package dev.plimsoll.observe;

import java.util.Optional;

/// One container at one moment, with what it did since the moment before.
///
/// @param cgroup empty when it does not run or the machine does not tell
/// @param cores CPU cores in use since the last look; empty at the first one
/// @param throttled share of that time for which its CPU limit held it up; empty at the first look
public record LiveService(Container container, Optional<CgroupReading> cgroup, Optional<Double> cores,
        Optional<Double> throttled) {
    private static final double MOST_THROTTLED = 1;

    /// @param before the reading of the last look
    /// @param seconds between the two looks
    public static LiveService of(Container container, Optional<CgroupReading> cgroup, Optional<CgroupReading> before,
            double seconds) {
        if (cgroup.isEmpty() || before.isEmpty() || seconds <= 0 || cgroup.get().cpu() < before.get().cpu()) {
            return new LiveService(container, cgroup, Optional.empty(), Optional.empty());
        }
        var cores = (cgroup.get().cpu() - before.get().cpu()) / seconds;
        var throttled = Math.clamp((cgroup.get().throttled() - before.get().throttled()) / seconds, 0, MOST_THROTTLED);
        return new LiveService(container, cgroup, Optional.of(cores), Optional.of(throttled));
    }
}
