package dev.plimsoll.stack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A script that starts a container, as far as it is plain what it leaves running: programs in the background, and what
/// its last line or its only `exec` says. One that chooses by its arguments is not.
final class StartScript {
    private static final int MOST_CHARACTERS = 100_000;
    private static final Pattern SHEBANG = Pattern
            .compile("#!\\s*\\S*?(?:/|/env\\s+(?:-\\S+\\s+)?)(?:ba|da|a|z)?sh\\b.*");
    private static final Pattern NAME = Pattern.compile("\\S+\\.(?:sh|bash)");
    private static final Pattern ARGUMENTS = Pattern.compile("\"?\\$(?:@|\\{@}|\\*)\"?$");
    private static final Pattern POSITIONAL = Pattern.compile("\\$(?:[1-9@*#]|\\{[1-9@*#])");
    private static final Pattern BLOCK = Pattern.compile("(?:then|else|do|\\{)\\s+");
    private static final Pattern EXEC = Pattern.compile("exec\\s+(?![<>]|\\d+[<>])(.+)", Pattern.DOTALL);
    /// What ends a block, or waits for programs that were started before.
    private static final Pattern CLOSING = Pattern.compile("(?:(?:fi|done|esac|wait|exit|return|true)(?:\\s.*)?|[})].*|"
            + ";;.*|:(?:\\s.*)?)", Pattern.DOTALL);
    private static final Pattern BACKGROUND = Pattern.compile("(?<![&>])&$");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");
    private static final Pattern FUNCTION = Pattern
            .compile("(?:function\\s+)?[A-Za-z_][A-Za-z0-9_-]*\\s*\\(\\)\\s*\\{?");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)");
    private static final Pattern HEREDOC = Pattern.compile("(?<!<)<<(?!<)-?\\s*(['\"]?)([A-Za-z_][A-Za-z0-9_]*)\\1");

    private final List<Line> lines;

    private StartScript(List<Line> lines) {
        this.lines = lines;
    }

    /// @param text without what hands the arguments on
    /// @param line where it begins, 1 for the script's first
    /// @param withArguments whether the script's own arguments come after it
    record Command(String text, int line, boolean withArguments) {}

    private record Line(String text, int number) {}

    /// Empty when the text is no shell script.
    static Optional<StartScript> of(String name, String text) {
        var first = text.lines().findFirst().orElse("");
        var isScript = first.startsWith("#!") ? SHEBANG.matcher(first).matches() : NAME.matcher(name).matches();
        return isScript && text.length() <= MOST_CHARACTERS
                ? Optional.of(new StartScript(lines(text)))
                : Optional.empty();
    }

    /// Its assignments by name, where each stands alone on a line; the last one counts.
    Map<String, String> assignments() {
        var found = new HashMap<String, String>();
        for (var line : lines) {
            var assignment = ASSIGNMENT.matcher(line.text());
            if (assignment.matches()) {
                found.put(assignment.group(1), assignment.group(2).replaceAll("^([\"'])(.*)\\1$", "$2"));
            }
        }
        return found;
    }

    /// What it leaves running: programs in the background, and the one it runs in the end. Empty when that is
    /// not plain.
    List<Command> commands() {
        var last = last();
        var all = new ArrayList<Command>();
        last.ifPresent(end -> {
            lines.stream().filter(line -> BACKGROUND.matcher(line.text()).find()).forEach(line -> all.add(new Command(
                    line.text().substring(0, line.text().length() - 1).strip(), line.number(), false)));
            all.add(end);
        });
        return all;
    }

    private Optional<Command> last() {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        var last = lines.getLast();
        var handsOn = ARGUMENTS.matcher(last.text());
        if (handsOn.find()) {
            var before = last.text().substring(0, handsOn.start()).strip();
            return before.isEmpty() || before.equals("exec") || EXEC.matcher(before).matches()
                    ? Optional.of(new Command(before.replaceFirst("^exec\\b\\s*", ""), last.number(), true))
                    : Optional.empty();
        }
        if (lines.stream().anyMatch(line -> POSITIONAL.matcher(QUOTED.matcher(line.text()).replaceAll("")).find())) {
            return Optional.empty();
        }
        var executed = lines.stream().flatMap(line -> executed(line).stream()).toList();
        if (CLOSING.matcher(last.text()).matches()) {
            return executed.size() == 1 ? Optional.of(executed.getFirst()) : Optional.empty();
        }
        // An exec before a last line that runs something is a choice that depends on what is not known.
        var inLast = executed(last);
        return inLast.or(() -> executed.isEmpty()
                ? Optional.of(new Command(last.text(), last.number(), false))
                : Optional.empty());
    }

    /// The program that takes the script's place at a line.
    private static Optional<Command> executed(Line line) {
        return Invocations.commands(line.text()).stream().flatMap(part -> {
            var rest = part;
            var block = BLOCK.matcher(rest);
            while (block.lookingAt()) {
                rest = rest.substring(block.end());
                block.reset(rest);
            }
            var exec = EXEC.matcher(rest);
            return exec.matches()
                    ? Stream.of(new Command(exec.group(1), line.number(), false))
                    : Stream.empty();
        }).reduce((earlier, later) -> later);
    }

    /// Lines with something on them, continued ones joined. Heredocs, comments and functions are left out.
    private static List<Line> lines(String text) {
        var lines = new ArrayList<Line>();
        var inFunction = false;
        var physical = text.lines().toList();
        var at = 0;
        while (at < physical.size()) {
            var number = at + 1;
            var joined = new StringBuilder(physical.get(at++));
            while (!joined.isEmpty() && joined.charAt(joined.length() - 1) == '\\' && at < physical.size()) {
                joined.setCharAt(joined.length() - 1, ' ');
                joined.append(physical.get(at++));
            }
            var line = joined.toString().strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            inFunction |= FUNCTION.matcher(line).matches();
            if (!inFunction) {
                lines.add(new Line(line, number));
            }
            inFunction &= !line.equals("}");
            var heredoc = HEREDOC.matcher(line);
            while (heredoc.find()) {
                at = end(physical, at, heredoc.group(2));
            }
        }
        return lines;
    }

    /// The line after the one that ends a heredoc; `from` when none does, as it was a shift or a quoted text then.
    private static int end(List<String> lines, int from, String name) {
        for (var at = from; at < lines.size(); at++) {
            if (lines.get(at).strip().equals(name)) {
                return at + 1;
            }
        }
        return from;
    }
}
