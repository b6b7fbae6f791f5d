package dev.plimsoll.load;

import dev.plimsoll.load.Counts.Failure;
import dev.plimsoll.load.Objective.Measure;
import dev.plimsoll.load.Objective.Verdict;
import dev.plimsoll.load.Stage.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Made-up runs for tests of what reads them.
public final class LoadRuns {
    private LoadRuns() {}

    /// A service that takes `micros` at the median, with every part of a run filled.
    public static LoadRun sample(long micros) {
        var profiles = List.of(run(Profiles.NORMAL, 0, micros), spike(micros));
        return new LoadRun("0.1.0", new LoadRun.Target("http://127.0.0.1:8080/books", List.of(
                new LoadRun.RequestLine("list", "GET", "/books", 3), new LoadRun.RequestLine("add", "POST", "/books",
                        1))),
                Optional.of("shop"), Instant.parse("2026-03-01T12:00:00.5Z"), new LoadRun.Generator("nio", 2, 50, 1.25,
                        Optional.of(60_000_000L)),
                profiles, List.of(cliff()), inside());
    }

    public static Latency latency(long count, long micros) {
        return new Latency(count, micros * 1.2, micros, micros * 2, micros * 3, micros * 4, micros * 6, micros * 9);
    }

    public static ProfileRun run(Profile profile, double startedAt, long micros) {
        var seconds = new ArrayList<Second>();
        for (var at = 0; at < 65; at++) {
            var due = new Counts(100, 100, 100, at == 30 ? Map.of(Failure.STATUS, 2L) : Map.of(), 20_000);
            seconds.add(new Second(at, at < 5 ? Phase.WARM_UP : Phase.MEASURED, 100, due, 100, latency(100, micros + at
                    % 7 * micros / 50), 120, 3, 0));
        }
        var whole = new Counts(6000, 6000, 5999, Map.of(Failure.STATUS, 2L, Failure.TIMEOUT, 1L), 1_200_000);
        var latency = latency(6000, micros);
        return new ProfileRun(profile, startedAt, 60, whole, latency, latency(6000, micros - 10), List.of(
                new Latency.Point(0, micros / 2), new Latency.Point(50, micros), new Latency.Point(90, micros * 2),
                new Latency.Point(99, micros * 4), new Latency.Point(99.9, micros * 6), new Latency.Point(100, micros
                        * 9)),
                seconds, List.of(new ProfileRun.OneRequest("list", whole, latency)), profile.objectives().stream()
                        .map(one -> one.measure() == Measure.P50
                                ? one.judge(Latency.millis(micros))
                                : one.notRun("made up"))
                        .toList(),
                Validity.of(latency(6000, 20), 1, 500), Optional.empty());
    }

    private static ProfileRun spike(long micros) {
        var run = run(Profiles.SPIKE, 70, micros);
        return new ProfileRun(run.profile(), 70, 30, run.counts(), run.latencyMicros(), run.serviceMicros(), run
                .curve(), run.seconds(), run.requests(),
                List.of(new Objective.Judged(new Objective(Measure.RECOVERY,
                        15), Optional.empty(), Verdict.FAILED, "it did not recover")),
                Validity.of(latency(10, 30_000), 0.5, 500), Optional.of("`db` used 99 % of its memory"));
    }

    private static Cliff cliff() {
        var lag = Validity.of(latency(100, 20), 1, 500);
        var steps = List.of(new Cliff.Step(800, Cliff.Purpose.RAMP, 150, Duration.ofSeconds(10), Counts.NONE, latency(
                8000, 2000), lag, 800, Cliff.Outcome.HOLDS, "p99 8 ms"), new Cliff.Step(1280, Cliff.Purpose.BISECT, 160,
                        Duration.ofMillis(7500), Counts.NONE, latency(8000, 200_000), lag, 950, Cliff.Outcome.FAILS,
                        "p99 above 500 ms"));
        return new Cliff(Cliff.Axis.RATE, Cliff.Ending.FOUND, List.of(new Objective(Measure.P99, 500)), Optional.of(
                950.0), Optional.of(1000.0), Optional.of(new Cliff.Range(930, 1000)), steps, "ramp and bisection");
    }

    private static Inside inside() {
        return new Inside(List.of(new Inside.Series("db", 1, Inside.MEMORY, "bytes", List.of(new Inside.Point(0, 1e8),
                new Inside.Point(5, 2e8), new Inside.Point(10, 1.5e8))), new Inside.Series("db", 1, Inside.MEMORY_LIMIT,
                        "bytes", List.of(new Inside.Point(0, 3e8), new Inside.Point(10, 3e8)))),
                List.of(new Inside.Part("cache", 0.001, 1.5, "cache_seconds_sum")), List.of("no pool"));
    }
}
