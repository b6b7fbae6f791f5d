package dev.plimsoll.cli;

import dev.plimsoll.run.AtEnd;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.Exclusive;
import dev.plimsoll.run.LocalShell;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.State;
import dev.plimsoll.run.docker.Compose;
import dev.plimsoll.run.docker.DockerStack;
import dev.plimsoll.run.docker.Engine;
import dev.plimsoll.run.natively.NativeDown;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `plimsoll down`: ends what `up` started.
@Command(name = "down", description = "End what `plimsoll up` started: containers or processes, networks, and data.",
        footer = {"", "Touches nothing that `plimsoll up` did not start. Exits with 3 when something cannot be ended."})
final class DownCommand implements Callable<Integer> {
    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());

    @Mixin
    private StackOptions options = new StackOptions();

    @Option(names = "--keep-data", description = "Keep volumes and data directories for the next `plimsoll up`; "
            + "`plimsoll down` without it removes them later.")
    private boolean keepData;

    @Override
    public Integer call() {
        var stack = options.stack();
        if (!Files.isDirectory(stack.stateDirectory())) {
            return nothing(stack);
        }
        try (var _ = Exclusive.of(stack);
                var _ = new AtEnd(() -> plimsoll.terminal().warn("interrupted: `plimsoll down` once more ends what is "
                        + "left"), () -> {
                        })) {
            return down(stack);
        }
    }

    private int nothing(RenderedStack stack) {
        plimsoll.terminal().print("Nothing was started from " + stack.directory() + ".\n");
        return ExitCode.FINE;
    }

    private int down(RenderedStack stack) {
        var state = State.read(stack);
        if (state.isEmpty() && kept(stack).isEmpty()) {
            return nothing(stack);
        }
        try (var shell = new LocalShell()) {
            state.ifPresent(running -> end(shell, stack, running));
            kept(stack).stream().filter(_ -> !keepData).forEach(data -> removeKept(shell, stack, data));
        }
        if (state.isEmpty() && keepData) {
            plimsoll.terminal().print("Nothing runs; data of an earlier start is still kept.\n");
        }
        return ExitCode.FINE;
    }

    private static List<State> kept(RenderedStack stack) {
        return Stream.of(State.Kind.values()).flatMap(kind -> State.kept(stack, kind).stream()).toList();
    }

    private void end(LocalShell shell, RenderedStack stack, State running) {
        takeDown(shell, stack, running);
        if (keepData) {
            running.keepData(stack);
        } else {
            State.forgetKept(stack, running.runtime());
            State.remove(stack);
        }
        plimsoll.terminal().print(running.project() + " is down" + (keepData ? "; its data is kept.\n" : ".\n"));
    }

    private void removeKept(LocalShell shell, RenderedStack stack, State data) {
        takeDown(shell, stack, data);
        State.forgetKept(stack, data.runtime());
        plimsoll.terminal().print("The data that was kept of " + data.project() + " is removed.\n");
    }

    private void takeDown(LocalShell shell, RenderedStack stack, State state) {
        var left = state.runtime() == State.Kind.NATIVE
                ? new NativeDown(shell).end(state, keepData)
                : docker(shell, stack, state.project());
        if (!left.isEmpty()) {
            throw new EnvironmentException("Not everything could be ended: " + String.join(", ", left),
                    "Run `plimsoll down` again, or end it by hand");
        }
    }

    /// @param project as it was started; it may have been rendered under another name since
    private List<String> docker(LocalShell shell, RenderedStack stack, String project) {
        Engine.required(shell);
        DockerStack.refuseForeign(shell, project, stack.directory());
        return DockerStack.takeDown(shell, Compose.find(shell, plimsoll.terminal().environment()), project, keepData);
    }
}
