package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.load.Stage.Phase;
import java.time.Duration;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ProfilesTest {
    @Test
    void ratesAndLengthsOfTheSuite() {
        assertThat(Profiles.ALL).extracting(ProfilesTest::line).containsExactly("normal 100/s 60s", "peak 200/s 60s",
                "spike 500/s 30s", "sustained 150/s 300s");
    }

    private static String line(Profile profile) {
        var stage = ((Arrivals.Open) profile.arrivals()).stages().stream().filter(one -> one.phase() == Phase.MEASURED)
                .findFirst().orElseThrow();
        return profile.name() + " " + (int) stage.from() + "/s " + stage.span().toSeconds() + "s";
    }

    @Test
    void everyProfileHasObjectives() {
        assertThat(Profiles.ALL).allSatisfy(profile -> assertThat(profile.objectives()).hasSizeGreaterThan(2));
        assertThat(Profiles.SPIKE.objective(Objective.Measure.RECOVERY)).isPresent();
    }

    @Test
    void quickKeepsRatesAndShortensTimes() {
        assertThat(Profiles.ALL.stream().map(one -> line(Profiles.scaled(one, Profiles.QUICK, 1)))).containsExactly(
                "normal 100/s 15s", "peak 200/s 15s", "spike 500/s 7s", "sustained 150/s 75s");
        assertThat(Profiles.scaled(Profiles.NORMAL, 0.001, 0.5).span()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void dueMomentsFitTheRate() {
        var random = new Random(1);
        for (var round = 0; round < 200; round++) {
            var stage = new Stage(Phase.MEASURED, 1 + random.nextDouble() * 500, random.nextDouble() * 500, Duration
                    .ofMillis(500 + random.nextInt(20_000)));
            var total = (long) stage.dueWithin(stage.seconds());
            for (var index = 0L; index < total; index += 1 + total / 20) {
                assertThat(stage.dueWithin(stage.dueAt(index))).as("%s, request %d", stage, index).isCloseTo(index,
                        Offset.offset(1e-3));
            }
        }
    }
}
