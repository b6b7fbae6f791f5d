package dev.plimsoll.prometheus;

import dev.plimsoll.prometheus.PromqlLexer.Token;
import dev.plimsoll.units.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Builds an [Expression] from PromQL by recursive descent.
final class PromqlParser {
    /// Characters of one expression; the longest rule of the public rule collections has 1,500.
    private static final int MOST_CHARACTERS = 20_000;
    /// Nested parentheses and chained operators, so that no text exhausts the stack.
    private static final int MOST_DEPTH = 150;
    private static final int MOST_OPERATORS = 500;

    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(Map.entry("or", 1), Map.entry("and", 2),
            Map.entry("unless", 2), Map.entry("==", 3), Map.entry("!=", 3), Map.entry(">", 3), Map.entry("<", 3),
            Map.entry(">=", 3), Map.entry("<=", 3), Map.entry("+", 4), Map.entry("-", 4), Map.entry("*", 5),
            Map.entry("/", 5), Map.entry("%", 5), Map.entry("atan2", 5), Map.entry("^", 6));
    private static final Set<String> AGGREGATIONS = Set.of("sum", "avg", "min", "max", "count", "count_values",
            "stddev", "stdvar", "topk", "bottomk", "quantile", "group", "limitk", "limit_ratio");

    private final PromqlCursor tokens;
    private int depth;
    private int operators;

    private PromqlParser(PromqlCursor tokens) {
        this.tokens = tokens;
    }

    static Optional<Expression> parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        var cut = PromqlLexer.cut(text);
        if (!cut.complete()) {
            return Optional.empty();
        }
        var parser = new PromqlParser(new PromqlCursor(cut.list()));
        try {
            var expression = parser.binary(1);
            return parser.tokens.isAtEnd() ? Optional.of(expression) : Optional.empty();
        } catch (PromqlCursor.Unparsable unparsable) {
            return Optional.empty();
        }
    }

    private Expression binary(int lowest) {
        if (++depth > MOST_DEPTH) {
            throw new PromqlCursor.Unparsable();
        }
        var left = unary();
        while (true) {
            var operator = operator(tokens.peek());
            var precedence = PRECEDENCE.getOrDefault(operator, 0);
            if (precedence < lowest) {
                depth--;
                return left;
            }
            if (++operators > MOST_OPERATORS) {
                throw new PromqlCursor.Unparsable();
            }
            tokens.next();
            var bool = tokens.takeWord("bool");
            var matched = skipMatching();
            var right = binary(operator.equals("^") ? precedence : precedence + 1);
            left = new Expression.Binary(operator, left, right, bool, matched);
        }
    }

    private static String operator(Token token) {
        return switch (token.type()) {
            case OPERATOR -> token.text();
            case WORD -> token.text().toLowerCase(Locale.ROOT);
            case NUMBER, DURATION, STRING, END -> "";
        };
    }

    /// Whether there was any.
    private boolean skipMatching() {
        var found = false;
        while (tokens.peek().isWord("on") || tokens.peek().isWord("ignoring") || tokens.peek().isWord("group_left")
                || tokens.peek().isWord("group_right")) {
            found = true;
            tokens.next();
            if (tokens.peek().is("(")) {
                labels();
            }
        }
        return found;
    }

    private Expression unary() {
        if (tokens.take("-")) {
            var operand = binary(6);
            return operand instanceof Expression.Constant number
                    ? new Expression.Constant(-number.value())
                    : new Expression.Negation(operand);
        }
        return tokens.take("+") ? binary(6) : modified(primary());
    }

    /// Ranges, subqueries, `offset` and `@` behind an expression.
    private Expression modified(Expression start) {
        var expression = start;
        while (true) {
            if (tokens.take("[")) {
                expression = windowed(expression);
            } else if (tokens.takeWord("offset")) {
                if (!tokens.take("-")) {
                    tokens.take("+");
                }
                tokens.next();
            } else if (tokens.take("@")) {
                if (!tokens.take("-")) {
                    tokens.take("+");
                }
                tokens.next();
                if (tokens.take("(")) {
                    tokens.expect(")");
                }
            } else {
                return expression;
            }
        }
    }

    private Expression windowed(Expression inner) {
        var window = duration();
        if (tokens.take(":")) {
            if (!tokens.peek().is("]")) {
                duration();
            }
            tokens.expect("]");
            return new Expression.Subquery(inner);
        }
        tokens.expect("]");
        if (!(inner instanceof Expression.Selector selector)) {
            throw new PromqlCursor.Unparsable();
        }
        return new Expression.Selector(selector.name(), selector.matchers(), Optional.of(window));
    }

    private Duration duration() {
        var token = tokens.next();
        return switch (token.type()) {
            case DURATION -> Durations.parse(token.text()).orElseThrow(PromqlCursor.Unparsable::new);
            case NUMBER -> Duration.ofMillis((long) (number(token.text()) * 1000));
            case WORD, STRING, OPERATOR, END -> throw new PromqlCursor.Unparsable();
        };
    }

    private Expression primary() {
        if (tokens.peek().is("{")) {
            return selector("");
        }
        var token = tokens.next();
        return switch (token.type()) {
            case NUMBER -> new Expression.Constant(number(token.text()));
            case DURATION ->
                new Expression.Constant(Durations.parse(token.text()).orElseThrow(PromqlCursor.Unparsable::new)
                        .toMillis() / 1000.0);
            case STRING -> new Expression.Text(token.text());
            case WORD -> word(token);
            case OPERATOR -> {
                if (!token.is("(")) {
                    throw new PromqlCursor.Unparsable();
                }
                var inner = binary(1);
                tokens.expect(")");
                yield inner;
            }
            case END -> throw new PromqlCursor.Unparsable();
        };
    }

    private Expression word(Token token) {
        var name = token.text();
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("inf") || lower.equals("nan")) {
            return new Expression.Constant(lower.equals("inf") ? Double.POSITIVE_INFINITY : Double.NaN);
        }
        if (AGGREGATIONS.contains(lower)
                && (tokens.peek().is("(") || tokens.peek().isWord("by") || tokens.peek().isWord("without"))) {
            var before = grouping();
            var arguments = arguments();
            return new Expression.Aggregation(lower, before.or(this::grouping), arguments);
        }
        return tokens.peek().is("(") ? new Expression.Call(lower, arguments()) : selector(name);
    }

    private Optional<Expression.Grouping> grouping() {
        var without = tokens.peek().isWord("without");
        if (!without && !tokens.peek().isWord("by")) {
            return Optional.empty();
        }
        tokens.next();
        return Optional.of(new Expression.Grouping(without, labels()));
    }

    private List<String> labels() {
        tokens.expect("(");
        var labels = new ArrayList<String>();
        while (!tokens.take(")")) {
            var token = tokens.next();
            if (token.type() != PromqlLexer.Type.WORD && token.type() != PromqlLexer.Type.STRING) {
                throw new PromqlCursor.Unparsable();
            }
            labels.add(token.text());
            tokens.take(",");
        }
        return labels;
    }

    private List<Expression> arguments() {
        tokens.expect("(");
        var arguments = new ArrayList<Expression>();
        while (!tokens.take(")")) {
            arguments.add(binary(1));
            if (!tokens.take(",") && !tokens.peek().is(")")) {
                throw new PromqlCursor.Unparsable();
            }
        }
        return arguments;
    }

    private Expression selector(String word) {
        var name = word;
        var matchers = new ArrayList<Expression.Matcher>();
        if (tokens.take("{")) {
            while (!tokens.take("}")) {
                var label = tokens.next();
                if (label.type() == PromqlLexer.Type.STRING && (tokens.peek().is(",") || tokens.peek().is("}"))) {
                    name = label.text();
                } else {
                    var operator = tokens.next();
                    var value = tokens.next();
                    if (value.type() != PromqlLexer.Type.STRING
                            || !Set.of("=", "!=", "=~", "!~").contains(operator.text())) {
                        throw new PromqlCursor.Unparsable();
                    }
                    if (label.text().equals("__name__") && operator.is("=")) {
                        name = value.text();
                    } else {
                        matchers.add(new Expression.Matcher(label.text(), operator.text(), value.text()));
                    }
                }
                if (!tokens.take(",") && !tokens.peek().is("}")) {
                    throw new PromqlCursor.Unparsable();
                }
            }
        }
        return new Expression.Selector(name, matchers, Optional.empty());
    }

    private static double number(String text) {
        return text.startsWith("0x") || text.startsWith("0X")
                ? new java.math.BigInteger(text.substring(2), 16).doubleValue()
                : Double.parseDouble(text);
    }
}
