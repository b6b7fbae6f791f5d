package dev.plimsoll.run;

import dev.plimsoll.run.docker.DockerRuntime;
import dev.plimsoll.run.natively.NativeRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Opens a running stack the way it was started.
public final class Runtimes {
    private Runtimes() {}

    /// What `plimsoll up` started, as recorded; without a record, containers of the same project in the engine.
    ///
    /// @param credentials how to log in to its servers
    /// @param environment the shell's variables
    /// @throws EnvironmentException when it does not run, or the engine does not answer
    public static StackRuntime open(RenderedStack stack, Credentials credentials, Map<String, String> environment) {
        return recorded(stack, credentials, environment)
                .or(() -> running(new LocalShell(), List.of(stack.project()), credentials, environment))
                .orElseThrow(() -> new EnvironmentException("The stack of " + stack.directory() + " does not run",
                        "Start it with `plimsoll up`"));
    }

    /// The same for who only looks: another project where one is named, and where nothing was started with
    /// `plimsoll up` the user's own.
    ///
    /// @param project of Compose; empty when the user named none
    /// @throws EnvironmentException when it does not run, or the engine does not answer
    public static StackRuntime look(RenderedStack stack, Optional<String> project, Credentials credentials,
            Map<String, String> environment) {
        var projects = project.map(List::of).orElseGet(() -> List.of(stack.project(), stack.lock().project()));
        return Optional.of(stack).filter(own -> projects.getFirst().equals(own.project()))
                .flatMap(own -> recorded(own, credentials, environment))
                .or(() -> running(new LocalShell(), projects, credentials, environment))
                .orElseThrow(() -> new EnvironmentException("The stack of " + stack.directory() + " does not run: the "
                        + "engine has no containers of the Compose project " + String.join(" or ", projects),
                        "Start it with `plimsoll up`, or name its project with --project"));
    }

    private static Optional<StackRuntime> recorded(RenderedStack stack, Credentials credentials,
            Map<String, String> environment) {
        return State.read(stack).map(state -> state.runtime() == State.Kind.NATIVE
                ? new NativeRuntime(stack, state, credentials)
                : DockerRuntime.open(new LocalShell(), state.project(), credentials, environment));
    }

    /// The first of some projects that has containers in the engine.
    static Optional<StackRuntime> running(Shell shell, List<String> projects, Credentials credentials,
            Map<String, String> environment) {
        for (var project : projects) {
            var runtime = onDocker(shell, project, credentials, environment);
            if (!runtime.containers().isEmpty()) {
                return Optional.of(runtime);
            }
            runtime.close();
        }
        return Optional.empty();
    }

    private static StackRuntime onDocker(Shell shell, String project, Credentials credentials,
            Map<String, String> environment) {
        try {
            return DockerRuntime.open(shell, project, credentials, environment);
        } catch (EnvironmentException none) {
            throw none.after("Nothing runs here that `plimsoll up` started, and containers cannot be asked for");
        }
    }
}
