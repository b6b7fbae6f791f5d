package dev.plimsoll.kinds;

import dev.plimsoll.units.MemorySize;
import java.util.Locale;
import java.util.Optional;

/// The memory model of one Prometheus.
///
/// @param series active at once
/// @param maxSamples what one query may load
/// @param calibrated takes the place of the memory of one series
public record PrometheusMemory(int series, long maxSamples, Calibrated calibrated) {
    static final long BYTES_PER_SAMPLE = 24;
    static final long DEFAULT_SAMPLES = 50_000_000;
    /// Without series.
    public static final MemorySize IDLE = MemorySize.ofMegabytes(46L);
    private static final int WORST_BASE_MB = 50;
    private static final int EXPECTED_KB = 7;
    private static final int WORST_KB = 8;
    private static final double CHURN = 1.3;
    private static final String MEASURED = "measured with Prometheus 2.42 at 5,000 to 50,000 series";
    private static final String WORST = "prometheus/prometheus#4553: 8 kB a series; 1.3 for churn and compaction";
    private static final String SAMPLES = "--query.max-samples × 24 B a sample, one such query at a time";

    static PrometheusMemory of(Recognised service) {
        return new PrometheusMemory(series(service),
                service.settings().value("query.max-samples").flatMap(PrometheusMemory::samples)
                        .orElse(DEFAULT_SAMPLES),
                service.calibrated());
    }

    /// As measured, else as the scrape targets' kinds suggest.
    static int series(Recognised service) {
        return service.calibrated().number(Constant.SERIES).map(count -> (int) Math.ceil(count))
                .orElseGet(() -> service.settings().integer(Prometheus.SERIES).orElse(ScrapedSeries.OWN));
    }

    private static Optional<Long> samples(String text) {
        try {
            return Optional.of(Math.max(0, Long.parseLong(text.strip())));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    Term base() {
        return new Term("idle", IDLE, "", MEASURED);
    }

    Term expectedSeries() {
        var each = calibrated.size(Constant.SERIES_MEMORY).orElse(MemorySize.ofKilobytes(EXPECTED_KB));
        return new Term("series", each.times(series), each + " × " + series + " series", calibrated.source(
                Constant.SERIES_MEMORY, MEASURED));
    }

    Amount ceiling() {
        return Amount.of(new Term("idle", MemorySize.ofMegabytes(WORST_BASE_MB), "", MEASURED), worstSeries(),
                new Term("largest query", MemorySize.ofBytes(BYTES_PER_SAMPLE).times(maxSamples),
                        BYTES_PER_SAMPLE + " B × " + String.format(Locale.ROOT, "%,d", maxSamples) + " samples",
                        SAMPLES));
    }

    private Term worstSeries() {
        var modelled = MemorySize.ofKilobytes(WORST_KB);
        var each = calibrated.size(Constant.SERIES_MEMORY).orElse(modelled).max(modelled);
        return new Term("series", each.times(series).times(CHURN), each + " × " + series + " series × " + CHURN,
                each.equals(modelled) ? WORST : calibrated.source(Constant.SERIES_MEMORY, WORST));
    }

    /// What it takes at worst without any query.
    MemorySize worstWithoutQueries() {
        return MemorySize.ofMegabytes(WORST_BASE_MB).plus(worstSeries().size());
    }
}
