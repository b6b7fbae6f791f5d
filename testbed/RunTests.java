import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// Runs the test classes named, on a machine without Maven. Ends with 1 where one failed, was skipped, or none was found:
/// whoever starts this knows that they can run.
void main(String[] classes) {
    var summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
            .selectors(Stream.of(classes).map(name -> selectClass(name)).toList()).build(), summary);
    var seen = summary.getSummary();
    seen.printFailuresTo(new PrintWriter(System.out), 20);
    IO.println("%d passed, %d failed, %d skipped in %d s".formatted(seen.getTestsSucceededCount(),
            seen.getTotalFailureCount(), seen.getTestsAbortedCount() + seen.getTestsSkippedCount(), Duration
                    .ofMillis(seen.getTimeFinished() - seen.getTimeStarted()).toSeconds()));
    System.exit(seen.getTestsSucceededCount() > 0 && seen.getTotalFailureCount() == 0
            && seen.getTestsAbortedCount() == 0 && seen.getContainersAbortedCount() == 0 ? 0 : 1);
}
