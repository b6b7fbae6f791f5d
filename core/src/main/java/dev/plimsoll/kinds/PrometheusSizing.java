package dev.plimsoll.kinds;

import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Plans a Prometheus: what its series leave of the limit becomes the largest query it may run.
///
/// @param time how long the user keeps history, which a plan must not shorten
/// @param size how much of it
record PrometheusSizing(int series, Calibrated calibrated, Optional<String> time, Optional<String> size)
        implements
            Sizing {
    /// A panel of one day at 15 s over 80 series.
    private static final long LEAST_SAMPLES = 500_000;
    private static final long STEP = 100_000;
    /// Enough for every dashboard of a small stack; more only lets one query grow.
    private static final long MOST_SAMPLES = 5_000_000;
    private static final double GO_SHARE = 0.9;
    private static final String OWN = "as configured: a shorter retention would delete data";
    private static final MemorySize MEGABYTE = MemorySize.ofMegabytes(1L);

    @Override
    public MemorySize minimum(int level) {
        return limitFor(LEAST_SAMPLES);
    }

    @Override
    public MemorySize useful(int level) {
        return limitFor(MOST_SAMPLES);
    }

    private MemorySize limitFor(long samples) {
        return new PrometheusMemory(series, samples, calibrated).ceiling().total()
                .roundedUpTo(MemorySize.ofMegabytes(4L));
    }

    @Override
    public Allotment at(MemorySize limit, int level) {
        var fixed = new PrometheusMemory(series, 0, calibrated).worstWithoutQueries();
        var room = limit.minus(fixed).bytes() / PrometheusMemory.BYTES_PER_SAMPLE / STEP * STEP;
        var samples = Math.clamp(room, STEP, MOST_SAMPLES);
        var memory = new PrometheusMemory(series, samples, calibrated);
        var ceiling = memory.ceiling();
        var choices = new ArrayList<>(List.of(
                new Choice("--query.max-samples", String.valueOf(samples),
                        "(" + limit + " - " + fixed + ") / " + PrometheusMemory.BYTES_PER_SAMPLE + " B, at most "
                                + String.format(Locale.ROOT, "%,d", MOST_SAMPLES),
                        "the default of 50,000,000 lets one query take 0.8 to 1.2 GB", "a larger limit"),
                new Choice("--query.max-concurrency", "4", "", "the default of 20 is meant for many users",
                        "more people at dashboards"),
                new Choice("GOMEMLIMIT", limit.times(GO_SHARE).roundedDownTo(MEGABYTE).megabytes() + "MiB",
                        GO_SHARE + " × " + limit, "Go's collector works harder before the limit is reached",
                        "another limit")));
        choices.addAll(retention());
        return new Allotment(choices, ceiling.total().isLargerThan(limit) ? Optional.empty() : Optional.of(ceiling),
                Amount.of(memory.base(), memory.expectedSeries()).total().min(limit));
    }

    /// Both bounds where nobody chose one. A bound of ours beside one that somebody chose would delete history.
    private List<Choice> retention() {
        if (time.isEmpty() && size.isEmpty()) {
            return List.of(
                    new Choice("--storage.tsdb.retention.time", "7d", "", "enough to compare with the week before",
                            "a wish to look further back"),
                    new Choice("--storage.tsdb.retention.size", "500MB", "",
                            "a full disk stops every service; 1 to 2 bytes a sample",
                            "more series or longer retention"));
        }
        return Stream.of(time.map(own -> new Choice("--storage.tsdb.retention.time", own, "", OWN, "your choice")),
                size.map(own -> new Choice("--storage.tsdb.retention.size", own, "", OWN, "your choice")))
                .flatMap(Optional::stream).toList();
    }

    @Override
    public double weight() {
        return 0.5;
    }
}
