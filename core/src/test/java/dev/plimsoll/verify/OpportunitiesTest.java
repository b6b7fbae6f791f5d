package dev.plimsoll.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.verify.Check.Verdict;
import org.junit.jupiter.api.Test;

class OpportunitiesTest {
    private static Check queue(RunningStack stack) {
        return stack.verified("opportunities").results().getFirst().checks().stream().filter(check -> check.what()
                .equals("no client queues for a server connection")).findFirst().orElseThrow();
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
