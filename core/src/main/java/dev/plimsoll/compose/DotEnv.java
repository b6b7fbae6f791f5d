package dev.plimsoll.compose;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads `.env` and `env_file` files as Compose does: `KEY=value` and `KEY: value` lines, `export`, comments, single
/// quotes (verbatim), double quotes (escapes and variables), values over several lines in quotes, and variables from
/// lines before or from the surrounding environment.
public final class DotEnv {
    private final String file;
    private final String text;
    private final Map<String, String> outside;
    private final Map<String, Located<String>> values = new LinkedHashMap<>();
    private final Map<String, String> seen = new HashMap<>();
    private int at;
    private int line = 1;

    private DotEnv(String file, String text, Map<String, String> outside) {
        this.file = file;
        this.text = text.replace("\r\n", "\n").replace("\uFEFF", "");
        this.outside = outside;
    }

    /// @param outside variables that values may refer to; they win over the file's own lines
    /// @throws InputException for a line that is no assignment
    public static Map<String, Located<String>> read(String file, String text, Map<String, String> outside) {
        var reader = new DotEnv(file, text, outside);
        reader.readAll();
        return reader.values;
    }

    private void readAll() {
        while (at < text.length()) {
            skipBlanks();
            if (at >= text.length()) {
                return;
            }
            if (text.charAt(at) == '\n') {
                newLine();
            } else if (text.charAt(at) == '#') {
                skipToEndOfLine();
            } else {
                assignment();
            }
        }
    }

    private void assignment() {
        var where = new Location(file, line, 1);
        var start = at;
        while (at < text.length() && "=:\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        var key = text.substring(start, at).strip();
        if (key.startsWith("export ") || key.startsWith("export\t")) {
            key = key.substring(6).strip();
        }
        if (at >= text.length() || text.charAt(at) == '\n') {
            if (isKey(key)) {
                var inherited = outside.get(key);
                if (inherited != null) {
                    put(key, inherited, where);
                }
                return;
            }
            throw malformed(where, key);
        }
        if (!isKey(key)) {
            throw malformed(where, key);
        }
        at++;
        skipBlanks();
        put(key, value(where), where);
    }

    private InputException malformed(Location where, String key) {
        var shown = key.length() > 40 ? key.substring(0, 40) + "..." : key;
        return new InputException(where, "`" + shown + "` is no variable name", "Write KEY=value, or put a # before "
                + "a comment");
    }

    private static boolean isKey(String key) {
        return !key.isEmpty() && key.chars().allMatch(c -> Character.isLetterOrDigit(c) || "_.-[]".indexOf(c) >= 0);
    }

    private void put(String key, String value, Location where) {
        values.put(key, new Located<>(value, where));
        seen.put(key, value);
    }

    private String value(Location where) {
        if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
            return quoted(text.charAt(at), where);
        }
        var end = text.indexOf('\n', at);
        var raw = text.substring(at, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end;
        for (var hash = raw.indexOf('#'); hash >= 0; hash = raw.indexOf('#', hash + 1)) {
            if (hash == 0 || Character.isWhitespace(raw.charAt(hash - 1))) {
                raw = raw.substring(0, hash);
                break;
            }
        }
        return interpolated(raw.strip(), where);
    }

    private String quoted(char quote, Location where) {
        var out = new StringBuilder();
        for (at++; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == quote) {
                at++;
                skipToEndOfLine();
                return quote == '"' ? interpolated(out.toString(), where) : out.toString();
            }
            if (c == '\n') {
                line++;
            }
            if (c == '\\' && at + 1 < text.length() && (quote == '"' || text.charAt(at + 1) == quote)) {
                at++;
                out.append(quote == '"' ? escape(text.charAt(at)) : String.valueOf(text.charAt(at)));
            } else {
                out.append(c);
            }
        }
        throw new InputException(where, "a quoted value is not closed", "Close it with " + quote);
    }

    private static String escape(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '"', '\\' -> String.valueOf(c);
            case '$' -> "$$";
            default -> "\\" + c;
        };
    }

    private String interpolated(String raw, Location where) {
        if (raw.indexOf('$') < 0) {
            return raw;
        }
        var known = new HashMap<>(seen);
        known.putAll(outside);
        return new Interpolator(known, Interpolator.Unresolved.IGNORED).apply(raw, where);
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) != '\n' && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void skipToEndOfLine() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private void newLine() {
        at++;
        line++;
    }
}
