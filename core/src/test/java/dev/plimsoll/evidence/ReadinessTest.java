package dev.plimsoll.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plimsoll.evidence.Criterion.Outcome;
import dev.plimsoll.load.Arrivals;
import dev.plimsoll.load.Cliff;
import dev.plimsoll.load.Counts;
import dev.plimsoll.load.Inside;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.LoadRuns;
import dev.plimsoll.load.Objective;
import dev.plimsoll.load.Profile;
import dev.plimsoll.load.ProfileRun;
import dev.plimsoll.load.Stage;
import dev.plimsoll.load.Validity;
import dev.plimsoll.verify.Check.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadinessTest {
    private static Criterion criterion(Evidence evidence, String what) {
        return Readiness.of(evidence).categories().stream().flatMap(category -> category.criteria().stream())
                .filter(one -> one.what().contains(what)).findFirst().orElseThrow();
    }

    private static Evidence with(List<ProfileRun> profiles, List<Cliff> cliffs) {
        return Recorded.of(Recorded.verified(Map.of()), Recorded.run(profiles, cliffs, Recorded.inside()));
    }

    @Test
    void theCategoriesAreWorthAHundredPoints() {
        var readiness = Readiness.of(Evidence.NONE);
        assertThat(readiness.categories()).extracting(Category::name).containsExactly("memory", "alerts", "performance",
                "scalability", "resilience");
        assertThat(readiness.categories()).extracting(Category::points).containsExactly(30, 20, 20, 15, 15);
    }

    @Test
    void withoutEvidenceNothingIsShownAndNothingFailed() {
        var readiness = Readiness.of(Evidence.NONE);
        assertThat(readiness.points(Outcome.NOT_RUN)).isEqualTo(100);
        assertThat(readiness.outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(readiness.categories()).flatExtracting(Category::criteria).allSatisfy(one -> {
            assertThat(one.evidence()).isEmpty();
            assertThat(one.found()).isNotEmpty();
        });
    }

    @Test
    void whatTheEvidenceShowsEarnsPointsAndDrillsAndBackupsStayOpen() {
        var readiness = Readiness.of(Recorded.healthy());
        assertThat(readiness.points(Outcome.FAILED)).isZero();
        assertThat(readiness.categories()).flatExtracting(Category::criteria).filteredOn(one -> one
                .outcome() == Outcome.NOT_RUN).extracting(Criterion::found).containsExactly("no drill was run",
                        "no drill was run", "no backup was verified");
        assertThat(readiness.points(Outcome.PASSED)).isCloseTo(30 + 20 * 2 / 3.0 + 20 + 15 + 15 / 3.0, within(1e-9));
        assertThat(readiness.outcome()).isEqualTo(Outcome.NOT_RUN);
    }

    @ParameterizedTest
    @CsvSource({"baseline, memory", "containers, memory", "database, memory", "redis, memory", "monitoring, alerts",
            "alerts, alerts", "risks, resilience"})
    void aFailedScenarioCostsItsShareOfItsCategory(String scenario, String category) {
        var readiness = Readiness.of(Recorded.of(Recorded.verified(Map.of(scenario, Verdict.FAILED)), Recorded.run()));
        assertThat(readiness.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(readiness.categories()).filteredOn(one -> one.count(Outcome.FAILED) == 1).singleElement()
                .satisfies(one -> {
                    assertThat(one.name()).isEqualTo(category);
                    assertThat(one.criteria()).filteredOn(each -> each.outcome() == Outcome.FAILED).singleElement()
                            .satisfies(each -> assertThat(each.found()).contains("found " + scenario));
                });
    }

    @Test
    void aScenarioThatWasNotRunIsNoFailure() {
        var evidence = Recorded.of(Recorded.verified(Map.of("redis", Verdict.NOT_RUN)), Recorded.run());
        assertThat(criterion(evidence, "Redis").outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(criterion(evidence, "Redis").found()).isEqualTo("found redis");
    }

    @Test
    void theLatestVerificationCounts() {
        var later = Recorded.verified(Map.of());
        var failed = new Verified(later.version(), later.project(), later.profile(), later.runtime(), later.when()
                .minusSeconds(1), Recorded.verified(Map.of("alerts", Verdict.FAILED)).scenarios());
        var evidence = new Evidence(List.of(new Evidence.Item<>("b", later), new Evidence.Item<>("a", failed)), List
                .of(), List.of(), List.of());
        assertThat(criterion(evidence, "alert rules").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(criterion(evidence, "alert rules").evidence()).isEqualTo("b");
    }

    /// As after one with `--only`.
    @Test
    void ofEachScenarioTheLatestVerificationThatHasItCounts() {
        var all = Recorded.verified(Map.of("redis", Verdict.FAILED));
        var later = new Verified(all.version(), all.project(), all.profile(), all.runtime(), all.when().plusSeconds(1),
                all.scenarios().stream().filter(one -> one.id().equals("alerts")).toList());
        var evidence = new Evidence(List.of(new Evidence.Item<>("a", all), new Evidence.Item<>("b", later)), List.of(),
                List.of(), List.of());
        assertThat(criterion(evidence, "Redis").evidence()).isEqualTo("a");
        assertThat(criterion(evidence, "Redis").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(criterion(evidence, "alert rules").evidence()).isEqualTo("b");
    }

    @Test
    void aKillUnderLoadFails() {
        var evidence = Recorded.seeing(inside -> new Inside(Stream.concat(inside.series().stream(), Stream.of(Recorded
                .series("api", Inside.OOM_KILLS, 0, 1))).toList(), List.of(), List.of()));
        assertThat(criterion(evidence, "is killed").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(criterion(Recorded.healthy(), "is killed").outcome()).isEqualTo(Outcome.PASSED);
    }

    /// Its counter begins anew with the container, as does that of its kills.
    @Test
    void aContainerThatIsRestartedUnderLoadFails() {
        var evidence = Recorded.seeing(inside -> new Inside(Stream.concat(inside.series().stream(), Stream.of(Recorded
                .series("api", Inside.OOM_KILLS, 1, 0), Recorded.series("api", Inside.RESTARTS, 0, 1))).toList(), List
                        .of(),
                List.of()));
        assertThat(criterion(evidence, "is killed").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(criterion(evidence, "is killed").found()).isEqualTo("`api` was restarted, once, after 1 s");
    }

    /// As where the engine runs elsewhere.
    @Test
    void aContainerThatEndedFailsAlsoWhereKillsCannotBeRead() {
        var ended = Recorded.seeing(inside -> new Inside(List.of(Recorded.series("api", Inside.RUNNING, 1, 0)), List
                .of(), List.of()));
        assertThat(criterion(ended, "is killed").found()).isEqualTo("`api` no longer ran after 1 s");
        assertThat(criterion(ended, "is killed").outcome()).isEqualTo(Outcome.FAILED);
        var runs = Recorded.seeing(inside -> new Inside(List.of(Recorded.series("api", Inside.RUNNING, 1, 1)), List
                .of(), List.of()));
        assertThat(criterion(runs, "is killed").outcome()).isEqualTo(Outcome.NOT_RUN);
    }

    @Test
    void aLaterRunOfSomethingElseHidesNoKill() {
        var killed = Recorded.run(List.of(Recorded.profile("normal", 100, Verdict.PASSED)), List.of(), new Inside(List
                .of(Recorded.series("api", Inside.OOM_KILLS, 0, 3)), List.of(), List.of()));
        var other = later(Recorded.run(List.of(Recorded.profile("rate", 10, Verdict.PASSED)), List.of(), Recorded
                .inside()));
        assertThat(criterion(recorded(killed, other), "is killed").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(criterion(recorded(killed, other), "is killed").evidence()).isEqualTo("0");
        var again = later(Recorded.run(killed.profiles(), List.of(), Recorded.inside()));
        assertThat(criterion(recorded(killed, again), "is killed").outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void aRunOfSomethingElseCountsWhileNoneOfTheProfilesWasRun() {
        var other = Recorded.run(List.of(Recorded.profile("rate", 10, Verdict.PASSED)), List.of(), new Inside(List.of(
                Recorded.series("api", Inside.OOM_KILLS, 0, 3)), List.of(), List.of()));
        assertThat(criterion(recorded(other), "is killed").outcome()).isEqualTo(Outcome.FAILED);
        var normal = later(Recorded.run(List.of(Recorded.profile("normal", 100, Verdict.PASSED)), List.of(), Recorded
                .inside()));
        assertThat(criterion(recorded(other, normal), "is killed").outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void whatIsWorstUnderAnyOfTheProfilesCounts() {
        var normal = Recorded.run(List.of(Recorded.profile("normal", 100, Verdict.PASSED)), List.of(), new Inside(List
                .of(Recorded.series("api", Inside.OOM_KILLS, 0, 3)), List.of(), List.of()));
        var peak = later(Recorded.run(List.of(Recorded.profile("peak", 200, Verdict.PASSED)), List.of(), Recorded
                .inside()));
        assertThat(criterion(recorded(normal, peak), "is killed").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(criterion(recorded(normal, peak), "is killed").evidence()).isEqualTo("0");
    }

    @Test
    void whatBreaksInASearchForTheCliffIsNoFailure() {
        var inside = new Inside(List.of(Recorded.series("api", Inside.OOM_KILLS, 0, 0, 0, 4)), List.of(), List.of());
        var search = Recorded.run(List.of(), List.of(Recorded.cliffFrom(2)), inside);
        assertThat(criterion(recorded(search), "is killed").outcome()).isEqualTo(Outcome.NOT_RUN);
        var normal = List.of(Recorded.profile("normal", 100, Verdict.PASSED));
        assertThat(criterion(recorded(Recorded.run(normal, List.of(Recorded.cliffFrom(2)), inside)), "is killed")
                .outcome()).isEqualTo(Outcome.PASSED);
        var searches = List.of(Recorded.cliffFrom(4), Recorded.cliffFrom(2));
        assertThat(criterion(recorded(Recorded.run(normal, searches, inside)), "is killed").outcome()).isEqualTo(
                Outcome.PASSED);
        assertThat(criterion(recorded(Recorded.run(normal, List.of(Recorded.cliffFrom(4)), inside)), "is killed")
                .outcome()).isEqualTo(Outcome.FAILED);
    }

    private static LoadRun later(LoadRun run) {
        return new LoadRun(run.version(), run.target(), run.stack(), run.started().plusSeconds(600), run.generator(),
                run
                        .profiles(),
                run.cliffs(), run.inside());
    }

    private static Evidence recorded(LoadRun... runs) {
        return new Evidence(List.of(),
                IntStream.range(0, runs.length).mapToObj(at -> new Evidence.Item<>(String.valueOf(
                        at), runs[at])).toList(),
                List.of(), List.of());
    }

    @ParameterizedTest
    @CsvSource({"359e6, PASSED", "360e6, FAILED"})
    void aContainerNearItsLimitFails(double most, Outcome expected) {
        var evidence = Recorded.seeing(inside -> new Inside(List.of(Recorded.series("db", Inside.MEMORY, most), Recorded
                .series("db", Inside.MEMORY_LIMIT, 4e8)), List.of(), List.of()));
        assertThat(criterion(evidence, "of its limit under load").outcome()).isEqualTo(expected);
    }

    @Test
    void aRunThatMeasuredItsGeneratorIsNotRun() {
        var run = Recorded.profile("normal", 100, Verdict.PASSED);
        var spoiled = new ProfileRun(run.profile(), 0, 60, run.counts(), run.latencyMicros(), run.serviceMicros(), List
                .of(), List.of(), List.of(), run.verdicts(), Validity.of(LoadRuns.latency(10, 90_000), 0.5, 100),
                run
                        .stopped());
        assertThat(criterion(with(List.of(spoiled), List.of()), "the normal load").outcome())
                .isEqualTo(Outcome.NOT_RUN);
    }

    @Test
    void aRunThatMeasuredNothingIsNotRun() {
        var run = Recorded.profile("normal", 100, Verdict.PASSED);
        var empty = new ProfileRun(run.profile(), 0, 0, Counts.NONE, run.latencyMicros(), run.serviceMicros(),
                List.of(),
                List.of(), List.of(), List.of(new Objective(Objective.Measure.P95, 100).notRun("too few answers")), run
                        .validity(),
                Optional.empty());
        assertThat(criterion(with(List.of(empty), List.of()), "the normal load").outcome()).isEqualTo(Outcome.NOT_RUN);
    }

    @Test
    void aRunThatWasStoppedBeforeItMeasuredAnythingFails() {
        var run = Recorded.profile("normal", 100, Verdict.PASSED);
        var stopped = new ProfileRun(run.profile(), 0, 60, run.counts(), run.latencyMicros(), run.serviceMicros(), List
                .of(), List.of(), List.of(), List.of(new Objective(Objective.Measure.P95, 100).notRun("stopped")),
                run
                        .validity(),
                Optional.of("`db` holds 98 % of its memory"));
        assertThat(criterion(with(List.of(stopped), List.of()), "the normal load").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(criterion(with(List.of(stopped), List.of()), "the normal load").found()).endsWith(
                "; stopped: `db` holds 98 % of its memory");
    }

    @Test
    void aProfileSaysWhatWasAskedOfWhom() {
        assertThat(criterion(Recorded.healthy(), "the normal load").found()).isEqualTo("100 requests/s for 60 s to "
                + "http://127.0.0.1:8080/, p95 6.0 ms, p99 8.0 ms, 0.00 % errors; kept: p95 ≤ 100 ms");
    }

    @Test
    void aMissedObjectiveFailsAndIsNamed() {
        var evidence = with(List.of(Recorded.profile("peak", 200, Verdict.FAILED)), List.of());
        assertThat(criterion(evidence, "the peak load keeps").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(criterion(evidence, "the peak load keeps").found()).contains("missed: p95");
        assertThat(criterion(evidence, "the normal load").outcome()).isEqualTo(Outcome.NOT_RUN);
    }

    @ParameterizedTest
    @CsvSource({"200, 210, PASSED", "199, 210, FAILED"})
    void theCliffHasToLieAboveThePeakLoadWithoutItsWarmUp(double holds, double fails, Outcome expected) {
        var evidence = with(List.of(Recorded.profile("peak", 200, Verdict.PASSED)), List.of(Recorded.cliff(holds,
                fails)));
        assertThat(criterion(evidence, "cliff").outcome()).isEqualTo(expected);
    }

    @Test
    void theCliffHasToLieAboveTheHighestRateThatThePeakLoadRisesTo() {
        var run = Recorded.profile("peak", 200, Verdict.PASSED);
        var rising = new ProfileRun(new Profile("peak", new Arrivals.Open(List.of(new Stage(Stage.Phase.MEASURED, 100,
                200, Duration.ofSeconds(60)))), List.of()), 0, 60, run.counts(), run.latencyMicros(),
                run.serviceMicros(), List.of(), List.of(),
                List.of(), run.verdicts(), run.validity(), Optional.empty());
        assertThat(criterion(with(List.of(rising), List.of(Recorded.cliff(199, 210))), "cliff").outcome()).isEqualTo(
                Outcome.FAILED);
        assertThat(criterion(with(List.of(rising), List.of(Recorded.cliff(200, 210))), "cliff").outcome()).isEqualTo(
                Outcome.PASSED);
    }

    @ParameterizedTest
    @CsvSource({"GENERATOR, 640, NOT_RUN, the generator was the limit", "STOPPED, , NOT_RUN, no rate was confirmed",
            "OUT_OF_TIME, , NOT_RUN, no rate was confirmed", "FAILS_AT_ONCE, , FAILED, even the lowest rate failed"})
    void aSearchThatSaysNothingOfTheServerIsNotRun(Cliff.Ending ending, Double holds, Outcome expected, String found) {
        var cliff = new Cliff(Cliff.Axis.RATE, ending, List.of(), Optional.ofNullable(holds), Optional.empty(), Optional
                .empty(), List.of(), "");
        var evidence = with(List.of(Recorded.profile("peak", 200, Verdict.PASSED)), List.of(cliff));
        assertThat(criterion(evidence, "cliff").outcome()).isEqualTo(expected);
        assertThat(criterion(evidence, "cliff").found()).isEqualTo(found);
    }

    @Test
    void aRecoveryThatWasNotMeasuredIsNotRun() {
        var run = Recorded.profile("spike", 500, Verdict.PASSED);
        assertThat(criterion(with(List.of(run), List.of()), "recovers").outcome()).isEqualTo(Outcome.PASSED);
        var late = Recorded.profile("spike", 500, Verdict.FAILED);
        assertThat(criterion(with(List.of(late), List.of()), "recovers").found()).isEqualTo(
                "after 120 s, 100 s allowed");
        assertThat(criterion(with(List.of(late), List.of()), "recovers").outcome()).isEqualTo(Outcome.FAILED);
        var cut = new ProfileRun(run.profile(), 0, 60, run.counts(), run.latencyMicros(), run.serviceMicros(), List
                .of(), List.of(), List.of(), List.of(new Objective(Objective.Measure.RECOVERY, 100).notRun("cut")),
                run
                        .validity(),
                Optional.empty());
        assertThat(criterion(with(List.of(cut), List.of()), "recovers").outcome()).isEqualTo(Outcome.NOT_RUN);
    }

    @ParameterizedTest
    @CsvSource({"0 0 0, 0 waited at most, PASSED",
            "'0 3 0 1', '3 waited at most, in one look and not the next', PASSED",
            "0 3 1 0, '3 waited at most, in 2 looks in a row', FAILED"})
    void aWaitForTheDatabaseThatLastsFails(String waiting, String found, Outcome expected) {
        var series = Recorded.series("api", Inside.POOL_WAITING, Stream.of(waiting.split(" ")).mapToDouble(
                Double::parseDouble).toArray());
        var evidence = Recorded.seeing(inside -> new Inside(List.of(series), List.of(), List.of()));
        assertThat(criterion(evidence, "database connection").found()).isEqualTo(found);
        assertThat(criterion(evidence, "database connection").outcome()).isEqualTo(expected);
    }

    @Test
    void theSharesOfACategoryAddUp() {
        for (var evidence : List.of(Evidence.NONE, Recorded.healthy(), Recorded.of(Recorded.verified(Map.of("alerts",
                Verdict.FAILED)), Recorded.run()))) {
            var readiness = Readiness.of(evidence);
            assertThat(Stream.of(Outcome.values()).mapToDouble(readiness::points).sum()).isCloseTo(100, within(1e-9));
        }
    }
}
