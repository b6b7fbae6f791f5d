package dev.plimsoll.run.docker;

import dev.plimsoll.run.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The commands of the `docker` client that are used, as data. The client honours `DOCKER_HOST`, contexts and TLS.
final class Docker {
    static final String PROJECT_LABEL = "com.docker.compose.project";

    private Docker() {}

    static Command info() {
        return Command.of("docker", "info", "--format", "{{json .}}");
    }

    /// Ids of a project's containers, ended ones included, those of `docker compose run` not.
    static Command containers(String project) {
        return Command.of("docker", "ps", "-aq", "--no-trunc", "--filter", label(project), "--filter",
                "label=com.docker.compose.oneoff=False");
    }

    /// Ids of everything of one sort that carries the project's label.
    ///
    /// @param sort `container`, `network` or `volume`
    static Command all(String sort, String project) {
        var command = Command.of("docker", sort, "ls", "-q", "--filter", label(project));
        return sort.equals("container") ? command.and("-a") : command;
    }

    static Command inspect(List<String> ids) {
        return Command.of(joined(List.of("docker", "inspect", "--type", "container"), ids));
    }

    /// Removes containers with their anonymous volumes, networks, or volumes.
    static Command remove(String sort, List<String> ids) {
        var flags = sort.equals("network")
                ? List.<String>of()
                : sort.equals("volume")
                        ? List.of("-f")
                        : List.of("-f", "-v");
        return Command.of(joined(joined(List.of("docker", sort, "rm"), flags), ids));
    }

    static Command logs(String id, int lines) {
        return Command.of("docker", "logs", "--tail", String.valueOf(lines), id);
    }

    static Command exec(String id, String... words) {
        return exec(id, Map.of(), List.of(words));
    }

    /// Runs something in a container. Values of variables travel in the client's own environment, where other users of
    /// the machine do not see them, as they would in its arguments.
    static Command exec(String id, Map<String, String> variables, List<String> words) {
        var all = new ArrayList<>(List.of("docker", "exec", "-i"));
        variables.keySet().forEach(name -> all.addAll(List.of("-e", name)));
        all.add(id);
        var command = Command.of(joined(all, words));
        for (var variable : variables.entrySet()) {
            command = command.with(variable.getKey(), variable.getValue());
        }
        return command;
    }

    private static String label(String project) {
        return "label=" + PROJECT_LABEL + "=" + project;
    }

    static List<String> joined(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
