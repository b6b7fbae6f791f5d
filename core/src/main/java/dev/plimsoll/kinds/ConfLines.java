package dev.plimsoll.kinds;

import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Stack.MountedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Readers of the line-based config files of the programs Plimsoll knows. They never fail: a line that is no setting
/// is left out, as the audit is not the place to refuse another program's file.
final class ConfLines {
    private static final Pattern POSTGRES = Pattern
            .compile("\\s*([A-Za-z_][A-Za-z0-9_.]*)\\s*(?:=\\s*|\\s+)(?:'((?:[^']|'')*)'|([^\\s#]*))\\s*(?:#.*)?");
    private static final Pattern INI_SECTION = Pattern.compile("\\s*\\[([^\\]]+)]\\s*(?:[#;].*)?");
    private static final Pattern INI = Pattern.compile("\\s*([A-Za-z*][A-Za-z0-9_.*\\[\\]-]*)\\s*=\\s*(.*?)\\s*");
    private static final Pattern REDIS = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9-]*)\\s+(.*?)\\s*");

    private static final Pattern NGINX = Pattern.compile("\\s*([a-z_]+)\\s+([^;{}]+?)\\s*;.*");

    private ConfLines() {}

    /// @param section the `[section]` it stands in, in lower case; empty outside any
    record Line(String section, String name, String value, Location where) {}

    static List<Line> postgres(MountedFile file) {
        return read(file, POSTGRES, "#", match -> match.group(2) != null
                ? match.group(2).replace("''", "'")
                : match.group(3));
    }

    static List<Line> redis(MountedFile file) {
        return read(file, REDIS, "#", match -> unquoted(match.group(2)));
    }

    /// Simple directives, whatever block they stand in.
    static List<Line> nginx(MountedFile file) {
        return read(file, NGINX, "#", match -> unquoted(match.group(2)));
    }

    static List<Line> ini(MountedFile file) {
        return read(file, INI, "#;", match -> unquoted(match.group(2)));
    }

    private interface Value {
        String of(java.util.regex.Matcher match);
    }

    private static List<Line> read(MountedFile file, Pattern pattern, String comments, Value value) {
        var lines = new ArrayList<Line>();
        var section = "";
        var number = file.firstLine();
        for (var text : (Iterable<String>) file.text().orElse("").lines()::iterator) {
            number++;
            var stripped = text.strip();
            if (stripped.isEmpty() || comments.indexOf(stripped.charAt(0)) >= 0 || text.length() > 4000) {
                continue;
            }
            var head = INI_SECTION.matcher(text);
            var match = pattern.matcher(text);
            if (head.matches()) {
                section = head.group(1).toLowerCase(Locale.ROOT);
            } else if (match.matches()) {
                lines.add(new Line(section, match.group(1).toLowerCase(Locale.ROOT), value.of(match),
                        Location.ofLine(file.path(), number)));
            }
        }
        return lines;
    }

    private static String unquoted(String value) {
        var quoted = value.length() > 1 && value.charAt(0) == value.charAt(value.length() - 1)
                && (value.charAt(0) == '"' || value.charAt(0) == '\'');
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
