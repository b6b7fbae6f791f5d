package dev.plimsoll.stack;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds the programs in a service's entrypoint and command: through `sh -c` scripts, start scripts of the project,
/// heredocs, and wrappers such as `exec`, `tini`, `gosu` or `poetry run`.
public final class Invocations {
    private static final int MOST_NESTING = 10;
    private static final int MOST_PROGRAMS = 1000;
    private static final List<String> PATH = List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin",
            "/sbin", "/bin");
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh");
    private static final Set<String> WRAPPERS = Set.of("exec", "tini", "dumb-init", "env", "nice", "ionice", "time",
            "command", "nohup",
            "npx", "dotenv", "ddtrace-run", "newrelic-admin", "opentelemetry-instrument", "setpriv", "stdbuf",
            "catatonit", "s6-setuidgid", "chpst",
            // Words of the shell itself, in front of a command.
            "if", "then", "elif", "else", "while", "until", "do", "!", "{");
    /// Programs that wait, watch or fetch secrets, and then start what stands behind `--`.
    private static final Set<String> WAITERS = Set.of("wait-for-it.sh", "wait-for-it", "wait-for.sh", "wait-for",
            "dockerize", "doppler", "infisical", "chamber", "watchmedo");
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

    private final Map<String, String> variables = new HashMap<>();
    private final Function<String, Optional<Located<String>>> files;
    private final Set<Location> followed = new HashSet<>();
    private final List<Invocation> found = new ArrayList<>();
    private final Map<String, Located<String>> written = new LinkedHashMap<>();

    private Invocations(Service service, Function<String, Optional<Located<String>>> files) {
        service.environment().forEach((name, value) -> variables.put(name, value.value()));
        this.files = files;
    }

    /// @param files texts the script writes, by path in the container
    public record Script(List<Invocation> invocations, Map<String, Located<String>> files) {}

    /// What a service of a stack starts.
    public static Script of(Stack stack, Service service) {
        return of(service, name -> paths(service, name).flatMap(path -> stack.fileAt(service, path).stream()).flatMap(
                file -> file.text().map(text -> new Located<>(text, Location.ofLine(file.path(), file.firstLine()
                        + 1))).stream())
                .findFirst());
    }

    /// A bare name is looked for as a shell does, and last in the working directory, where `sh NAME` finds it.
    private static Stream<String> paths(Service service, String name) {
        var here = Stream.of(Paths.resolve(service.workingDirectory(), name));
        return name.contains("/") ? here : Stream.concat(PATH.stream().map(directory -> directory + "/" + name), here);
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
            } else if (WAITERS.contains(program) && behindWait(rest).isPresent()) {
                rest = behindWait(rest).get();
            } else if (program.equals("watchfiles") && watched(rest).isPresent()) {
                rest = watched(rest).get();
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
        if (!rest.isEmpty() && found.size() < MOST_PROGRAMS) {
            var first = rest.getFirst();
            var isOption = first.value().startsWith("-");
            found.add(new Invocation(isOption ? "" : baseName(first.value()),
                    List.copyOf(isOption ? rest : rest.subList(1, rest.size())), assignments, first.where()));
        }
    }

    /// The command that waits behind `--`, or behind the options of dockerize, each of which has a value.
    private static Optional<List<Located<String>>> behindWait(List<Located<String>> words) {
        for (var at = 1; at < words.size() - 1; at++) {
            if (words.get(at).value().equals("--")) {
                return Optional.of(words.subList(at + 1, words.size()));
            }
        }
        var at = 1;
        while (at + 2 < words.size() && words.get(at).value().startsWith("-")) {
            at += words.get(at).value().contains("=") ? 1 : 2;
        }
        return baseName(words.getFirst().value()).equals("dockerize")
                ? Optional.of(words.subList(at, words.size()))
                : Optional.empty();
    }

    /// What watchfiles starts again: a command in one word, or a module with `--args`.
    private static Optional<List<Located<String>>> watched(List<Located<String>> words) {
        var given = new Invocation("watchfiles", words, Map.of(), words.getFirst().where()).option("--args");
        var module = words.stream().filter(word -> word.value().endsWith(".__main__.main")).findFirst();
        if (module.isPresent()) {
            var all = new ArrayList<>(List.of(module.get().map(name -> name.substring(0, name.indexOf('.')))));
            given.ifPresent(text -> all.addAll(split(text)));
            return Optional.of(all);
        }
        return words.stream().skip(1).filter(word -> word.value().contains(" ") && !word.value().startsWith("-"))
                .findFirst().map(Invocations::split);
    }

    private static List<Located<String>> split(Located<String> text) {
        return ShellWords.split(text.value()).orElse(List.of()).stream().map(word -> text.map(_ -> word)).toList();
    }

    /// Goes on in a script of the project, where it is plain what it runs in the end.
    private boolean follow(List<Located<String>> words, int depth) {
        if (words.isEmpty() || !FILE.matcher(words.getFirst().value()).matches()) {
            return false;
        }
        var name = words.getFirst().value();
        var file = files.apply(name).filter(text -> !followed.contains(text.where()));
        var script = file.flatMap(text -> StartScript.of(name, text.value()));
        var commands = script.map(StartScript::commands).orElse(List.of());
        if (commands.isEmpty()) {
            return false;
        }
        var start = file.get().where();
        followed.add(start);
        script.get().assignments().forEach((variable, value) -> variables.put(variable, ShellVariables.expand(value,
                this::variable)));
        for (var command : commands) {
            var where = Location.ofLine(start.file(), start.line() + command.line() - 1);
            if (command.withArguments()) {
                var all = new ArrayList<>(words(command.text(), where));
                all.addAll(words.subList(1, words.size()));
                unwrap(all, depth);
            } else {
                split(command.text(), where, depth);
            }
        }
        return true;
    }

    private List<Located<String>> words(String text, Location where) {
        return ShellWords.split(text).orElse(List.of()).stream().map(word -> new Located<>(ShellVariables.expand(word,
                this::variable), where)).toList();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
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
            } else if (c == '&' && !part.isEmpty() && part.charAt(part.length() - 1) == '>') {
                // As in 2>&1.
                part.append(c);
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
