package dev.plimsoll.load;

/// One second of a run. A request belongs to the second in which it was due, however late it was answered.
///
/// @param at whole seconds since the profile's start
/// @param rate requests per second by the plan; 0 for a closed load
/// @param answered answers that arrived in this second, whenever their requests were due
/// @param latencyMicros from when requests were due
/// @param lagP99Micros how late the generator itself was, 99th percentile
/// @param open connections in use at its end
/// @param waiting requests that were due and had no connection yet, at its end
public record Second(int at, Stage.Phase phase, double rate, Counts counts, long answered, Latency latencyMicros,
        long lagP99Micros, int open, long waiting) {}
