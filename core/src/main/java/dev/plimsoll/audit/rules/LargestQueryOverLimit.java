package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// One query may take more memory than the container has.
public final class LargestQueryOverLimit implements Rule {
    /// With less, one query at the default can take most of it.
    private static final MemorySize ENOUGH = MemorySize.ofMegabytes(2047L);
    private static final long BYTES_A_SAMPLE = 24;

    @Override
    public About about() {
        return new About("OBS020", "largest-query-over-limit", Severity.LOW, Confidence.ADVICE,
                "One query of Prometheus may load more samples than fit into its memory limit.",
                "The default of --query.max-samples is 50,000,000; at 16 to 24 bytes a sample one dashboard "
                        + "over a long range takes 0.8 to 1.2 GB, and Prometheus is killed with its head block in "
                        + "memory.",
                "Set --query.max-samples to what the limit leaves, and --query.max-concurrency to 4.",
                "https://prometheus.io/docs/prometheus/latest/command-line/prometheus/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("prometheus").flatMap(service -> service.limit().stream()
                .filter(limit -> service.settings().get("query.max-samples").isEmpty()
                        && !limit.value().isLargerThan(ENOUGH))
                .map(limit -> finding(service, limit.where(), "one query of " + service.name()
                        + " may load 50,000,000 samples × 16 to 24 B = 0.8 to 1.2 GB, with a limit of "
                        + limit.value(),
                        "Add --query.max-samples=" + samples(limit.value())
                                + " and --query.max-concurrency=4")));
    }

    /// A third of the limit for the largest query.
    private static long samples(MemorySize limit) {
        return Math.max(100_000, limit.dividedBy(3).bytes() / BYTES_A_SAMPLE / 100_000 * 100_000);
    }
}
