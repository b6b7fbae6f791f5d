package dev.plimsoll.load;

import dev.plimsoll.load.Objective.Judged;
import dev.plimsoll.load.Stage.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Holds a recording against its profile's objectives.
public final class Judge {
    /// A second is as before when its p95 is at most this factor of the level before, or [#LEAST_MICROS] above it.
    private static final double NEAR = 2;
    /// Latencies below 20 ms vary by more than their double without anybody noticing. Assumption.
    private static final long LEAST_MICROS = 20_000;
    /// Seconds in a row that must be as before.
    private static final int IN_A_ROW = 3;
    private static final double MOST_ERRORS = 0.01;

    private Judge() {}

    /// @param measuredSeconds that the measured phase really lasted
    public static List<Judged> judge(Profile profile, Recording recording, double measuredSeconds) {
        return profile.objectives().stream().map(objective -> judge(objective, recording, measuredSeconds)).toList();
    }

    private static Judged judge(Objective objective, Recording recording, double measuredSeconds) {
        var latency = recording.latency();
        if (recording.counts().ended() == 0 || measuredSeconds <= 0) {
            return objective.notRun("nothing was measured");
        }
        return switch (objective.measure()) {
            case P50 -> latency(objective, latency, latency.p50());
            case P95 -> latency(objective, latency, latency.p95());
            case P99 -> latency(objective, latency, latency.p99());
            case ERROR_RATE -> objective.judge(recording.errorRate());
            case RECOVERY -> recovery(objective, recording.seconds());
        };
    }

    private static Judged latency(Objective objective, Latency latency, long micros) {
        return latency.count() == 0
                ? objective.failed("nothing was answered")
                : objective.judge(Latency.millis(
                        micros));
    }

    /// Seconds from a spike's end until three in a row are as they were before it.
    private static Judged recovery(Objective objective, List<Second> seconds) {
        var before = seconds.stream().filter(one -> one.phase() == Phase.BASE).mapToLong(one -> one.latencyMicros()
                .p95()).sorted().toArray();
        var after = seconds.stream().filter(one -> one.phase() == Phase.RECOVERY).toList();
        if (before.length == 0 || after.isEmpty()) {
            return objective.notRun("there was no time before and after the spike");
        }
        var level = before[before.length / 2];
        return recovered(after, level).map(objective::judge).orElseGet(() -> objective.failed(String.format(
                Locale.ROOT, "p95 did not come back to the %.1f ms of before in %d s", Latency.millis(level), after
                        .size())));
    }

    private static Optional<Double> recovered(List<Second> after, long level) {
        var most = Math.max(Math.round(level * NEAR), level + LEAST_MICROS);
        for (var at = 0; at + IN_A_ROW <= after.size(); at++) {
            if (after.subList(at, at + IN_A_ROW).stream().allMatch(one -> one.counts().completed() > 0 && one
                    .latencyMicros().p95() <= most && one.counts().errorRate() <= MOST_ERRORS)) {
                return Optional.of((double) at);
            }
        }
        return Optional.empty();
    }
}
