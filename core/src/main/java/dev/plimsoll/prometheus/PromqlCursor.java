package dev.plimsoll.prometheus;

import dev.plimsoll.prometheus.PromqlLexer.Token;
import java.util.List;

/// Walks over the tokens of an expression.
final class PromqlCursor {
    private static final Token END = new Token(PromqlLexer.Type.END, "");

    private final List<Token> tokens;
    private int at;

    PromqlCursor(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    boolean isAtEnd() {
        return at >= tokens.size();
    }

    Token peek() {
        return isAtEnd() ? END : tokens.get(at);
    }

    Token next() {
        if (isAtEnd()) {
            throw new Unparsable();
        }
        return tokens.get(at++);
    }

    boolean take(String operator) {
        var found = peek().is(operator);
        at += found ? 1 : 0;
        return found;
    }

    boolean takeWord(String word) {
        var found = peek().isWord(word);
        at += found ? 1 : 0;
        return found;
    }

    void expect(String operator) {
        if (!take(operator)) {
            throw new Unparsable();
        }
    }

    /// Ends the attempt to parse; never leaves the parser.
    static final class Unparsable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unparsable() {
            super("no PromQL", null, false, false);
        }
    }
}
