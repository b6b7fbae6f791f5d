package dev.plimsoll.stack;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds the programs in a service's entrypoint and command: through `sh -c` scripts, heredocs, and wrappers such as
/// `exec`, `tini`, `gosu` or `poetry run`.
public final class Invocations {
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
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);
    private static final Pattern HEREDOC = Pattern.compile(
            "<<-?\\s*(['\"]?)([A-Za-z_][A-Za-z0-9_]*)\\1(?:\\s*>{1,2}\\s*(\\S+))?[^\\n]*\\n(.{0,16384}?)\\n[ \\t]*\\2[ \\t]*(?=\\n|$)",
            Pattern.DOTALL);
    private static final Pattern TARGET_BEFORE = Pattern.compile(">{1,2}\\s*([^\\s<>]+)\\s*$");

    private Invocations() {}

    /// @param files texts the script writes, by path in the container
    public record Script(List<Invocation> invocations, Map<String, Located<String>> files) {}

    public static Script of(Service service) {
        var words = new ArrayList<>(service.entrypoint().orElse(List.of()));
        words.addAll(service.command().orElse(List.of()));
        var found = new ArrayList<Invocation>();
        var files = new LinkedHashMap<String, Located<String>>();
        unwrap(words, found, files, 0);
        return new Script(List.copyOf(found), files);
    }

    private static void unwrap(List<Located<String>> words, List<Invocation> found,
            Map<String, Located<String>> files, int depth) {
        var rest = words;
        var assignments = new LinkedHashMap<String, String>();
        while (!rest.isEmpty() && depth < 10) {
            var word = rest.getFirst().value();
            var assignment = ASSIGNMENT.matcher(word);
            var program = baseName(word);
            if (assignment.matches()) {
                assignments.put(assignment.group(1), assignment.group(2));
                rest = rest.subList(1, rest.size());
            } else if (SHELLS.contains(program) && script(rest).isPresent()) {
                script(rest).ifPresent(text -> split(text, found, files, depth + 1));
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

    private static void split(Located<String> script, List<Invocation> found, Map<String, Located<String>> files,
            int depth) {
        var text = script.value();
        if (text.length() > MOST_CHARACTERS) {
            return;
        }
        var heredoc = HEREDOC.matcher(text);
        while (heredoc.find()) {
            var before = TARGET_BEFORE.matcher(text.substring(0, heredoc.start()));
            var target = Optional.ofNullable(heredoc.group(3)).or(() -> before.find()
                    ? Optional.of(before.group(1))
                    : Optional.empty());
            target.ifPresent(path -> files.put(path, new Located<>(heredoc.group(4), script.where())));
        }
        for (var part : commands(HEREDOC.matcher(text).replaceAll("\n"))) {
            var words = ShellWords.split(part).orElse(List.of()).stream()
                    .map(word -> new Located<>(word, script.where())).toList();
            if (!words.isEmpty()) {
                unwrap(words, found, files, depth);
            }
        }
    }

    /// A script cut at `;`, `&`, `|` and line ends outside quotes.
    private static List<String> commands(String script) {
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
