package dev.plimsoll.prometheus;

import dev.plimsoll.prometheus.Expression.Aggregation;
import dev.plimsoll.prometheus.Expression.Binary;
import dev.plimsoll.prometheus.Expression.Call;
import dev.plimsoll.prometheus.Expression.Negation;
import dev.plimsoll.prometheus.Expression.Selector;
import dev.plimsoll.prometheus.Expression.Subquery;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Whether an expression can give any series at all, judged by the names of metrics that a server knows.
///
/// @param names of all metrics with series
public record Presence(Set<String> names) {
    /// Made by Prometheus itself, and only while an alert is active.
    private static final Set<String> OWN = Set.of("ALERTS", "ALERTS_FOR_STATE");
    /// Functions that give something just because their argument gives nothing, or that need no series.
    private static final Set<String> NEVER_EMPTY = Set.of("absent", "absent_over_time", "vector", "scalar", "time");

    public Presence {
        names = Set.copyOf(names);
    }

    /// The metrics for want of which the expression stays empty; none when it can give a series.
    public List<String> missing(Expression expression) {
        return lacking(expression, selector -> selector.name().isEmpty() || OWN.contains(selector.name()) || names
                .contains(selector.name())).map(Selector::name).distinct().toList();
    }

    /// The selectors for want of which an expression stays empty; none when it can give a series.
    ///
    /// @param isThere whether a selector gives series
    public static Stream<Selector> lacking(Expression expression, Predicate<Selector> isThere) {
        return switch (expression) {
            case Expression.Constant _,Expression.Text _ -> Stream.empty();
            case Selector selector -> isThere.test(selector) ? Stream.empty() : Stream.of(selector);
            case Call call -> NEVER_EMPTY.contains(call.function())
                    ? Stream.empty()
                    : call.arguments().stream().flatMap(part -> lacking(part, isThere));
            case Aggregation aggregation -> aggregation.vector().stream().flatMap(part -> lacking(part, isThere));
            case Negation negation -> lacking(negation.operand(), isThere);
            case Subquery subquery -> lacking(subquery.inner(), isThere);
            case Binary binary -> switch (binary.operator()) {
                case "or" -> {
                    var left = lacking(binary.left(), isThere).toList();
                    var right = lacking(binary.right(), isThere).toList();
                    yield left.isEmpty() || right.isEmpty()
                            ? Stream.empty()
                            : Stream.concat(left.stream(), right.stream());
                }
                case "unless" -> lacking(binary.left(), isThere);
                default -> Stream.concat(lacking(binary.left(), isThere), lacking(binary.right(), isThere));
            };
        };
    }
}
