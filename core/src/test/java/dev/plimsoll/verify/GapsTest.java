package dev.plimsoll.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.verify.Check.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was not seen is never fine.
class GapsTest {
    private static Check check(RunningStack stack, String scenario, String what) {
        return checks(stack, scenario).stream().filter(check -> check.what().equals(what)).findFirst().orElseThrow();
    }

    private static List<Check> checks(RunningStack stack, String scenario) {
        return stack.verified(scenario).results().stream().filter(result -> result.id().equals(scenario)).findFirst()
                .orElseThrow().checks();
    }

    @ParameterizedTest
    @CsvSource({"baseline, together they hold no more than the plan expects",
            "monitoring, monitoring keeps to its share",
            "risks, no container runs out of memory"})
    void aSumOfWhatCouldBeReadSaysNothingOfAll(String scenario, String what) {
        assertThat(check(RunningStack.healthy(), scenario, what).verdict()).isEqualTo(Verdict.PASSED);
        var partly = check(RunningStack.healthy().without("node", "memory.anonymous"), scenario, what);
        assertThat(partly.verdict()).isEqualTo(Verdict.NOT_RUN);
        assertThat(partly.found()).isEqualTo("the memory of node could not be read");
    }

    @Test
    void aPartThatIsTooMuchIsEnough() {
        var stack = RunningStack.healthy().without("node", "memory.anonymous").with("api", "memory.anonymous", String
                .valueOf(4L << 30));
        assertThat(check(stack, "baseline", "together they hold no more than the plan expects").verdict()).isEqualTo(
                Verdict.FAILED);
    }

    @Test
    void aSettingThatRedisDoesNotShowIsNamed() {
        var stack = RunningStack.healthy().without("cache", "redis.config.appendonly");
        assertThat(check(stack, "redis", "all its settings are as planned")).satisfies(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.NOT_RUN);
            assertThat(check.found()).isEqualTo("the server does not show appendonly");
        });
        assertThat(checks(RunningStack.healthy(), "redis")).noneMatch(check -> check.what().equals(
                "all its settings are as planned"));
    }

    @Test
    void whatDoesNotRunHereIsNamed() {
        var stack = RunningStack.healthy();
        stack.lock = stack.lock.natively(List.of("api", "db", "cache"));
        assertThat(check(stack, "report", "every service was looked at")).satisfies(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.NOT_RUN);
            assertThat(check.found()).isEqualTo("pooler, prometheus, alertmanager, node do not run here");
        });
        assertThat(checks(RunningStack.healthy(), "report")).noneMatch(check -> check.what().equals(
                "every service was looked at"));
    }

    @Test
    void aMountedFileThatCannotBeReadIsNamed() {
        var stack = RunningStack.healthy().withGap("db", "file.db/postgresql.conf", "no such file");
        assertThat(stack.verified().results().stream().flatMap(result -> result.checks().stream()).filter(check -> check
                .what().equals("reads db/postgresql.conf as it was rendered"))).extracting(Check::verdict,
                        Check::found)
                .contains(tuple(Verdict.NOT_RUN, "no such file"));
    }

    @ParameterizedTest
    @CsvSource({"no, PASSED", "on-failure, PASSED", "on-failure:3, PASSED", "unless-stopped, FAILED"})
    void aJobThatEndedWellHasRun(String policy, Verdict verdict) {
        var stack = RunningStack.healthy().with("api", "container.state", "exited").with("api", "container.exit_code",
                "0").with("api", "container.restart_policy", policy);
        assertThat(checks(stack, "baseline").stream().filter(check -> check.service().equals(Optional.of(
                "api"))).filter(check -> check.what().startsWith("runs"))).extracting(Check::verdict).containsExactly(
                        verdict);
    }
}
