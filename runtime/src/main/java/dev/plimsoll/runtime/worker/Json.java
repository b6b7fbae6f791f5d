package dev.plimsoll.runtime.worker;

import java.util.LinkedHashMap;
import java.util.Map;

/// As much JSON as the protocol between parent and child needs: objects whose values stay text. It spares the child
/// process a library.
final class Json {
    private static final int DEEPEST = 500;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /// The members of an object, each value as it was written.
    ///
    /// @throws IllegalArgumentException when it is no JSON object
    static Map<String, String> members(String text) {
        var reader = new Json(text);
        var members = new LinkedHashMap<String, String>();
        reader.blanks();
        reader.object(members, 0);
        reader.end();
        return members;
    }

    /// Throws when the text is no JSON value.
    static void check(String text) {
        var reader = new Json(text);
        reader.blanks();
        reader.value(0);
        reader.end();
    }

    static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (var index = 0; index < text.length(); index++) {
            var letter = text.charAt(index);
            switch (letter) {
                case '"', '\\' -> quoted.append('\\').append(letter);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (letter < ' ' || Character.isSurrogate(letter) || letter == 0x2028 || letter == 0x2029) {
                        quoted.append("\\u").append(Integer.toHexString(0x10000 | letter), 1, 5);
                    } else {
                        quoted.append(letter);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /// What a quoted string says; any other value as it was written.
    static String unquote(String value) {
        if (!value.startsWith("\"")) {
            return value;
        }
        var said = new StringBuilder(value.length());
        var index = 1;
        while (index < value.length() - 1) {
            var letter = value.charAt(index++);
            if (letter != '\\') {
                said.append(letter);
                continue;
            }
            var escaped = value.charAt(index++);
            switch (escaped) {
                case 'n' -> said.append('\n');
                case 'r' -> said.append('\r');
                case 't' -> said.append('\t');
                case 'b' -> said.append('\b');
                case 'f' -> said.append('\f');
                case 'u' -> {
                    said.append((char) Integer.parseInt(value.substring(index, index + 4), 16));
                    index += 4;
                }
                default -> said.append(escaped);
            }
        }
        return said.toString();
    }

    private void object(Map<String, String> members, int depth) {
        expect('{');
        if (peek() == '}') {
            expect('}');
            return;
        }
        while (true) {
            var start = at;
            string();
            var name = unquote(text.substring(start, at));
            blanks();
            expect(':');
            start = at;
            value(depth + 1);
            members.put(name, text.substring(start, at).stripTrailing());
            if (peek() == '}') {
                expect('}');
                return;
            }
            expect(',');
        }
    }

    private void value(int depth) {
        if (depth > DEEPEST) {
            throw wrong("nested too deeply");
        }
        switch (peek()) {
            case '{' -> object(new LinkedHashMap<>(), depth);
            case '[' -> array(depth);
            case '"' -> string();
            default -> word();
        }
        blanks();
    }

    private void array(int depth) {
        expect('[');
        if (peek() == ']') {
            expect(']');
            return;
        }
        while (true) {
            value(depth + 1);
            if (peek() == ']') {
                expect(']');
                return;
            }
            expect(',');
        }
    }

    private void string() {
        if (peek() != '"') {
            throw wrong("a string was expected");
        }
        at++;
        while (peek() != '"') {
            if (peek() < ' ') {
                throw wrong("a control character in a string");
            }
            if (peek() == '\\') {
                at++;
                escape();
            }
            at++;
        }
        at++;
    }

    private void escape() {
        if (peek() == 'u') {
            for (var digit = 0; digit < 4; digit++) {
                at++;
                if (Character.digit(peek(), 16) < 0) {
                    throw wrong("a \\u without four digits");
                }
            }
        } else if ("\"\\/bfnrt".indexOf(peek()) < 0) {
            throw wrong("an unknown escape");
        }
    }

    private void word() {
        var start = at;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (!text.substring(start, at).matches("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            at = start;
            throw wrong("a value was expected");
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void expect(char letter) {
        if (peek() != letter) {
            throw wrong("`" + letter + "` was expected");
        }
        at++;
        blanks();
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void end() {
        blanks();
        if (at < text.length()) {
            throw wrong("nothing more was expected");
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("no valid JSON at character " + (at + 1) + ": " + what);
    }
}
