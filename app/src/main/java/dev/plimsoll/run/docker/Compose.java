package dev.plimsoll.run.docker;

import dev.plimsoll.run.Command;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Docker Compose 2, as a plugin of `docker` or as a program of its own.
///
/// @param words what calls it
/// @param version such as `2.26.1`
public record Compose(List<String> words, String version) {
    /// Names the program where it is neither a plugin nor on the PATH.
    static final String VARIABLE = "PLIMSOLL_DOCKER_COMPOSE";
    /// The first version that knows `!override`; from the release notes of Docker Compose 2.24.4.
    static final String LEAST_VERSION = "2.24.4";

    private static final Pattern NUMBERS = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?.*");

    public Compose {
        words = List.copyOf(words);
    }

    /// The first one that is there, whatever its version.
    public static Optional<Compose> find(Shell shell, Map<String, String> environment) {
        var candidates = new ArrayList<List<String>>();
        Optional.ofNullable(environment.get(VARIABLE)).filter(path -> !path.isEmpty())
                .ifPresent(path -> candidates.add(List.of(path)));
        candidates.add(List.of("docker", "compose"));
        candidates.add(List.of("docker-compose"));
        var found = candidates.stream().flatMap(words -> version(shell, words).stream()).toList();
        return found.stream().filter(Compose::isRecent).findFirst().or(() -> found.stream().findFirst());
    }

    /// @throws EnvironmentException when there is none, or only an old one
    public static Compose required(Shell shell, Map<String, String> environment) {
        var found = find(shell, environment).orElseThrow(() -> new EnvironmentException(
                "Docker Compose is neither a plugin of `docker` nor on the PATH",
                "Install the plugin (package docker-compose-plugin, or docker-compose from Debian 13 on), name the "
                        + "program in " + VARIABLE + ", or run the stack without Docker with `plimsoll up --native`"));
        if (!found.isRecent()) {
            throw new EnvironmentException("Docker Compose " + found.version + " is too old: keeping the stack apart "
                    + "from your own needs `!override`, which came with " + LEAST_VERSION,
                    "Install a newer one, or name it in " + VARIABLE);
        }
        return found;
    }

    private static Optional<Compose> version(Shell shell, List<String> words) {
        var answer = shell.run(Command.of(words).and("version", "--short"));
        var text = answer.out().strip();
        return answer.succeeded() && NUMBERS.matcher(text).matches()
                ? Optional.of(new Compose(words, text.startsWith("v") ? text.substring(1) : text))
                : Optional.empty();
    }

    boolean isRecent() {
        return number(version) >= number(LEAST_VERSION);
    }

    private static long number(String version) {
        var parts = NUMBERS.matcher(version);
        if (!parts.matches()) {
            return 0;
        }
        var patch = Optional.ofNullable(parts.group(3)).map(Long::parseLong).orElse(0L);
        return (Long.parseLong(parts.group(1)) * 1_000_000 + Long.parseLong(parts.group(2))) * 1_000_000 + patch;
    }

    @Override
    public String toString() {
        return "Compose " + version;
    }
}
