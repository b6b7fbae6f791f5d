package dev.plimsoll.runtime.web;

import static dev.plimsoll.runtime.web.Health.Need.HELPFUL;
import static dev.plimsoll.runtime.web.Health.Need.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plimsoll.runtime.web.Health.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    /// As one in an endless loop: it holds a processor and heeds no interruption.
    @Test
    @Timeout(60)
    void partsThatHangByComputingLeaveTheOthersTheirAnswers() throws InterruptedException {
        var over = new AtomicBoolean();
        Callable<HealthChecks.Answer> computes = () -> {
            while (!over.get()) {
                Thread.onSpinWait();
            }
            return new HealthChecks.Answer(State.UP, "");
        };
        var spinning = IntStream.rangeClosed(0, Runtime.getRuntime().availableProcessors())
                .mapToObj(number -> check("report " + number, HELPFUL, computes));
        var checks = Stream.concat(spinning, Stream.of(check("database", REQUIRED, GOOD))).toList();
        var health = new HealthChecks(Duration.ofSeconds(2), checks);
        try {
            for (var poll = 0; poll < 3; poll++) {
                assertThat(health.ask().state()).isEqualTo(State.DEGRADED);
            }
        } finally {
            over.set(true);
        }
    }

    @Test
    @Timeout(60)
    void aPartThatHangsIsNotAskedAgainUntilItHasAnswered() throws InterruptedException {
        var asked = new AtomicInteger();
        var answered = new CountDownLatch(1);
        var health = new HealthChecks(Duration.ofMillis(100), List.of(check("database", REQUIRED, () -> {
            asked.incrementAndGet();
            awaitWhateverHappens(answered);
            return new HealthChecks.Answer(State.UP, "answers");
        })));
        try {
            for (var poll = 0; poll < 20; poll++) {
                assertThat(health.ask().parts().get("database")).matches(part -> part.state() == State.DOWN
                        && part.detail().equals("no answer within 100 ms"));
            }
            assertThat(asked).hasValue(1);
        } finally {
            answered.countDown();
        }
        while (!health.ask().ready()) {
            Thread.sleep(10);
        }
        assertThat(asked).hasValueGreaterThan(1);
    }

    @Test
    void aPartThatHangsIsInterrupted() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        ask(check("database", REQUIRED, () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return new HealthChecks.Answer(State.UP, "");
        }));
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @SuppressWarnings("NullAway")
    void aPartWithoutAStateIsDown() throws InterruptedException {
        assertThat(ask(check("database", REQUIRED, () -> new HealthChecks.Answer(null, "answers"))).state())
                .isEqualTo(State.DOWN);
        assertThat(ask(check("database", REQUIRED, () -> null)).state()).isEqualTo(State.DOWN);
    }

    @Test
    void aPartThatFailsWithoutAMessageIsNamedByItsFailure() throws InterruptedException {
        assertThat(ask(check("database", REQUIRED, () -> {
            throw new StackOverflowError();
        })).parts().get("database")).matches(part -> part.detail().equals("StackOverflowError"));
    }

    @Test
    void twoPartsOfOneNameAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ask(check("database", REQUIRED, GONE),
                check("database", HELPFUL, GOOD))).withMessage("two checks have the name `database`");
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

    private static void awaitWhateverHappens(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private static HealthChecks.Check check(String name, Health.Need need, Callable<HealthChecks.Answer> answer) {
        return new HealthChecks.Check(name, need, answer);
    }

    private static Health ask(HealthChecks.Check... checks) throws InterruptedException {
        return new HealthChecks(Duration.ofMillis(500), List.of(checks)).ask();
    }
}
