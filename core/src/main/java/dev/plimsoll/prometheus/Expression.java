package dev.plimsoll.prometheus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A PromQL expression, as far as its static properties are of interest: parentheses and the
/// labels on which operators match are left out.
public sealed interface Expression {
    /// Operators that keep only the series for which they hold.
    Set<String> COMPARISONS = Set.of("==", "!=", ">", "<", ">=", "<=");

    record Constant(double value) implements Expression {}

    record Text(String value) implements Expression {}

    /// @param name empty when only matchers are given
    /// @param range the window in brackets
    record Selector(String name, List<Matcher> matchers, Optional<Duration> range) implements Expression {
        public Selector {
            matchers = List.copyOf(matchers);
        }

        /// The value that a label must have exactly.
        public Optional<String> label(String label) {
            return matchers.stream().filter(matcher -> matcher.label().equals(label) && matcher.operator().equals("="))
                    .map(Matcher::value).findFirst();
        }
    }

    record Call(String function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /// @param grouping labels of `by` or `without`
    record Aggregation(String operator, Optional<Grouping> grouping, List<Expression> arguments)
            implements
                Expression {
        public Aggregation {
            arguments = List.copyOf(arguments);
        }

        /// The aggregated vector, which is the last argument.
        public Optional<Expression> vector() {
            return arguments.isEmpty() ? Optional.empty() : Optional.of(arguments.getLast());
        }

        /// Whether the result still carries a label.
        public boolean keeps(String label) {
            return grouping.filter(group -> group.without() != group.labels().contains(label)).isPresent();
        }
    }

    /// @param bool whether a comparison yields 0 or 1 instead of filtering
    /// @param matched whether `on` or `ignoring` says which labels must agree
    record Binary(String operator, Expression left, Expression right, boolean bool, boolean matched)
            implements
                Expression {
        public boolean isFilter() {
            return COMPARISONS.contains(operator) && !bool;
        }
    }

    record Negation(Expression operand) implements Expression {}

    /// A subquery such as `(…)[1h:5m]`.
    record Subquery(Expression inner) implements Expression {}

    /// `label="value"`.
    record Matcher(String label, String operator, String value) {}

    record Grouping(boolean without, List<String> labels) {
        public Grouping {
            labels = List.copyOf(labels);
        }
    }

    /// Empty when the text is no PromQL, or beyond what is understood here. Never throws.
    static Optional<Expression> parse(String text) {
        return PromqlParser.parse(text);
    }

    default List<Expression> children() {
        return switch (this) {
            case Constant _,Text _,Selector _ -> List.of();
            case Call call -> call.arguments();
            case Aggregation aggregation -> aggregation.arguments();
            case Binary binary -> List.of(binary.left(), binary.right());
            case Negation negation -> List.of(negation.operand());
            case Subquery subquery -> List.of(subquery.inner());
        };
    }

    /// This expression and all below it, in the order of the text.
    default Stream<Expression> all() {
        return Stream.concat(Stream.of(this), children().stream().flatMap(Expression::all));
    }

    default Stream<Selector> selectors() {
        return all().flatMap(part -> part instanceof Selector selector ? Stream.of(selector) : Stream.empty());
    }

    /// Names of the metrics read, without repetition.
    default List<String> metrics() {
        return selectors().map(Selector::name).filter(name -> !name.isEmpty()).distinct().toList();
    }

    /// The filters that decide on their own whether an alert fires: the expression itself, or what `and` and `or`
    /// join.
    default Stream<Binary> conditions() {
        return this instanceof Binary binary
                ? switch (binary.operator()) {
                    case "and", "or" -> Stream.concat(binary.left().conditions(), binary.right().conditions());
                    case "unless" -> binary.left().conditions();
                    default -> binary.isFilter() ? Stream.of(binary) : Stream.empty();
                }
                : Stream.empty();
    }
}
