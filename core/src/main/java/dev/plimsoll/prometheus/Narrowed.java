package dev.plimsoll.prometheus;

import dev.plimsoll.prometheus.Expression.Matcher;
import dev.plimsoll.prometheus.Expression.Selector;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a selector says of targets by name, as in `up{job="node"}`. That no series is there tells of a name that nobody
/// bears. What else a selector asks may be rare in health, such as answers with status 500, and is left out.
///
/// @param metric empty for any
/// @param targets labels that must have a value exactly
public record Narrowed(String metric, List<Matcher> targets) {
    private static final Set<String> TARGET = Set.of("job", "instance");

    public Narrowed {
        targets = List.copyOf(targets);
    }

    /// Empty when the selector names no target. All labels of `up` are those of its target; of another metric, only
    /// that somebody bears its `job` and `instance` can be expected, as it may come with the first event.
    public static Optional<Narrowed> of(Selector selector) {
        var own = selector.name().equals("up");
        var targets = selector.matchers().stream().filter(matcher -> matcher.operator().equals("=") && !matcher.value()
                .isEmpty()).filter(matcher -> own || TARGET.contains(matcher.label())).toList();
        return targets.isEmpty() ? Optional.empty() : Optional.of(new Narrowed(own ? "up" : "", targets));
    }

    /// Gives 0 when nobody bears these names.
    public String query() {
        return "count(" + this + ") or vector(0)";
    }

    @Override
    public String toString() {
        return metric + targets.stream().map(matcher -> matcher.label() + "=\"" + matcher.value().replace("\\",
                "\\\\").replace("\"", "\\\"") + "\"").collect(Collectors.joining(", ", "{", "}"));
    }
}
