package dev.plimsoll.verify;

import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.Objective;
import dev.plimsoll.load.ProfileRun;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.observe.Observation.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Performance under load, as recorded load runs of the same plan tell: of each profile the latest.
final class UnderLoad implements Scenario {
    private static final double MICROS = 1e6;

    @Override
    public String id() {
        return "load";
    }

    @Override
    public String title() {
        return "Performance under load";
    }

    private record Run(LoadRun whole, ProfileRun profile) {}

    @Override
    public List<Check> checks(Look look) {
        var latest = new LinkedHashMap<String, Run>();
        look.runs().forEach(whole -> whole.profiles().forEach(one -> latest.put(one.profile().name(), new Run(whole,
                one))));
        return latest.isEmpty()
                ? List.of(Check.notRun("", "answers in time under load", "no load run of this plan was recorded; "
                        + "`plimsoll stress` makes one"))
                : latest.entrySet().stream().map(UnderLoad::check).toList();
    }

    private static Check check(Map.Entry<String, Run> entry) {
        var what = "answers in time under the " + entry.getKey() + " load";
        var run = entry.getValue().profile();
        if (!run.validity().holds()) {
            return Check.notRun("", what, run.validity().doubts().getFirst());
        }
        var evidence = evidence(entry.getKey(), entry.getValue()).toArray(Observation[]::new);
        var found = String.format(Locale.ROOT, "%.0f requests/s, p95 %.1f ms, p99 %.1f ms, %.2f %% errors", run
                .throughput(), run.latencyMicros().p95() / 1000.0, run.latencyMicros().p99() / 1000.0,
                100 * run
                        .counts().errorRate());
        if (run.passed()) {
            return Check.passed("", what, found, evidence);
        }
        var missed = run.verdicts().stream().filter(one -> one.verdict() == Objective.Verdict.FAILED)
                .map(one -> one.objective().measure().name().toLowerCase(Locale.ROOT).replace('_', ' ')).toList();
        return Check.failed("", what, found + run.stopped().map(why -> "; stopped: " + why).orElse("; missed: "
                + String.join(", ", missed)), "See in the load run what was full at that time; give it more, send it "
                        + "less, or state other objectives",
                evidence);
    }

    private static List<Observation> evidence(String profile, Run run) {
        var latency = run.profile().latencyMicros();
        return List.of(fact(profile, "p95", latency.p95() / MICROS, Unit.SECONDS, run), fact(profile, "p99", latency
                .p99() / MICROS, Unit.SECONDS, run), fact(profile, "throughput", run.profile().throughput(),
                        Unit.PER_SECOND, run),
                fact(profile, "errors", run.profile().counts().errorRate(), Unit.RATIO, run));
    }

    private static Observation fact(String profile, String what, double value, Unit unit, Run run) {
        return new Observation(Optional.empty(), 0, "load." + profile + "." + what, String.valueOf(value), unit, run
                .whole().started(), "load run");
    }
}
