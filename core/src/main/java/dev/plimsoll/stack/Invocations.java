package dev.plimsoll.stack;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Paths;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Finds the programs in a service's entrypoint and command: through `sh -c` scripts, start scripts of the project,
/// heredocs, and wrappers such as `exec`, `tini`, `gosu` or `poetry run`.
public final class Invocations {
    private static final int MOST_NESTING = 10;
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh");
    private static final Set<String> WRAPPERS = Set.of("exec", "tini", "dumb-init", "env", "nice", "ionice", "time",
            "command", "nohup",
            "npx", "dotenv", "ddtrace-run", "newrelic-admin", "opentelemetry-instrument", "setpriv", "stdbuf",
            "catatonit", "s6-setuidgid", "chpst",
            // Words of the shell itself, in front of a command.
            "if", "then", "elif", "else", "while", "until", "do", "!", "{");
    private static final Set<String> WRAPPERS_WITH_WORD = Set.of("gosu", "su-exec", "poetry", "pipenv", "uv", "bundle",
            "pdm", "hatch", "rye", "timeout", "newrelic-admin");
    /// Start scripts of images, which put a program of their own in front of options.
    private static final Set<String> ENTRYPOINTS = Set.of("docker-entrypoint.sh", "docker-entrypoint",
            "entrypoint.sh", "docker-php-entrypoint");
    /// In one script. The longest in public Compose files has a few thousand; looking for heredocs in a text made to
    /// be slow takes time that grows with its square.
    private static final int MOST_CHARACTERS = 100_000;
    /// A program that is named by its file.
    private static final Pattern FILE = Pattern.compile("\\S*/[^\\s/.]+|\\S+\\.(?:sh|bash)");
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);
    private static final Pattern HEREDOC = Pattern.compile(
            "<<-?\\s*(['\"]?)([A-Za-z_][A-Za-z0-9_]*)\\1(?:\\s*>{1,2}\\s*(\\S+))?[^\\n]*\\n(.{0,16384}?)\\n[ \\t]*\\2[ \\t]*(?=\\n|$)",
            Pattern.DOTALL);
    private static final Pattern TARGET_BEFORE = Pattern.compile(">{1,2}\\s*([^\\s<>]+)\\s*$");

    private final Function<String, Optional<String>> variables;
    private final Function<String, Optional<Located<String>>> files;
    private final Set<String> followed = new HashSet<>();
    private final List<Invocation> found = new ArrayList<>();
    private final Map<String, Located<String>> written = new LinkedHashMap<>();

    private Invocations(Service service, Function<String, Optional<Located<String>>> files) {
        this.variables = name -> service.variable(name).map(Located::value);
        this.files = files;
    }

    /// @param files texts the script writes, by path in the container
    public record Script(List<Invocation> invocations, Map<String, Located<String>> files) {}

    /// What a service of a stack starts.
    public static Script of(Stack stack, Service service) {
        return of(service, name -> stack.fileAt(service, Paths.resolve(service.workingDirectory(), name)).flatMap(
                file -> file.text().map(text -> new Located<>(text, Location.ofLine(file.path(), file.firstLine()
                        + 1)))));
    }

    /// What a service starts, without looking into scripts of the project.
    public static Script of(Service service) {
        return of(service, _ -> Optional.empty());
    }

    /// @param files texts of the container, by the name that a command has for them
    static Script of(Service service, Function<String, Optional<Located<String>>> files) {
        var invocations = new Invocations(service, files);
        invocations.unwrap(service.start(), 0);
        return new Script(List.copyOf(invocations.found), invocations.written);
    }

    private void unwrap(List<Located<String>> words, int depth) {
        var rest = words;
        var assignments = new LinkedHashMap<String, String>();
        while (!rest.isEmpty() && depth < MOST_NESTING) {
            var word = rest.getFirst().value();
            var assignment = ASSIGNMENT.matcher(word);
            var program = baseName(word);
            if (assignment.matches()) {
                assignments.put(assignment.group(1), assignment.group(2));
                rest = rest.subList(1, rest.size());
            } else if (SHELLS.contains(program) && script(rest).isPresent()) {
                var script = script(rest).get();
                split(script.value(), script.where(), depth + 1);
                return;
            } else if (follow(SHELLS.contains(program) ? afterOptions(rest) : rest, depth + 1)) {
                return;
            } else if (WRAPPERS_WITH_WORD.contains(program) && rest.size() > 2
                    && !rest.get(1).value().startsWith("-")) {
                rest = afterOptions(rest.subList(1, rest.size()));
            } else if (ENTRYPOINTS.contains(program) && rest.size() > 1) {
                rest = rest.subList(1, rest.size());
            } else if (WRAPPERS.contains(program) && rest.size() > 1) {
                rest = afterOptions(rest);
            } else {
                break;
            }
        }
        if (!rest.isEmpty()) {
            var first = rest.getFirst();
            var isOption = first.value().startsWith("-");
            found.add(new Invocation(isOption ? "" : baseName(first.value()),
                    List.copyOf(isOption ? rest : rest.subList(1, rest.size())), assignments, first.where()));
        }
    }

    /// Goes on in a script of the project, where it is plain what it runs in the end.
    private boolean follow(List<Located<String>> words, int depth) {
        if (words.isEmpty() || !FILE.matcher(words.getFirst().value()).matches()) {
            return false;
        }
        var name = words.getFirst().value();
        if (followed.contains(name)) {
            return false;
        }
        var file = files.apply(name);
        var last = file.flatMap(text -> StartScript.of(name, text.value())).flatMap(StartScript::last);
        if (last.isEmpty()) {
            return false;
        }
        followed.add(name);
        var command = last.get();
        var where = Location.ofLine(file.get().where().file(), file.get().where().line() + command.line() - 1);
        if (command.withArguments()) {
            var all = new ArrayList<>(words(command.text(), where));
            all.addAll(words.subList(1, words.size()));
            unwrap(all, depth);
        } else {
            split(command.text(), where, depth);
        }
        return true;
    }

    private List<Located<String>> words(String text, Location where) {
        return ShellWords.split(text).orElse(List.of()).stream().map(word -> new Located<>(ShellVariables.expand(word,
                variables), where)).toList();
    }

    /// The words behind the first one and its options; a number behind an option belongs to it, as in `nice -n 10`.
    private static List<Located<String>> afterOptions(List<Located<String>> words) {
        var at = 1;
        while (at < words.size() - 1 && (words.get(at).value().startsWith("-")
                || at > 1 && words.get(at).value().matches("\\d+"))) {
            at++;
        }
        return words.subList(at, words.size());
    }

    /// The script behind `-c`, `-ec`, `-lc` and the like.
    private static Optional<Located<String>> script(List<Located<String>> words) {
        for (var at = 1; at < words.size() - 1; at++) {
            var word = words.get(at).value();
            if (word.matches("-[a-z]*c")) {
                return Optional.of(words.get(at + 1));
            }
            if (!word.startsWith("-") && !word.equals("pipefail")) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private void split(String text, Location where, int depth) {
        if (text.length() > MOST_CHARACTERS) {
            return;
        }
        var heredoc = HEREDOC.matcher(text);
        while (heredoc.find()) {
            var before = TARGET_BEFORE.matcher(text.substring(0, heredoc.start()));
            var target = Optional.ofNullable(heredoc.group(3)).or(() -> before.find()
                    ? Optional.of(before.group(1))
                    : Optional.empty());
            target.ifPresent(path -> written.put(path, new Located<>(heredoc.group(4), where)));
        }
        for (var part : commands(HEREDOC.matcher(text).replaceAll("\n"))) {
            var words = words(part, where);
            if (!words.isEmpty()) {
                unwrap(words, depth);
            }
        }
    }

    /// A script cut at `;`, `&`, `|` and line ends outside quotes.
    static List<String> commands(String script) {
        var commands = new ArrayList<String>();
        var part = new StringBuilder();
        var quote = '\0';
        for (var at = 0; at < script.length(); at++) {
            var c = script.charAt(at);
            if (c == '\\' && at + 1 < script.length()) {
                if (script.charAt(at + 1) != '\n') {
                    part.append(c).append(script.charAt(at + 1));
                } else {
                    part.append(' ');
                }
                at++;
            } else if (quote != '\0' || c == '\'' || c == '"') {
                quote = quote == '\0' ? c : c == quote ? '\0' : quote;
                part.append(c);
            } else if (c == '#' && (part.isEmpty() || Character.isWhitespace(part.charAt(part.length() - 1)))) {
                at = Math.max(at, script.indexOf('\n', at) < 0 ? script.length() : script.indexOf('\n', at) - 1);
            } else if (";&|\n()".indexOf(c) >= 0) {
                commands.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        commands.add(part.toString());
        return commands.stream().map(String::strip).filter(command -> !command.isEmpty()).toList();
    }

    private static String baseName(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }

    /// A place to report for a service's command.
    public static Location where(Service service) {
        return service.definition().keys().getOrDefault("command", service.where());
    }
}
