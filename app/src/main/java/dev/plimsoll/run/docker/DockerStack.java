package dev.plimsoll.run.docker;

import dev.plimsoll.run.Command;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts and ends a rendered stack in the Docker Engine.
///
/// @param override the file that keeps it apart from the user's own stack
public record DockerStack(RenderedStack stack, Compose compose, Path override) {
    /// Images may have to be fetched and built first.
    private static final Duration START = Duration.ofMinutes(30);
    /// Longer than any sensible `stop_grace_period`.
    private static final Duration STOP = Duration.ofMinutes(5);
    /// A request that the engine was working on when its client was ended may still make something.
    private static final int SWEEPS = 3;

    public Command up(List<String> services) {
        var words = new ArrayList<>(compose.words());
        words.addAll(List.of("-p", stack.project(), "--project-directory", stack.projectDirectory().toString()));
        stack.lock().composeProfiles().forEach(profile -> words.addAll(List.of("--profile", profile)));
        stack.envFiles().forEach(file -> words.addAll(List.of("--env-file", file.toString())));
        stack.composeFiles().forEach(file -> words.addAll(List.of("-f", file.toString())));
        words.addAll(List.of("-f", override.toString(), "up", "-d", "--remove-orphans"));
        words.addAll(services);
        return Command.of(words).within(START);
    }

    /// Needs no file: Compose finds everything by its labels.
    public static Command down(Compose compose, String project, boolean keepData) {
        var words = new ArrayList<>(compose.words());
        words.addAll(List.of("-p", project, "down", "--remove-orphans"));
        if (!keepData) {
            words.add("--volumes");
        }
        return Command.of(words).within(STOP);
    }

    /// Refuses a project whose containers were started from elsewhere.
    ///
    /// @param directory where they may have been started from
    /// @throws EnvironmentException naming it
    public static void refuseForeign(Shell shell, String project, Path directory) {
        var foreign = DockerRuntime.inspected(shell, project).stream()
                .filter(one -> !one.directory().equals(directory.toString())).findFirst();
        foreign.ifPresent(one -> {
            var from = one.directory().isEmpty() ? "not by `plimsoll up`" : "from " + one.directory();
            throw new EnvironmentException("The Compose project " + project + " has containers already, "
                    + "started " + from,
                    "End it first with `docker compose -p " + project + " down`, or with "
                            + "`plimsoll down` of its directory");
        });
    }

    /// Whether a project has volumes, as far as the engine tells.
    static boolean mayHaveData(Shell shell, String project) {
        var listed = shell.run(Docker.all("volume", project));
        return !listed.succeeded() || !listed.out().isBlank();
    }

    /// Ends a project and removes its containers, networks and, unless they are kept, volumes.
    ///
    /// @return what is left, one line each; empty when all is gone
    public static List<String> takeDown(Shell shell, Optional<Compose> compose, String project, boolean keepData) {
        compose.ifPresent(found -> shell.run(down(found, project, keepData)));
        List<String> left = List.of();
        for (var sweep = 0; sweep < SWEEPS; sweep++) {
            left = sweep(shell, project, keepData);
            if (left.isEmpty()) {
                break;
            }
        }
        return left;
    }

    /// Removes everything with the project's label, and says what is still there afterwards.
    private static List<String> sweep(Shell shell, String project, boolean keepData) {
        var left = new ArrayList<String>();
        for (var sort : keepData ? List.of("container", "network") : List.of("container", "network", "volume")) {
            var listed = shell.run(Docker.all(sort, project));
            if (!listed.succeeded()) {
                return List.of("the engine does not answer: " + listed.reason());
            }
            var ids = listed.out().lines().filter(id -> !id.isBlank()).toList();
            if (!ids.isEmpty()) {
                shell.run(Docker.remove(sort, ids).within(STOP));
                var after = shell.run(Docker.all(sort, project));
                if (!after.succeeded()) {
                    return List.of("the engine does not answer: " + after.reason());
                }
                after.out().lines().filter(id -> !id.isBlank()).forEach(id -> left.add(sort + " " + id));
            }
        }
        return left;
    }
}
