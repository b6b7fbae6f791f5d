package dev.plimsoll.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Samples of a page in Prometheus' text format, as far as a load run needs them.
record MetricsText(List<Sample> samples) {
    private static final Pattern LINE = Pattern
            .compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})?\\s+(\\S+)(?:\\s+\\d+)?");
    /// More lines than any page that was looked at has; what follows is not read.
    private static final int MOST_LINES = 50_000;

    /// @param labels as written, without braces
    record Sample(String name, String labels, double value) {
        boolean has(String label, String value) {
            return labels.contains(label + "=\"" + value + "\"");
        }
    }

    static MetricsText of(String text) {
        var samples = new ArrayList<Sample>();
        text.lines().limit(MOST_LINES).map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> {
                    var match = LINE.matcher(line);
                    if (match.matches()) {
                        number(match.group(3)).ifPresent(value -> samples.add(new Sample(match.group(1),
                                match.group(2) == null ? "" : match.group(2), value)));
                    }
                });
        return new MetricsText(samples);
    }

    private static java.util.Optional<Double> number(String text) {
        try {
            return java.util.Optional.of(Double.parseDouble(text.toLowerCase(Locale.ROOT).replace("+inf", "Infinity")
                    .replace("nan", "NaN"))).filter(Double::isFinite);
        } catch (NumberFormatException none) {
            return java.util.Optional.empty();
        }
    }

    /// The sum over all samples that fit; 0 when none does.
    double sum(Predicate<Sample> which) {
        return samples.stream().filter(which).mapToDouble(Sample::value).sum();
    }

    boolean any(Predicate<Sample> which) {
        return samples.stream().anyMatch(which);
    }
}
