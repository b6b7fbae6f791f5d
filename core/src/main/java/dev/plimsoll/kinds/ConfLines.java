package dev.plimsoll.kinds;

import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Stack.MountedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Readers of the line-based config files of the programs Plimsoll knows. They never fail: a line that is no setting
/// is left out, as the audit is not the place to refuse another program's file.
final class ConfLines {
    private static final Pattern POSTGRES = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_.]*)\\s*(?:=\\s*|\\s+)"
            + "(?:'([^'\\\\]*+(?:(?:''|\\\\.)[^'\\\\]*+)*+)'|([^\\s#']+))\\s*(?:#.*)?");
    private static final Pattern INI_SECTION = Pattern.compile("\\s*\\[([^\\]]+)]\\s*(?:[#;].*)?");
    private static final Pattern INI = Pattern.compile("\\s*([A-Za-z*][A-Za-z0-9_.*\\[\\]-]*)\\s*=\\s*(.*?)\\s*");
    private static final Pattern PGBOUNCER = Pattern.compile("\\s*([A-Za-z0-9_.*-]+)\\s*=\\s*(.*?)\\s*");
    private static final Pattern REDIS = Pattern.compile("[a-z][a-z0-9._-]*");

    private static final Pattern NGINX = Pattern.compile("(?:^|[;{}])\\s*([a-z_]+)\\s+([^;{}]+?)\\s*(?=;)");
    private static final int LONGEST = 4000;

    private ConfLines() {}

    /// @param section the `[section]` it stands in, in lower case; empty outside any
    /// @param words the value, in parts where its program tells them apart
    record Line(String section, String name, List<String> words, Location where) {
        Line(String section, String name, String value, Location where) {
            this(section, name, List.of(value), where);
        }

        String value() {
            return String.join(" ", words);
        }
    }

    /// What a file holds.
    ///
    /// @param unread where lines stand that are neither settings nor comments
    record Contents(List<Line> lines, List<Location> unread) {}

    static Contents postgres(MountedFile file) {
        return read(file, "#", false, (section, text, where) -> Optional.of(POSTGRES.matcher(text))
                .filter(match -> match.matches()).map(match -> new Line(section, lower(match.group(1)),
                        match.group(2) != null ? PostgresQuotes.decoded(match.group(2)) : match.group(3), where))
                .stream().toList());
    }

    static Contents redis(MountedFile file) {
        return read(file, "#", false, (section, text, where) -> RedisWords.split(text)
                .filter(words -> words.size() > 1 && REDIS.matcher(lower(words.getFirst())).matches())
                .map(words -> new Line(section, lower(words.getFirst()), words.subList(1, words.size()), where))
                .stream().toList());
    }

    /// Simple directives, whatever block they stand in, also several in a line.
    static List<Line> nginx(MountedFile file) {
        return read(file, "#", false, (section, text, where) -> NGINX.matcher(text.replaceFirst("\\s#.*", "")).results()
                .map(match -> new Line(section, match.group(1), unquoted(match.group(2)), where)).toList()).lines();
    }

    static List<Line> ini(MountedFile file) {
        return read(file, "#;", true, (section, text, where) -> Optional.of(INI.matcher(text)).filter(match -> match
                .matches()).map(match -> new Line(section, lower(match.group(1)), unquoted(match.group(2)), where))
                .stream().toList()).lines();
    }

    /// Names below `[databases]`, `[users]` and `[peers]` are the user's own, and quotes are part of values.
    static Contents pgBouncer(MountedFile file) {
        return read(file, "#;", true, (section, text, where) -> Optional.of(PGBOUNCER.matcher(text))
                .filter(match -> match.matches()).map(match -> new Line(section, match.group(1), match.group(2),
                        where))
                .stream().toList());
    }

    private interface Syntax {
        /// The settings in a line of the file; empty when there are none.
        List<Line> lines(String section, String text, Location where);
    }

    private static Contents read(MountedFile file, String comments, boolean sections, Syntax syntax) {
        var lines = new ArrayList<Line>();
        var unread = new ArrayList<Location>();
        var section = "";
        var number = file.firstLine();
        for (var text : (Iterable<String>) file.text().orElse("").lines()::iterator) {
            number++;
            var stripped = text.strip();
            if (stripped.isEmpty() || comments.indexOf(stripped.charAt(0)) >= 0) {
                continue;
            }
            var where = Location.ofLine(file.path(), number);
            var isReadable = text.length() <= LONGEST;
            var head = INI_SECTION.matcher(text);
            if (sections && isReadable && head.matches()) {
                section = lower(head.group(1));
                continue;
            }
            var found = isReadable ? syntax.lines(section, text, where) : List.<Line>of();
            lines.addAll(found);
            if (found.isEmpty()) {
                unread.add(where);
            }
        }
        return new Contents(lines, unread);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String unquoted(String value) {
        var quoted = value.length() > 1 && value.charAt(0) == value.charAt(value.length() - 1)
                && (value.charAt(0) == '"' || value.charAt(0) == '\'');
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
