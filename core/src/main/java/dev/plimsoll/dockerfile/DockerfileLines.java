package dev.plimsoll.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Takes a Dockerfile apart into instructions, as BuildKit does: comments, continued lines, heredocs and the `escape`
/// directive.
///
/// Source: https://docs.docker.com/reference/dockerfile
final class DockerfileLines {
    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*([A-Za-z]+)\\s*=\\s*(\\S+)\\s*");
    private static final Pattern INSTRUCTION = Pattern.compile("([A-Za-z]+)(?:\\s+(.*))?", Pattern.DOTALL);
    private static final Pattern HEREDOC = Pattern.compile("(?<!<)<<(?!<)(-?)(['\"]?)([A-Za-z_][A-Za-z0-9_.]*)\\2");
    private static final List<String> WITH_HEREDOCS = List.of("RUN", "COPY", "ADD");

    private final List<String> lines;
    private final char escape;
    private int at;

    private DockerfileLines(String text) {
        lines = text.lines().toList();
        escape = escape(lines);
    }

    static List<Instruction> read(String text) {
        return new DockerfileLines(text).instructions();
    }

    /// The character that continues a line, which a directive before all else may change.
    static char escape(String text) {
        return escape(text.lines().toList());
    }

    private static char escape(List<String> lines) {
        for (var line : lines) {
            var directive = DIRECTIVE.matcher(line.strip());
            if (!directive.matches()) {
                return '\\';
            }
            if (directive.group(1).equalsIgnoreCase("escape")) {
                return directive.group(2).charAt(0);
            }
        }
        return '\\';
    }

    private List<Instruction> instructions() {
        var found = new ArrayList<Instruction>();
        while (at < lines.size()) {
            var first = at + 1;
            var matcher = INSTRUCTION.matcher(joined().strip());
            if (matcher.matches()) {
                var keyword = matcher.group(1).toUpperCase(Locale.ROOT);
                var arguments = matcher.group(2) == null ? "" : matcher.group(2).strip();
                found.add(new Instruction(keyword, arguments, first, WITH_HEREDOCS.contains(keyword)
                        ? heredocs(arguments)
                        : List.of()));
            }
        }
        return found;
    }

    /// The next line with those that continue it. Comments and empty lines between them are left out.
    private String joined() {
        if (isComment(lines.get(at))) {
            at++;
            return "";
        }
        var joined = new StringBuilder();
        var continues = true;
        while (continues && at < lines.size()) {
            var line = lines.get(at++);
            if (isComment(line) || line.isBlank() && !joined.isEmpty()) {
                continue;
            }
            var end = line.stripTrailing();
            continues = end.endsWith(String.valueOf(escape)) && !end.endsWith(String.valueOf(escape).repeat(2));
            joined.append(continues ? end.substring(0, end.length() - 1) : line);
        }
        return joined.toString();
    }

    private static boolean isComment(String line) {
        return line.stripLeading().startsWith("#");
    }

    /// The line after the one that ends a heredoc; 0 when none does, as it was a shift or a quoted text then.
    private int end(String name, boolean hasTabs) {
        for (var line = at; line < lines.size(); line++) {
            if ((hasTabs ? lines.get(line).replaceFirst("^\\t+", "") : lines.get(line)).equals(name)) {
                return line + 1;
            }
        }
        return 0;
    }

    /// The lines of the heredocs that an instruction begins, and what ends them.
    private List<String> heredocs(String arguments) {
        var heredoc = HEREDOC.matcher(arguments);
        var first = at;
        while (heredoc.find()) {
            at = Math.max(at, end(heredoc.group(3), !heredoc.group(1).isEmpty()));
        }
        return lines.subList(first, at);
    }
}
