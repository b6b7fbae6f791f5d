package dev.plimsoll.compose;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Stack;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Loads a Compose project the way Docker Compose does. What Compose refuses because of the text is refused here;
/// what it refuses because this machine lacks an env file or a variable is reported in [Stack#missing].
public final class ComposeLoader {
    private static final List<String> DEFAULT_FILES = List.of("compose.yaml", "compose.yml", "docker-compose.yml",
            "docker-compose.yaml");
    private static final List<String> OVERRIDE_FILES = List.of("compose.override.yaml", "compose.override.yml",
            "docker-compose.override.yml", "docker-compose.override.yaml");

    private ComposeLoader() {}

    /// What to load.
    ///
    /// @param composeFiles as after `-f`; empty looks for the default names and their override file
    /// @param envFiles as after `--env-file`; empty takes `.env` if it is there
    /// @param environment the shell's variables, which win over env files
    /// @param profiles as after `--profile`
    /// @param projectName as after `-p`
    /// @param directoryName the project directory's own name, from which the project is named if nothing else does
    public record Request(List<String> composeFiles, List<String> envFiles, Map<String, String> environment,
            List<String> profiles, Optional<String> projectName, String directoryName) {
        public static Request of(String composeFile) {
            return new Request(List.of(composeFile), List.of(), Map.of(), List.of(), Optional.empty(), "project");
        }
    }

    /// The Compose files that a request means, without those they include or extend.
    ///
    /// @throws InputException when there is none
    public static List<String> composeFiles(ProjectFiles files, Request request) {
        return composeFiles(files, request, variables(files, request));
    }

    /// The profiles that a request activates, by name.
    public static List<String> profiles(ProjectFiles files, Request request) {
        return profiles(request, variables(files, request)).stream().filter(name -> !name.isEmpty()).toList();
    }

    /// @throws InputException with every problem found, when Compose would refuse the files
    public static Stack load(ProjectFiles files, Request request) {
        var variables = variables(files, request);
        var composeFiles = composeFiles(files, request, variables);
        var profiles = profiles(request, variables);
        var name = request.projectName().or(() -> Optional.ofNullable(variables.get("COMPOSE_PROJECT_NAME"))
                .filter(text -> !text.isEmpty()));
        name.ifPresent(known -> variables.put("COMPOSE_PROJECT_NAME", known));
        variables.putIfAbsent("COMPOSE_PROJECT_NAME", projectName(request.directoryName()));

        var notes = new Notes();
        try {
            var project = new ProjectReader(files, ".", variables, notes).read(composeFiles);
            return new StackBuilder(files, project, variables, profiles, notes)
                    .build(name.orElseGet(() -> projectName(request.directoryName())), name.isPresent());
        } catch (InputException refused) {
            throw new InputException(refused.problems().stream().map(notes::explained).toList());
        }
    }

    /// The variables that the request's Compose files see: those of its env files, and the environment's over them.
    public static Map<String, String> variables(ProjectFiles files, Request request) {
        var variables = new HashMap<String, String>();
        var envFiles = request.envFiles().isEmpty() ? List.of(".env") : request.envFiles();
        for (var envFile : envFiles) {
            var text = files.read(envFile);
            if (text.isPresent()) {
                DotEnv.read(envFile, text.get(), request.environment())
                        .forEach((key, value) -> variables.put(key, value.value()));
            } else if (!request.envFiles().isEmpty()) {
                throw new InputException(Location.ofFile(envFile), "the env file cannot be read",
                        "Check the path after --env-file");
            }
        }
        variables.putAll(request.environment());
        return variables;
    }

    private static SortedSet<String> profiles(Request request, Map<String, String> variables) {
        var profiles = new TreeSet<>(request.profiles());
        if (profiles.isEmpty()) {
            // Without any profile Compose still has the one with the empty name, which `- ${UNSET}` asks for.
            Arrays.stream(variables.getOrDefault("COMPOSE_PROFILES", "").split(",")).map(String::strip)
                    .forEach(profiles::add);
        }
        return profiles;
    }

    private static List<String> composeFiles(ProjectFiles files, Request request, Map<String, String> variables) {
        if (!request.composeFiles().isEmpty()) {
            return request.composeFiles();
        }
        var named = variables.getOrDefault("COMPOSE_FILE", "");
        if (!named.isBlank()) {
            var separator = Pattern.quote(variables.getOrDefault("COMPOSE_PATH_SEPARATOR", ":"));
            return Arrays.stream(named.split(separator)).filter(path -> !path.isBlank()).toList();
        }
        var main = firstThere(files, DEFAULT_FILES)
                .orElseThrow(() -> new InputException(Location.ofFile(request.directoryName()),
                        "there is no Compose file here",
                        "Name one, or run this where a compose.yaml or docker-compose.yml is"));
        return firstThere(files, OVERRIDE_FILES).map(override -> List.of(main, override)).orElse(List.of(main));
    }

    private static Optional<String> firstThere(ProjectFiles files, List<String> names) {
        return names.stream().filter(name -> files.typeOf(name) == ProjectFiles.Type.FILE).findFirst();
    }

    /// A project name as Compose derives it: lower case, without what a container name cannot hold.
    private static String projectName(String directoryName) {
        var name = directoryName.toLowerCase(java.util.Locale.ROOT).replaceAll("[^-_a-z0-9]", "")
                .replaceFirst("^[-_]+", "");
        return name.isEmpty() ? "project" : name;
    }
}
