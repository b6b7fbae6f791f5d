package dev.plimsoll.evidence;

import dev.plimsoll.evidence.Evidence.Item;
import dev.plimsoll.load.Arrivals;
import dev.plimsoll.load.Cliff;
import dev.plimsoll.load.Counts;
import dev.plimsoll.load.Inside;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.LoadRuns;
import dev.plimsoll.load.Objective;
import dev.plimsoll.load.Objective.Measure;
import dev.plimsoll.load.Profile;
import dev.plimsoll.load.ProfileRun;
import dev.plimsoll.load.Stage;
import dev.plimsoll.load.Validity;
import dev.plimsoll.verify.Check;
import dev.plimsoll.verify.Check.Verdict;
import dev.plimsoll.verify.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Evidence of a stack that does everything well, and ways to spoil it: the fixture of readiness and reports.
public final class Recorded {
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> SCENARIOS = List.of("baseline", "containers", "monitoring", "alerts", "load",
            "database", "redis", "risks", "opportunities", "report");

    private Recorded() {}

    public static Verified verified(Map<String, Verdict> verdicts) {
        var results = new ArrayList<Result>();
        for (var id : SCENARIOS) {
            var verdict = verdicts.getOrDefault(id, Verdict.PASSED);
            results.add(new Result(results.size() + 1, id, "Scenario " + id, List.of(new Check(Optional.of("db"), id
                    + " is well", verdict, "found " + id, verdict == Verdict.FAILED ? "Mend it" : "", List.of()))));
        }
        return new Verified("0.1.0", "shop", "production", "Docker Engine 28", NOON, results);
    }

    public static ProfileRun profile(String name, double rate, Verdict verdict) {
        var objective = new Objective(name.equals("spike") ? Measure.RECOVERY : Measure.P95, 100);
        var latency = LoadRuns.latency(6000, 2000);
        var open = new Arrivals.Open(
                List.of(Stage.constant(Stage.Phase.WARM_UP, 10 * rate, Duration.ofSeconds(5)), Stage
                        .constant(Stage.Phase.MEASURED, rate, Duration.ofSeconds(60))));
        return new ProfileRun(new Profile(name, open, List.of(objective)), 0, 60, new Counts(6000, 6000, 6000, Map.of(),
                1000), latency, latency, List.of(), List.of(), List.of(),
                List.of(verdict == Verdict.FAILED
                        ? objective.judge(120)
                        : objective.judge(6)),
                Validity.of(LoadRuns.latency(10, 20), 1, 500), Optional.empty());
    }

    public static Cliff cliff(double holds, double fails) {
        return new Cliff(Cliff.Axis.RATE, Cliff.Ending.FOUND, List.of(), Optional.of(holds), Optional.of(fails),
                Optional
                        .empty(),
                List.of(), "Found by ramp and bisection.");
    }

    /// With one step, which begins so many seconds after the run.
    public static Cliff cliffFrom(double seconds) {
        var run = profile("step", 640, Verdict.PASSED);
        return new Cliff(Cliff.Axis.RATE, Cliff.Ending.FOUND, List.of(), Optional.of(640.0), Optional.empty(), Optional
                .empty(),
                List.of(new Cliff.Step(640, Cliff.Purpose.RAMP, seconds, Duration.ofSeconds(5), run.counts(),
                        run.latencyMicros(), run.validity(), 640, Cliff.Outcome.HOLDS, "within")),
                "Found by ramp.");
    }

    public static Inside.Series series(String service, String what, double... values) {
        var points = new ArrayList<Inside.Point>();
        for (var value : values) {
            points.add(new Inside.Point(points.size(), value));
        }
        return new Inside.Series(service, 1, what, "", points);
    }

    public static Inside inside() {
        return new Inside(List.of(series("db", Inside.MEMORY, 1e8, 2e8, 1.5e8), series("db", Inside.MEMORY_LIMIT, 4e8,
                4e8), series("db", Inside.CPU, 0.2, 1.1), series("db", Inside.OOM_KILLS, 2, 2),
                series("api",
                        Inside.POOL_WAITING, 0, 0),
                series("api", Inside.HIT_RATE, 0.5, 0.83)), List.of(), List.of());
    }

    public static LoadRun run(List<ProfileRun> profiles, List<Cliff> cliffs, Inside inside) {
        return new LoadRun("0.1.0", new LoadRun.Target("http://127.0.0.1:8080/", List.of(new LoadRun.RequestLine("/",
                "GET", "/", 1))), Optional.of("shop"), NOON.plusSeconds(60), new LoadRun.Generator("nio", 2, 50, 1.5,
                        Optional.empty()),
                profiles, cliffs, inside);
    }

    public static LoadRun run() {
        return run(
                List.of(profile("normal", 100, Verdict.PASSED), profile("peak", 200, Verdict.PASSED), profile("spike",
                        500, Verdict.PASSED), profile("sustained", 150, Verdict.PASSED)),
                List.of(cliff(640, 672)), inside());
    }

    public static Evidence of(Verified verified, LoadRun run) {
        return new Evidence(List.of(new Item<>("v.json", verified)), List.of(new Item<>("l.json", run)), List.of(
                new Item<>("s.json", new StartUp("0.1.0", "shop", "docker", NOON.minusSeconds(30), 12.5, 4))),
                List.of(
                        new Item<>("m.json", measured())));
    }

    /// One service within its worst case, and one above it that has no model.
    public static Measured measured() {
        return new Measured("0.1.0", "shop", "docker", NOON.plusSeconds(90),
                List.of(new Measured.Service("db", "postgres",
                        300L << 20, 500L << 20, 250L << 20, 275L << 20),
                        new Measured.Service("api", "unknown", 100L << 20,
                                200L << 20, 210L << 20, 0)));
    }

    public static Evidence healthy() {
        return of(verified(Map.of()), run());
    }

    /// The healthy run with other containers.
    public static Evidence seeing(UnaryOperator<Inside> change) {
        var run = run();
        return of(verified(Map.of()), run(run.profiles(), run.cliffs(), change.apply(run.inside())));
    }
}
