package dev.plimsoll.runtime.worker;

/// What must hold on this machine before another job is taken.
///
/// @param maxMemoryPercent of the machine's or the own cgroup's memory in use, whichever is nearer to its end
/// @param maxCpuPercent of the machine's processors busy
/// @param minFreeMemory that is left once the job has what jobs of its kind have taken
public record Bounds(int maxMemoryPercent, int maxCpuPercent, Memory minFreeMemory) {
    /// Refuses for memory only: busy processors slow jobs down, while missing memory kills them. Assumptions.
    public static final Bounds DEFAULT = new Bounds(90, 100, Memory.ofMegabytes(64));

    public Bounds {
        if (maxMemoryPercent < 1 || maxMemoryPercent > 100 || maxCpuPercent < 1 || maxCpuPercent > 100) {
            throw new IllegalArgumentException(
                    "a bound is 1 to 100 percent, not " + maxMemoryPercent + " of memory and "
                            + maxCpuPercent + " of CPU");
        }
    }
}
