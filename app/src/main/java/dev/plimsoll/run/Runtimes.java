package dev.plimsoll.run;

import dev.plimsoll.run.docker.DockerRuntime;
import dev.plimsoll.run.natively.NativeRuntime;
import java.util.Map;

/// Opens a running stack the way it was started.
public final class Runtimes {
    private Runtimes() {}

    /// As recorded by `plimsoll up`; without a record, containers of the same project in the engine.
    ///
    /// @param credentials how to log in to its servers
    /// @param environment the shell's variables
    /// @throws EnvironmentException when it does not run, or the engine does not answer
    public static StackRuntime open(RenderedStack stack, Credentials credentials, Map<String, String> environment) {
        var state = State.read(stack);
        if (state.map(State::runtime).filter(kind -> kind == State.Kind.NATIVE).isPresent()) {
            return new NativeRuntime(stack, state.get(), credentials);
        }
        var shell = new LocalShell();
        var runtime = DockerRuntime.open(shell, stack.project(), credentials, environment);
        if (state.isEmpty() && runtime.containers().isEmpty()) {
            runtime.close();
            throw new EnvironmentException("The stack of " + stack.directory() + " does not run",
                    "Start it with `plimsoll up`");
        }
        return runtime;
    }
}
