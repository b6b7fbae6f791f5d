package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.run.EnvironmentException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookingTest {
    private Instant now = Instant.EPOCH;
    private final List<Long> pauses = new ArrayList<>();
    private final Looking looking = new Looking((stack, project, environment) -> {
        throw new EnvironmentException("No stack is opened here", "Look at nothing");
    }, () -> now, span -> {
        pauses.add(span.toSeconds());
        now = now.plus(span);
    });

    @Test
    void looksBeginAsFarApartAsTheyWereAskedFor() throws InterruptedException {
        var begun = looking.during(Duration.ofSeconds(30), Duration.ofSeconds(10), 1, when -> {
            now = now.plusSeconds(4);
            return when.getEpochSecond();
        });

        assertThat(begun).containsExactly(0L, 10L, 20L, 30L);
        assertThat(pauses).containsOnly(6L);
    }

    @Test
    void looksAsOftenAsItMustHoweverShortTheTimeIs() throws InterruptedException {
        assertThat(looking.during(Duration.ZERO, Duration.ofSeconds(10), 2, Instant::getEpochSecond)).containsExactly(
                0L, 10L);
    }

    @Test
    void aLookThatTakesLongerThanThatIsFollowedByTheNextAtOnce() throws InterruptedException {
        var begun = looking.during(Duration.ofSeconds(30), Duration.ofSeconds(10), 1, when -> {
            now = now.plusSeconds(15);
            return when.getEpochSecond();
        });

        assertThat(begun).containsExactly(0L, 15L, 30L);
        assertThat(pauses).containsOnly(0L);
    }

    @Test
    void whatAnotherProgramSaysKeepsItsOwnEnd() {
        assertThat(new EnvironmentException("Is the daemon running?", "Start it").text()).isEqualTo(
                "Is the daemon running? Start it.");
        assertThat(new EnvironmentException("It is not there", "Install it").text()).isEqualTo(
                "It is not there. Install it.");
    }
}
