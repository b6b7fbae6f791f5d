package dev.plimsoll.runtime.web;

import static dev.plimsoll.runtime.web.Health.Need.HELPFUL;
import static dev.plimsoll.runtime.web.Health.Need.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.web.Health.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    private static final Callable<HealthChecks.Answer> GOOD = () -> new HealthChecks.Answer(State.UP, "answers");
    private static final Callable<HealthChecks.Answer> GONE = () -> {
        throw new IOException("refused");
    };

    @Test
    void allWellIsUp() throws InterruptedException {
        assertThat(ask(check("database", REQUIRED, GOOD), check("cache", HELPFUL, GOOD)).state()).isEqualTo(State.UP);
    }

    @Test
    void withoutAHelpfulPartTheServiceIsDegradedAndStillReady() throws InterruptedException {
        var health = ask(check("database", REQUIRED, GOOD), check("cache", HELPFUL, GONE));
        assertThat(health.state()).isEqualTo(State.DEGRADED);
        assertThat(health.ready()).isTrue();
        assertThat(health.parts().get("cache")).matches(part -> part.state() == State.DOWN && part.detail().equals(
                "refused"));
    }

    @Test
    void withoutARequiredPartItIsDown() throws InterruptedException {
        var health = ask(check("cache", HELPFUL, GOOD), check("database", REQUIRED, GONE));
        assertThat(health.state()).isEqualTo(State.DOWN);
        assertThat(health.ready()).isFalse();
    }

    @Test
    void aPartMaySayItselfThatItIsDegraded() throws InterruptedException {
        assertThat(ask(check("workers", REQUIRED, () -> new HealthChecks.Answer(State.DEGRADED, "queue is full")))
                .state()).isEqualTo(State.DEGRADED);
    }

    @Test
    void aPartThatHangsIsReportedInsteadOfHangingTheReport() throws InterruptedException {
        var never = new CountDownLatch(1);
        var health = ask(check("database", REQUIRED, () -> {
            never.await();
            return new HealthChecks.Answer(State.UP, "");
        }), check("cache", HELPFUL, GOOD));
        assertThat(health.parts().get("database")).matches(part -> part.state() == State.DOWN && part.detail()
                .startsWith("no answer within"));
        assertThat(health.parts().get("cache")).matches(part -> part.state() == State.UP);
        never.countDown();
    }

    @Test
    void allPartsAreAskedAtOnce() throws InterruptedException {
        var asked = new CountDownLatch(2);
        Callable<HealthChecks.Answer> waitsForTheOther = () -> {
            asked.countDown();
            asked.await();
            return new HealthChecks.Answer(State.UP, "answers");
        };
        var checks = List.of(check("database", REQUIRED, waitsForTheOther), check("cache", HELPFUL, waitsForTheOther));
        assertThat(new HealthChecks(Duration.ofSeconds(30), checks).ask().state()).isEqualTo(State.UP);
    }

    @Test
    void partsKeepTheirOrder() throws InterruptedException {
        assertThat(ask(check("z", REQUIRED, GOOD), check("a", HELPFUL, GOOD), check("m", HELPFUL, GOOD)).parts()
                .keySet()).containsExactly("z", "a", "m");
    }

    private static HealthChecks.Check check(String name, Health.Need need, Callable<HealthChecks.Answer> answer) {
        return new HealthChecks.Check(name, need, answer);
    }

    private static Health ask(HealthChecks.Check... checks) throws InterruptedException {
        return new HealthChecks(Duration.ofMillis(500), List.of(checks)).ask();
    }
}
