package dev.plimsoll.evidence;

import dev.plimsoll.evidence.Criterion.Outcome;
import dev.plimsoll.evidence.Evidence.Part;
import dev.plimsoll.load.Arrivals;
import dev.plimsoll.load.Cliff;
import dev.plimsoll.load.Inside;
import dev.plimsoll.load.Objective;
import dev.plimsoll.load.ProfileRun;
import dev.plimsoll.load.Stage;
import dev.plimsoll.verify.Check;
import dev.plimsoll.verify.Result;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// How ready a stack is for production, in five categories that are worth 100 points together: memory 30, alerts 20,
/// performance 20, scalability 15, resilience 15. Every criterion is computed from recorded evidence. What was not run
/// earns nothing and loses nothing: it is shown as open.
public record Readiness(List<Category> categories) {
    /// A container that stays below this share of its limit has room for what the load did not do. Assumption, as in
    /// the usual alert on memory.
    private static final double FULLEST = 0.9;

    public Readiness {
        categories = List.copyOf(categories);
    }

    public static Readiness of(Evidence evidence) {
        return new Readiness(List.of(memory(evidence), alerts(evidence), performance(evidence), scalability(evidence),
                resilience(evidence)));
    }

    public double points(Outcome outcome) {
        return categories.stream().mapToDouble(category -> category.points(outcome)).sum();
    }

    /// Failed when anything failed, not run while anything is open.
    public Outcome outcome() {
        if (categories.stream().anyMatch(category -> category.count(Outcome.FAILED) > 0)) {
            return Outcome.FAILED;
        }
        return categories.stream().anyMatch(category -> category.count(Outcome.NOT_RUN) > 0)
                ? Outcome.NOT_RUN
                : Outcome.PASSED;
    }

    /// In words: `ready`, `not ready`, or `nothing failed, not all was run`.
    public String words() {
        return switch (outcome()) {
            case PASSED -> "ready";
            case FAILED -> "not ready";
            case NOT_RUN -> "nothing failed, not all was run";
        };
    }

    private static Category memory(Evidence evidence) {
        return new Category("memory", 30, List.of(
                scenario(evidence, "baseline", "the server holds what runs at rest"),
                scenario(evidence, "containers", "every container has its limit and keeps to its plan"),
                scenario(evidence, "database", "the database runs with the planned settings"),
                scenario(evidence, "redis", "Redis runs with the planned settings"),
                losses(evidence), fullest(evidence)));
    }

    private static Category alerts(Evidence evidence) {
        return new Category("alerts", 20, List.of(
                scenario(evidence, "monitoring", "monitoring is there and small"),
                scenario(evidence, "alerts", "alert rules are loaded, healthy and able to fire"),
                Criterion.notRun("the right alert fires when something breaks", "no drill was run")));
    }

    private static Category performance(Evidence evidence) {
        return new Category("performance", 20,
                UnderLoad.PROFILES.stream().map(name -> profile(evidence, name)).toList());
    }

    private static Category scalability(Evidence evidence) {
        return new Category("scalability", 15, List.of(cliff(evidence), recovery(evidence), waiting(evidence)));
    }

    private static Category resilience(Evidence evidence) {
        return new Category("resilience", 15, List.of(
                scenario(evidence, "risks", "nothing observed is about to run out"),
                Criterion.notRun("it recovers by itself from injected faults", "no drill was run"),
                Criterion.notRun("a recent backup was restored", "no backup was verified")));
    }

    private static Criterion scenario(Evidence evidence, String id, String what) {
        var last = evidence.verifications().reversed().stream().filter(item -> item.content().scenario(id)
                .isPresent()).findFirst();
        if (last.isEmpty()) {
            return Criterion.notRun(what, "no verification was recorded");
        }
        var result = last.get().content().scenario(id).orElseThrow();
        return switch (result.verdict()) {
            case NOT_RUN -> Criterion.notRun(what, result.checks().stream().map(Check::found).findFirst()
                    .orElse("it had nothing to check"));
            case FAILED -> Criterion.of(false, what, failures(result), last.get().file());
            case PASSED, ADVICE -> Criterion.of(true, what, checks(result.count(Check.Verdict.PASSED)) + " passed", last
                    .get().file());
        };
    }

    private static String checks(int count) {
        return count + (count == 1 ? " check" : " checks");
    }

    private static String failures(Result result) {
        var failed = result.checks().stream().filter(check -> check.verdict() == Check.Verdict.FAILED).toList();
        var first = failed.getFirst();
        return checks(failed.size()) + " failed, such as: " + first.service().map(name -> name + ": ").orElse("")
                + first.what()
                + ": " + first.found();
    }

    private static Criterion losses(Evidence evidence) {
        var what = "nothing is killed, ended or restarted under load";
        return evidence.underLoad().worst(Readiness::losses, List::size).map(worst -> Criterion.of(worst.content()
                .isEmpty(), what, worst.content().isEmpty() ? "nothing was lost" : String.join("; ", worst.content()),
                worst.file())).orElseGet(() -> Criterion.notRun(what, "no load run saw whether containers are killed"));
    }

    /// What was lost counts whatever else could not be read; that nothing was takes a look at what was killed.
    private static Optional<List<String>> losses(Inside inside) {
        return Optional.of(inside.losses()).filter(lost -> !lost.isEmpty() || inside.all(Inside.OOM_KILLS).findAny()
                .isPresent());
    }

    private record Fullest(String service, double share) {}

    private static Criterion fullest(Evidence evidence) {
        var what = "every container stays below %.0f %% of its limit under load".formatted(100 * FULLEST);
        return evidence.underLoad().worst(Readiness::fullest, Fullest::share).map(worst -> Criterion.of(worst.content()
                .share() < FULLEST, what, String.format(Locale.ROOT, "the fullest is %s with %.0f %%",
                        worst.content()
                                .service(),
                        100 * worst.content().share()),
                worst.file()))
                .orElseGet(() -> Criterion.notRun(what, "no load run looked into containers with a limit"));
    }

    private static Optional<Fullest> fullest(Inside inside) {
        return inside.all(Inside.MEMORY).flatMap(memory -> {
            var limit = inside.of(memory.service(), memory.container(), Inside.MEMORY_LIMIT).flatMap(
                    Inside.Series::last).filter(bytes -> bytes > 0);
            return memory.most().stream().flatMap(most -> limit.stream().map(bytes -> new Fullest(memory.service(), most
                    / bytes)));
        }).max(Comparator.comparingDouble(Fullest::share));
    }

    private static Criterion profile(Evidence evidence, String name) {
        var what = "the " + name + " load keeps to its objectives";
        return evidence.profile(name).map(part -> profile(what, part))
                .orElseGet(() -> Criterion.notRun(what, "the profile was not run"));
    }

    private static Criterion profile(String what, Part<ProfileRun> part) {
        var run = part.content();
        if (!run.validity().holds()) {
            return Criterion.notRun(what, run.validity().doubts().getFirst());
        }
        if (run.stopped().isEmpty() && run.verdicts().stream().allMatch(one -> one
                .verdict() == Objective.Verdict.NOT_RUN)) {
            return Criterion.notRun(what, "it measured none of its objectives");
        }
        var found = String.format(Locale.ROOT, "%.0f requests/s for %.0f s to %s, p95 %.1f ms, p99 %.1f ms, %.2f %% "
                + "errors", run.throughput(), run.measuredSeconds(), part.run().content().target().url(),
                run
                        .latencyMicros().p95() / 1000.0,
                run.latencyMicros().p99() / 1000.0, 100 * run.counts()
                        .errorRate());
        var stopped = run.stopped().map(why -> "; stopped: " + why).orElse("");
        return Criterion.of(run.passed(), what,
                found + objectives(run, Objective.Verdict.FAILED, "missed") + objectives(
                        run, Objective.Verdict.PASSED, "kept") + stopped,
                part.run().file());
    }

    /// What was asked: whoever reads must see whether it is worth the points.
    private static String objectives(ProfileRun run, Objective.Verdict verdict, String word) {
        var texts = run.verdicts().stream().filter(one -> one.verdict() == verdict).map(one -> objective(one
                .objective())).collect(Collectors.joining(", "));
        return texts.isEmpty() ? "" : "; " + word + ": " + texts;
    }

    private static String objective(Objective objective) {
        var name = objective.measure().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return objective.measure() == Objective.Measure.ERROR_RATE
                ? String.format(Locale.ROOT, "%s ≤ %.3g %%", name, 100 * objective.most())
                : String.format(Locale.ROOT, "%s ≤ %.0f %s", name, objective.most(), objective.measure().unit());
    }

    /// The cliff has to lie above the highest rate of the peak profile.
    private static Criterion cliff(Evidence evidence) {
        var what = "the cliff lies above the peak load";
        var peak = evidence.profile("peak").map(part -> highestRate(part.content()));
        var cliff = evidence.cliff(Cliff.Axis.RATE);
        if (cliff.isEmpty() || peak.isEmpty()) {
            return Criterion.notRun(what, cliff.isEmpty()
                    ? "no search for the cliff was run"
                    : "the peak profile was not run");
        }
        var found = cliff.get().content();
        return switch (found.ending()) {
            case GENERATOR -> Criterion.notRun(what, "the generator was the limit");
            case FAILS_AT_ONCE -> Criterion.of(false, what, "even the lowest rate failed", cliff.get().run().file());
            case FOUND, NOT_REACHED, STOPPED, OUT_OF_TIME -> found.holds().map(holds -> Criterion.of(holds >= peak
                    .get(), what, String.format(Locale.ROOT, "%.0f requests/s hold%s, the peak load has %.0f", holds,
                            found.fails().map(fails -> String.format(Locale.ROOT, " and %.0f do not", fails)).orElse(
                                    ""),
                            peak.get()),
                    cliff.get().run().file())).orElseGet(() -> Criterion.notRun(what, "no rate was confirmed"));
        };
    }

    private static double highestRate(ProfileRun run) {
        return run.profile().arrivals() instanceof Arrivals.Open open
                ? open.stages().stream().filter(stage -> stage.phase() == Stage.Phase.MEASURED)
                        .mapToDouble(stage -> Math.max(stage.from(), stage.to())).max().orElse(0)
                : run.throughput();
    }

    private static Criterion recovery(Evidence evidence) {
        var what = "it recovers from a spike in time";
        var judged = evidence.profile("spike").flatMap(part -> part.content().verdicts().stream().filter(one -> one
                .objective().measure() == Objective.Measure.RECOVERY && one.verdict() != Objective.Verdict.NOT_RUN)
                .findFirst());
        return judged.map(one -> Criterion.of(one.verdict() == Objective.Verdict.PASSED, what, one.found().map(
                seconds -> String.format(Locale.ROOT, "after %.0f s, %.0f s allowed", seconds, one.objective().most()))
                .orElse(one.why()), evidence.profile("spike").orElseThrow().run().file()))
                .orElseGet(() -> Criterion.notRun(what, "no spike was run"));
    }

    /// A pool that is empty for a moment does its work; one that is empty in two looks in a row, seconds apart, is
    /// short of connections.
    private static Criterion waiting(Evidence evidence) {
        var what = "nobody waits long for a database connection under load";
        return evidence.underLoad().worst(Readiness::waited, Waited::looks).map(
                worst -> Criterion.of(worst.content().looks() < 2, what, "%.0f waited at most".formatted(worst.content()
                        .most()) + looks(worst.content().looks()), worst.file()))
                .orElseGet(() -> Criterion.notRun(what, "no load run saw a pool"));
    }

    /// @param most at once
    /// @param looks in a row in which somebody did
    private record Waited(double most, int looks) {}

    private static Optional<Waited> waited(Inside inside) {
        var series = inside.all(Inside.POOL_WAITING).toList();
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(new Waited(series.stream().flatMap(one -> one.most().stream()).max(Double::compare)
                        .orElse(0.0), series.stream().mapToInt(Readiness::looksWaiting).max().orElse(0)));
    }

    private static String looks(int longest) {
        return switch (longest) {
            case 0 -> "";
            case 1 -> ", in one look and not the next";
            default -> ", in " + longest + " looks in a row";
        };
    }

    private static int looksWaiting(Inside.Series series) {
        var longest = 0;
        var now = 0;
        for (var point : series.points()) {
            now = point.value() > 0 ? now + 1 : 0;
            longest = Math.max(longest, now);
        }
        return longest;
    }
}
