package dev.plimsoll.prometheus;

import dev.plimsoll.prometheus.Expression.Aggregation;
import dev.plimsoll.prometheus.Expression.Binary;
import dev.plimsoll.prometheus.Expression.Call;
import dev.plimsoll.prometheus.Expression.Negation;
import dev.plimsoll.prometheus.Expression.Selector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Works out between which values an expression must lie, from what is known of its metrics.
///
/// @param known bounds of a stack's own metrics
public record Bounds(Function<Selector, Optional<Bound>> known) {
    private static final String RATIO = "a share lies between 0 and 1";
    private static final Bound SHARE = new Bound(0, 1, false, RATIO);
    private static final Set<String> FLAGS = Set.of("up", "pg_up", "redis_up", "mysql_up", "mongodb_up", "nginx_up",
            "probe_success");
    private static final Map<String, Set<String>> PARTS = Map.of(
            "node_memory_MemTotal_bytes", Set.of("node_memory_MemAvailable_bytes", "node_memory_MemFree_bytes",
                    "node_memory_Cached_bytes", "node_memory_Buffers_bytes", "node_memory_Slab_bytes",
                    "node_memory_SReclaimable_bytes", "node_memory_Active_bytes"),
            "node_memory_SwapTotal_bytes", Set.of("node_memory_SwapFree_bytes"),
            "node_filesystem_size_bytes", Set.of("node_filesystem_avail_bytes", "node_filesystem_free_bytes"),
            "node_filesystem_files", Set.of("node_filesystem_files_free"));
    private static final Set<String> KEEPING = Set.of("avg_over_time", "max_over_time", "min_over_time",
            "last_over_time", "quantile_over_time", "scalar", "sort", "sort_desc", "max_of", "min_of");

    /// @param additive whether the sum over all series keeps the bounds
    /// @param because why the value cannot leave them
    public record Bound(double low, double high, boolean additive, String because) {
        /// Whether it is a part divided by its whole, or made from one.
        public boolean isShare() {
            return because.equals(RATIO);
        }

        private static Bound exactly(double value) {
            return new Bound(value, value, false, "");
        }

        private Bound with(double one, double other, Bound also) {
            return new Bound(Math.min(one, other), Math.max(one, other), additive && also.additive,
                    because.isEmpty() ? also.because : because);
        }
    }

    public enum Verdict {
        NEVER, ALWAYS, OPEN
    }

    /// @param left the bounds of what is compared
    public record Judgement(Verdict verdict, Bound left, double threshold) {}

    /// Whether a comparison with a number can hold at all.
    public Judgement judge(Binary condition) {
        var left = of(condition.left());
        if (left.isPresent() && condition.right() instanceof Expression.Constant number) {
            return judge(condition.operator(), left.get(), number.value());
        }
        var right = of(condition.right());
        if (right.isPresent() && condition.left() instanceof Expression.Constant number) {
            return judge(mirrored(condition.operator()), right.get(), number.value());
        }
        return new Judgement(Verdict.OPEN, Bound.exactly(0), 0);
    }

    private static Judgement judge(String operator, Bound value, double threshold) {
        var never = switch (operator) {
            case ">" -> value.high <= threshold;
            case ">=" -> value.high < threshold;
            case "<" -> value.low >= threshold;
            case "<=" -> value.low > threshold;
            case "==" -> threshold < value.low || threshold > value.high;
            default -> false;
        };
        var always = switch (operator) {
            case ">" -> value.low > threshold;
            case ">=" -> value.low >= threshold;
            case "<" -> value.high < threshold;
            case "<=" -> value.high <= threshold;
            case "!=" -> threshold < value.low || threshold > value.high;
            default -> false;
        };
        return new Judgement(never ? Verdict.NEVER : always ? Verdict.ALWAYS : Verdict.OPEN, value, threshold);
    }

    private static String mirrored(String operator) {
        return switch (operator) {
            case ">" -> "<";
            case "<" -> ">";
            case ">=" -> "<=";
            case "<=" -> ">=";
            default -> operator;
        };
    }

    public Optional<Bound> of(Expression expression) {
        return switch (expression) {
            case Expression.Constant number -> Double.isFinite(number.value())
                    ? Optional.of(Bound.exactly(number.value()))
                    : Optional.empty();
            case Selector selector -> FLAGS.contains(selector.name())
                    ? Optional.of(new Bound(0, 1, false, selector.name() + " is 0 or 1"))
                    : known.apply(selector);
            case Negation negation -> of(negation.operand())
                    .map(bound -> new Bound(-bound.high, -bound.low, bound.additive, bound.because));
            case Aggregation aggregation -> aggregated(aggregation);
            case Call call -> called(call);
            case Binary binary -> combined(binary);
            case Expression.Text _,Expression.Subquery _ -> Optional.empty();
        };
    }

    private Optional<Bound> aggregated(Aggregation aggregation) {
        var bound = aggregation.vector().flatMap(this::of);
        return switch (aggregation.operator()) {
            case "avg", "min", "max", "topk", "bottomk", "quantile" -> bound;
            case "sum" -> bound.filter(Bound::additive);
            default -> Optional.empty();
        };
    }

    private Optional<Bound> called(Call call) {
        var last = call.arguments().isEmpty() ? Optional.<Expression>empty() : Optional.of(call.arguments().getLast());
        if (KEEPING.contains(call.function())) {
            return last.flatMap(this::of);
        }
        var ofCpu = List.of("rate", "irate").contains(call.function()) && last.filter(
                argument -> argument instanceof Selector selector && selector.name().equals("node_cpu_seconds_total"))
                .isPresent();
        return ofCpu ? Optional.of(SHARE) : Optional.empty();
    }

    private Optional<Bound> combined(Binary binary) {
        if (binary.operator().equals("/") && isShare(binary.left(), binary.right())) {
            return Optional.of(SHARE);
        }
        if (binary.isFilter()) {
            return of(binary.left());
        }
        var left = of(binary.left());
        var right = of(binary.right());
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        var a = left.get();
        var b = right.get();
        var constant = b.low == b.high;
        return switch (binary.operator()) {
            case "+" -> Optional.of(a.with(a.low + b.low, a.high + b.high, b));
            case "-" -> Optional.of(a.with(a.low - b.high, a.high - b.low, b));
            case "*" -> constant
                    ? Optional.of(scaled(a, b.low))
                    : a.low == a.high ? Optional.of(scaled(b, a.low)) : Optional.empty();
            case "/" -> constant && b.low != 0 ? Optional.of(scaled(a, 1 / b.low)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Bound scaled(Bound bound, double factor) {
        var one = bound.low * factor;
        var other = bound.high * factor;
        return new Bound(Math.min(one, other), Math.max(one, other), bound.additive && factor >= 0, bound.because);
    }

    /// Whether a division is of a part by its whole, such as available by total memory.
    private static boolean isShare(Expression part, Expression whole) {
        if (!(bare(whole) instanceof Selector total) || !PARTS.containsKey(total.name())) {
            return false;
        }
        var parts = PARTS.getOrDefault(total.name(), Set.of());
        var numerator = bare(part);
        var rest = numerator instanceof Binary minus && minus.operator().equals("-")
                && bare(minus.left()) instanceof Selector first && first.name().equals(total.name())
                        ? bare(minus.right())
                        : numerator;
        return rest instanceof Selector one && parts.contains(one.name())
                && (whole.equals(total) || one.matchers().equals(total.matchers()));
    }

    private static Expression bare(Expression expression) {
        return switch (expression) {
            case Aggregation aggregation when Set.of("sum", "avg", "min", "max").contains(aggregation.operator()) ->
                aggregation.vector().map(Bounds::bare).orElse(expression);
            case Binary binary when binary.isFilter() -> bare(binary.left());
            default -> expression;
        };
    }
}
