package dev.plimsoll.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// How the first contestant stands to the others; above 1 it is the faster one.
record Ratios(List<Contestant> contestants, List<Step> steps, Results results) {
    private static final String NONE = "-";

    static Ratios of(Page page) {
        return new Ratios(page.contestants(), page.options().steps(), page.results());
    }

    Stream<String> throughput(Step step) {
        return others().map(other -> text(throughput(step, other)));
    }

    Stream<String> builds(Step step) {
        return others().map(other -> text(build(step, other)));
    }

    private Stream<Contestant> others() {
        return contestants.stream().skip(1);
    }

    private OptionalDouble throughput(Step step, Contestant other) {
        return over(results.median(step, contestants.getFirst(), Outcome::perSecond),
                results.median(step, other, Outcome::perSecond));
    }

    /// The shorter time is the better one.
    private OptionalDouble build(Step step, Contestant other) {
        return over(results.buildMillis(step, other), results.buildMillis(step, contestants.getFirst()));
    }

    private static OptionalDouble over(OptionalDouble above, OptionalDouble below) {
        return above.isPresent() && below.isPresent() && below.getAsDouble() > 0
                ? OptionalDouble.of(above.getAsDouble() / below.getAsDouble())
                : OptionalDouble.empty();
    }

    /// The geometric mean over the loads that write: TPC-B-like, and the index build with the mean of its time and
    /// of the throughput beside it.
    String writes() {
        return String.join(", ", others().map(other -> text(writes(other)) + " × " + other.name()).toList());
    }

    private OptionalDouble writes(Contestant other) {
        var ratios = new ArrayList<Double>();
        for (var step : steps) {
            switch (step.kind()) {
                case TPC_B -> throughput(step, other).ifPresent(ratios::add);
                case BUILD -> {
                    var both = Stream.of(throughput(step, other), build(step, other)).flatMapToDouble(
                            OptionalDouble::stream).boxed().toList();
                    if (!both.isEmpty()) {
                        ratios.add(Results.geometricMean(both));
                    }
                }
                case SELECT, MIXED -> {
                    // reads, or reads for the most part
                }
            }
        }
        return ratios.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Results.geometricMean(ratios));
    }

    private static String text(OptionalDouble ratio) {
        return ratio.isPresent() ? Page.number("%.2f", ratio.getAsDouble()) : NONE;
    }
}
