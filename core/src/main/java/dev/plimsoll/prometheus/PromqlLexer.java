package dev.plimsoll.prometheus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Cuts PromQL into words, numbers, strings and operators.
final class PromqlLexer {
    private static final Pattern TOKEN = Pattern.compile("(?<space>\\s+|#[^\\n]*)"
            + "|(?<duration>(?:\\d+(?:ms|[smhdwy]))+(?![A-Za-z0-9_]))"
            + "|(?<number>0[xX][0-9a-fA-F]+|(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)"
            + "|(?<word>(?:[A-Za-z_]|:(?=[A-Za-z_:]))[A-Za-z0-9_:]*)"
            + "|(?<string>\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+'|`[^`]*+`)"
            + "|(?<operator>==|!=|=~|!~|>=|<=|[-+*/%^=<>(){}\\[\\],:@$])", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    private PromqlLexer() {}

    enum Type {
        WORD, NUMBER, DURATION, STRING, OPERATOR, END
    }

    record Token(Type type, String text) {
        boolean is(String operator) {
            return type == Type.OPERATOR && text.equals(operator);
        }

        boolean isWord(String word) {
            return type == Type.WORD && text.equalsIgnoreCase(word);
        }
    }

    /// The tokens up to the first character that belongs to none, and whether that was the end of the text.
    record Tokens(List<Token> list, boolean complete) {}

    static Tokens cut(String text) {
        var tokens = new ArrayList<Token>();
        var match = TOKEN.matcher(text);
        var at = 0;
        while (at < text.length() && match.region(at, text.length()).lookingAt()) {
            at = match.end();
            if (match.group("duration") != null) {
                tokens.add(new Token(Type.DURATION, match.group()));
            } else if (match.group("number") != null) {
                tokens.add(new Token(Type.NUMBER, match.group()));
            } else if (match.group("word") != null) {
                tokens.add(new Token(Type.WORD, match.group()));
            } else if (match.group("string") != null) {
                tokens.add(new Token(Type.STRING, unquoted(match.group())));
            } else if (match.group("operator") != null) {
                tokens.add(new Token(Type.OPERATOR, match.group()));
            }
        }
        return new Tokens(tokens, at == text.length());
    }

    private static String unquoted(String quoted) {
        var inner = quoted.substring(1, quoted.length() - 1);
        return quoted.charAt(0) == '`' ? inner : ESCAPE.matcher(inner).replaceAll("$1");
    }
}
