package dev.plimsoll.runtime.worker;

/// The state of the machine at one moment.
///
/// @param total memory of the machine, or the limit of the own cgroup when that is nearer to its end
/// @param available what of it can be taken without swapping
/// @param cpuPercent of all processors busy since the reading before
record Reading(Memory total, Memory available, int cpuPercent) {
    int memoryPercent() {
        return total.bytes() == 0 ? 100 : (int) Math.min(100, total.minus(available).bytes() * 100 / total.bytes());
    }
}
