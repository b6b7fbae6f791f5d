package dev.plimsoll.prometheus;

import dev.plimsoll.prometheus.Expression.Aggregation;
import dev.plimsoll.prometheus.Expression.Binary;
import dev.plimsoll.prometheus.Expression.Call;
import dev.plimsoll.prometheus.Expression.Selector;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is known of the labels of an expression's result.
public enum VectorLabels {
    /// Those of scraped series, with `instance` and `job`.
    SCRAPED,
    /// Aggregated, without `instance` or without `job`.
    REDUCED,
    /// A number.
    NONE, UNKNOWN;

    private static final Set<String> NUMBERS = Set.of("time", "scalar", "pi");
    private static final Set<String> CHANGING = Set.of("label_replace", "label_join", "vector", "absent",
            "absent_over_time", "info");

    /// Whether a binary operator finds no pair of series on its two sides.
    public static boolean neverMeet(Binary binary) {
        if (binary.matched() || binary.operator().equals("or") || binary.operator().equals("unless")) {
            return false;
        }
        var left = of(binary.left());
        var right = of(binary.right());
        return left == SCRAPED && right == REDUCED || left == REDUCED && right == SCRAPED;
    }

    public static VectorLabels of(Expression expression) {
        return switch (expression) {
            case Expression.Constant _ -> NONE;
            case Selector selector -> selector.name().isEmpty() || selector.name().contains(":") ? UNKNOWN : SCRAPED;
            case Call call -> called(call);
            case Aggregation aggregation -> aggregated(aggregation);
            case Binary binary -> joined(binary);
            case Expression.Negation negation -> of(negation.operand());
            case Expression.Subquery subquery -> of(subquery.inner());
            case Expression.Text _ -> UNKNOWN;
        };
    }

    private static VectorLabels called(Call call) {
        if (NUMBERS.contains(call.function())) {
            return NONE;
        }
        return CHANGING.contains(call.function())
                ? UNKNOWN
                : call.arguments().stream().map(VectorLabels::of).filter(labels -> labels != NONE
                        && labels != UNKNOWN).findFirst().orElse(UNKNOWN);
    }

    private static VectorLabels aggregated(Aggregation aggregation) {
        return switch (aggregation.operator()) {
            case "topk", "bottomk", "limitk", "limit_ratio" ->
                aggregation.vector().map(VectorLabels::of).orElse(UNKNOWN);
            case "count_values" -> UNKNOWN;
            default -> aggregation.vector().filter(vector -> of(vector) == SCRAPED).isEmpty()
                    ? UNKNOWN
                    : grouped(aggregation.grouping());
        };
    }

    private static VectorLabels grouped(Optional<Expression.Grouping> grouping) {
        return grouping.filter(Expression.Grouping::without).isPresent()
                || grouping.filter(group -> group.labels().containsAll(List.of("instance", "job"))).isPresent()
                        ? UNKNOWN
                        : REDUCED;
    }

    private static VectorLabels joined(Binary binary) {
        var left = of(binary.left());
        var right = of(binary.right());
        if (left == NONE) {
            return right;
        }
        return right == NONE || right == left ? left : UNKNOWN;
    }
}
