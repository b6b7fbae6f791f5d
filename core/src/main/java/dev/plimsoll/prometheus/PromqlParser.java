package dev.plimsoll.prometheus;

import dev.plimsoll.prometheus.PromqlLexer.Token;
import dev.plimsoll.prometheus.PromqlLexer.Type;
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
    private static final Token END = new Token(Type.END, "");

    private final List<Token> tokens;
    private int at;
    private int depth;
    private int operators;

    private PromqlParser(List<Token> tokens) {
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
        var parser = new PromqlParser(cut.list());
        try {
            var expression = parser.binary(1);
            return parser.peek() == END ? Optional.of(expression) : Optional.empty();
        } catch (Unparsable unparsable) {
            return Optional.empty();
        }
    }

    private Expression binary(int lowest) {
        if (++depth > MOST_DEPTH) {
            throw new Unparsable();
        }
        var left = unary();
        while (true) {
            var operator = operator(peek());
            var precedence = PRECEDENCE.getOrDefault(operator, 0);
            if (precedence < lowest) {
                depth--;
                return left;
            }
            if (++operators > MOST_OPERATORS) {
                throw new Unparsable();
            }
            at++;
            var bool = takeWord("bool");
            skipMatching();
            var right = binary(operator.equals("^") ? precedence : precedence + 1);
            left = new Expression.Binary(operator, left, right, bool);
        }
    }

    private static String operator(Token token) {
        return switch (token.type()) {
            case OPERATOR -> token.text();
            case WORD -> token.text().toLowerCase(Locale.ROOT);
            case NUMBER, DURATION, STRING, END -> "";
        };
    }

    private void skipMatching() {
        while (peek().isWord("on") || peek().isWord("ignoring") || peek().isWord("group_left")
                || peek().isWord("group_right")) {
            at++;
            if (peek().is("(")) {
                labels();
            }
        }
    }

    private Expression unary() {
        if (take("-")) {
            var operand = binary(6);
            return operand instanceof Expression.Number number
                    ? new Expression.Number(-number.value())
                    : new Expression.Negation(operand);
        }
        return take("+") ? binary(6) : modified(primary());
    }

    /// Ranges, subqueries, `offset` and `@` behind an expression.
    private Expression modified(Expression start) {
        var expression = start;
        while (true) {
            if (take("[")) {
                expression = windowed(expression);
            } else if (takeWord("offset")) {
                if (!take("-")) {
                    take("+");
                }
                next();
            } else if (take("@")) {
                if (!take("-")) {
                    take("+");
                }
                next();
                if (take("(")) {
                    expect(")");
                }
            } else {
                return expression;
            }
        }
    }

    private Expression windowed(Expression inner) {
        var window = duration();
        if (take(":")) {
            if (!peek().is("]")) {
                duration();
            }
            expect("]");
            return new Expression.Subquery(inner);
        }
        expect("]");
        if (!(inner instanceof Expression.Selector selector)) {
            throw new Unparsable();
        }
        return new Expression.Selector(selector.name(), selector.matchers(), Optional.of(window));
    }

    private Duration duration() {
        var token = next();
        return switch (token.type()) {
            case DURATION -> Durations.parse(token.text()).orElseThrow(Unparsable::new);
            case NUMBER -> Duration.ofMillis((long) (number(token.text()) * 1000));
            case WORD, STRING, OPERATOR, END -> throw new Unparsable();
        };
    }

    private Expression primary() {
        if (peek().is("{")) {
            return selector("");
        }
        var token = next();
        return switch (token.type()) {
            case NUMBER -> new Expression.Number(number(token.text()));
            case DURATION -> new Expression.Number(Durations.parse(token.text()).orElseThrow(Unparsable::new)
                    .toMillis() / 1000.0);
            case STRING -> new Expression.Text(token.text());
            case WORD -> word(token);
            case OPERATOR -> {
                if (!token.is("(")) {
                    throw new Unparsable();
                }
                var inner = binary(1);
                expect(")");
                yield inner;
            }
            case END -> throw new Unparsable();
        };
    }

    private Expression word(Token token) {
        var name = token.text();
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("inf") || lower.equals("nan")) {
            return new Expression.Number(lower.equals("inf") ? Double.POSITIVE_INFINITY : Double.NaN);
        }
        if (AGGREGATIONS.contains(lower) && (peek().is("(") || peek().isWord("by") || peek().isWord("without"))) {
            var before = grouping();
            var arguments = arguments();
            return new Expression.Aggregation(lower, before.or(this::grouping), arguments);
        }
        return peek().is("(") ? new Expression.Call(lower, arguments()) : selector(name);
    }

    private Optional<Expression.Grouping> grouping() {
        var without = peek().isWord("without");
        if (!without && !peek().isWord("by")) {
            return Optional.empty();
        }
        at++;
        return Optional.of(new Expression.Grouping(without, labels()));
    }

    private List<String> labels() {
        expect("(");
        var labels = new ArrayList<String>();
        while (!take(")")) {
            var token = next();
            if (token.type() != Type.WORD && token.type() != Type.STRING) {
                throw new Unparsable();
            }
            labels.add(token.text());
            take(",");
        }
        return labels;
    }

    private List<Expression> arguments() {
        expect("(");
        var arguments = new ArrayList<Expression>();
        while (!take(")")) {
            arguments.add(binary(1));
            if (!take(",") && !peek().is(")")) {
                throw new Unparsable();
            }
        }
        return arguments;
    }

    private Expression selector(String word) {
        var name = word;
        var matchers = new ArrayList<Expression.Matcher>();
        if (take("{")) {
            while (!take("}")) {
                var label = next();
                if (label.type() == Type.STRING && (peek().is(",") || peek().is("}"))) {
                    name = label.text();
                } else {
                    var operator = next();
                    var value = next();
                    if (value.type() != Type.STRING || !Set.of("=", "!=", "=~", "!~").contains(operator.text())) {
                        throw new Unparsable();
                    }
                    if (label.text().equals("__name__") && operator.is("=")) {
                        name = value.text();
                    } else {
                        matchers.add(new Expression.Matcher(label.text(), operator.text(), value.text()));
                    }
                }
                if (!take(",") && !peek().is("}")) {
                    throw new Unparsable();
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

    private Token peek() {
        return at < tokens.size() ? tokens.get(at) : END;
    }

    private Token next() {
        var token = peek();
        if (token == END) {
            throw new Unparsable();
        }
        at++;
        return token;
    }

    private boolean take(String operator) {
        var found = peek().is(operator);
        at += found ? 1 : 0;
        return found;
    }

    private boolean takeWord(String word) {
        var found = peek().isWord(word);
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String operator) {
        if (!take(operator)) {
            throw new Unparsable();
        }
    }

    /// Ends the attempt; never leaves this class.
    private static final class Unparsable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unparsable() {
            super("no PromQL", null, false, false);
        }
    }
}
