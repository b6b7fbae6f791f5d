package dev.plimsoll.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.plimsoll.units.MemorySize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A real server for a second or two, where PostgreSQL 15, pgBouncer and a cgroup are to be had.
class SideTest {
    private static final MemorySize LIMIT = MemorySize.ofMegabytes(512);
    private static final Sizes TINY = new Sizes(1, 1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void serverWorksInItsGroupDirectlyAndThroughThePooler() throws IOException, InterruptedException {
        var work = Files.createTempDirectory("bench");
        try {
            Command.of(work, "chmod", "755", work.toString()).succeed();
            workedIn(work);
        } finally {
            Command.of(Path.of("/"), "rm", "-rf", work.toString()).succeed();
        }
    }

    private static void workedIn(Path work) throws IOException, InterruptedException {
        var side = sideOrSkip(work);
        try {
            var template = Template.in(work, side.installation(), TINY);
            template.copyTo(side.directory(), side.group());
            var mixed = side.run(new Step("m", "m", Step.Kind.MIXED, 60), template, TINY, SECOND);
            assertThat(side.contestant().pools(60)).isTrue();
            assertThat(mixed.perSecond()).isPositive();
            var built = side.run(new Step("b", "b", Step.Kind.BUILD, 5), template, TINY, SECOND);
            assertThat(built.build()).isPresent();
            assertThat(built.perSecond()).isPositive();
            assertThat(built.oomKills()).isZero();
            assertThat(built.peak().shared()).isGreaterThan(MemorySize.ZERO);
            assertThat(built.peak().total()).isLessThan(Forecast.ceiling(side.contestant()));
        } finally {
            side.group().remove();
        }
    }

    private static Side sideOrSkip(Path work) throws IOException {
        try {
            return Side.of(Contestants.planned(LIMIT), work, Options.of(List.of("--limit=512m", "--disk=60m")),
                    Installation
                            .find());
        } catch (MissingTool missing) {
            return abort(missing.toString());
        }
    }
}
