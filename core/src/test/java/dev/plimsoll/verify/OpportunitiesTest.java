package dev.plimsoll.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.verify.Check.Verdict;
import org.junit.jupiter.api.Test;

class OpportunitiesTest {
    private static Check queue(RunningStack stack) {
        return check(stack, "no client queues for a server connection");
    }

    private static Check check(RunningStack stack, String what) {
        return stack.verified("opportunities").results().getFirst().checks().stream().filter(check -> check.what()
                .equals(what)).findFirst().orElseThrow();
    }

    /// @param idle backends, and what they hold together and the largest of them, in MB
    private static RunningStack idling(int idle, int own, int largest) {
        return RunningStack.healthy().with("db", "postgres.connections.idle", String.valueOf(idle)).with("db",
                "postgres.backends.idle_seen", String.valueOf(idle)).with("db", "postgres.backends.idle_own",
                        String
                                .valueOf((long) own << 20))
                .with("db", "postgres.backends.idle_largest", String.valueOf(
                        (long) largest << 20))
                .with("db", "postgres.backends.idle_largest_of", "api");
    }

    @Test
    void whatIdleConnectionsHoldIsWhatClosingThemFrees() {
        assertThat(check(idling(40, 240, 8), "few connections lie idle").remedy()).endsWith("frees about 240 MB");
    }

    @Test
    void aConnectionThatSwellsIsAdvisedToLiveShorter() {
        var check = check(idling(10, 300, 84), "connections give back what they took");
        assertThat(check.verdict()).isEqualTo(Verdict.ADVICE);
        assertThat(check.found()).isEqualTo("an idle one of api holds 84 MB, all 10 together 300 MB");
        assertThat(check.remedy()).endsWith("frees up to 275 MB");
    }

    @Test
    void aConnectionOfTheUsualSizeIsFine() {
        assertThat(check(idling(10, 30, 4), "connections give back what they took").verdict()).isEqualTo(
                Verdict.PASSED);
    }

    /// @param seconds of the statement that took most, and of all
    private static Check slowest(String calls, String seconds, String all) {
        return check(RunningStack.healthy().with("db", "postgres.statement.1", "SELECT * FROM chunks").with("db",
                "postgres.statement.1.calls", calls).with("db", "postgres.statement.1.seconds", seconds).with("db",
                        "postgres.statements.seconds", all),
                "no slow statement takes most of the time");
    }

    @Test
    void aSlowStatementThatTakesMostOfTheTimeIsNamedWithWhatItIsWorth() {
        var check = slowest("1000", "240", "300");
        assertThat(check.verdict()).isEqualTo(Verdict.ADVICE);
        assertThat(check.found()).isEqualTo("1000 calls of 240.0 ms, 80 % of the time: SELECT * FROM chunks");
        assertThat(check.remedy()).endsWith("it frees 40 % of the time that statements take");
    }

    @Test
    void aFrequentStatementThatIsQuickAndASlowOneAmongOthersAreFine() {
        assertThat(slowest("100000", "240", "300").verdict()).isEqualTo(Verdict.PASSED);
        assertThat(slowest("1000", "240", "481").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aFewSecondsOfStatementsSayNothing() {
        assertThat(slowest("3", "6", "7").verdict()).isEqualTo(Verdict.NOT_RUN);
    }

    private static RunningStack waiting(String clients, String seconds) {
        return RunningStack.healthy().with("pooler", "pgbouncer.pools.cl_waiting", clients).with("pooler",
                "pgbouncer.pools.maxwait", seconds);
    }

    @Test
    void clientsThatQueueAreAdvisedWithWhatTheyCanGain() {
        var check = queue(waiting("7", "3").with("pooler", "pgbouncer.stats.total_wait_time", "5000000").with("pooler",
                "pgbouncer.stats.total_xact_count", "1000"));
        assertThat(check.verdict()).isEqualTo(Verdict.ADVICE);
        assertThat(check.found()).isEqualTo("7 wait, the longest for 3 s");
        assertThat(check.remedy()).endsWith("its 1000 transactions have waited 5.0 ms each, which is the most they can "
                + "gain");
    }

    @Test
    void beforeTheFirstTransactionThoseWhoWaitAreTheGain() {
        assertThat(queue(waiting("7", "3")).remedy()).endsWith("up to 7 more would run at once");
    }

    @Test
    void aQueueOfLessThanASecondIsAPoolAtWork() {
        assertThat(queue(waiting("7", "0")).verdict()).isEqualTo(Verdict.PASSED);
    }
}
