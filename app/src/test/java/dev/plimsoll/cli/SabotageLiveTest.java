package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.cli.FailedChecks.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// What `verify` says of a real stack: nothing while it is as it was rendered, and the right thing when it is spoilt.
class SabotageLiveTest {
    /// Targets that are down count from this age of the stack on.
    private static final long GROWN_SECONDS = 90;

    @Test
    void everySabotageIsNamedAndAnUntouchedStackIsNot(@TempDir Path directory, TestReporter reporter)
            throws IOException, InterruptedException {
        assumeTrue("1".equals(System.getenv("PLIMSOLL_TESTBED_READY")), "the test bed is not up: testbed/up");
        var missed = new ArrayList<String>();
        try (var stack = SabotagedStack.in(directory)) {
            stack.up();
            var grown = System.nanoTime() + GROWN_SECONDS * 1_000_000_000L;
            assertThat(stack.failures()).as("right after the start").isEmpty();
            for (var batch : Sabotages.batches()) {
                if (batch.name().equals("servers")) {
                    Thread.sleep(Math.max(0, (grown - System.nanoTime()) / 1_000_000));
                    assertThat(stack.failures()).as("when everything was scraped").isEmpty();
                }
                for (var sabotage : batch.sabotages()) {
                    sabotage.deed().on(stack);
                }
                var failures = stack.failures();
                batch.sabotages().stream().filter(one -> failures.stream().noneMatch(failure -> names(failure, one)))
                        .forEach(one -> missed.add(one.service() + ": " + one.what() + " among " + failures));
                for (var sabotage : batch.sabotages()) {
                    sabotage.undo().on(stack);
                }
                batch.undo().on(stack);
                assertThat(stack.failuresOnceSettled()).as("after " + batch.name() + " was undone").isEmpty();
            }
        }
        var all = Sabotages.all().size();
        reporter.publishEntry("named", all - missed.size() + " of " + all);
        assertThat(missed).as("%d of %d sabotages named", all - missed.size(), all).hasSizeLessThanOrEqualTo(all / 20);
    }

    private static boolean names(Failure failure, Sabotage sabotage) {
        return failure.service().equals(sabotage.service()) && failure.text().contains(sabotage.named());
    }
}
