package dev.plimsoll.cli;

import dev.plimsoll.observe.Container;
import dev.plimsoll.run.Exclusive;
import dev.plimsoll.run.LocalShell;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.Runtimes;
import dev.plimsoll.run.State;
import dev.plimsoll.run.docker.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `plimsoll prove`: everything that shows whether a rendered stack holds, in one go.
@Command(name = "prove", description = "Bring a rendered stack up, verify it, put load on it, look for its cliff, and "
        + "leave a report.",
        footer = {"", "Each step is a command of its own and is printed. What was brought up is taken down in the end, "
                + "also when interrupted. Exits with 1 when a check or an objective failed, with 3 when a step could "
                + "not do its work."})
final class ProveCommand implements Callable<Integer> {
    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());

    @Mixin
    private StackOptions options = new StackOptions();

    @ArgGroup
    private Where where = new Where();

    @Option(names = "--traffic", paramLabel = "FILE", description = "What to send to its application, as for "
            + "`plimsoll stress`; without it no load is put on the stack.")
    private Optional<Path> traffic = Optional.empty();

    @Option(names = "--url", paramLabel = "URL", description = "Where to send it; to the only application of the stack "
            + "unless named.")
    private Optional<String> url = Optional.empty();

    @Option(names = "--quick", description = "Shorter loads, no long one, and no search for the cliff.")
    private boolean quick;

    @Option(names = "--keep", description = "Leave the stack running.")
    private boolean keep;

    /// Where to run.
    static final class Where {
        @Option(names = "--docker", description = "Use the Docker Engine.")
        private boolean docker;

        @Option(names = "--native", description = "Run what can run as processes, without containers. Taken where no "
                + "engine answers.")
        private boolean natively;

        boolean docker() {
            return docker;
        }

        boolean natively() {
            return natively;
        }
    }

    @Override
    public Integer call() {
        var stack = options.stack();
        // Read before anything is started.
        var hasOwnProfiles = traffic.map(TargetOptions::read).filter(read -> !read.profiles().isEmpty()).isPresent();
        try (var _ = Exclusive.toProve(stack)) {
            return prove(stack, hasOwnProfiles);
        }
    }

    private int prove(RenderedStack stack, boolean hasOwnProfiles) {
        var runs = runs(stack);
        if (runs && !keep) {
            plimsoll.terminal().print("It runs already, and is left running in the end.\n");
        }
        var proof = new Proof(stack.directory(), natively(where.docker, where.natively), load(), quick,
                hasOwnProfiles, keep || runs, hasData(stack));
        var journey = new Journey(plimsoll.terminal(), stack.stateDirectory().resolve("proof"), Main::run);
        var outcomes = proof.run(journey, 2, proof.count(), journey.run(proof.up(), 1, proof.count()));
        return ending(plimsoll.terminal(), proof, outcomes);
    }

    /// Whether any of it does: of a stack that was started once the containers may be gone since.
    private boolean runs(RenderedStack stack) {
        if (State.read(stack).isEmpty()) {
            return false;
        }
        var environment = plimsoll.terminal().environment();
        try (var runtime = Runtimes.open(stack, StackOptions.credentials(stack, environment), environment)) {
            return runtime.containers().stream().anyMatch(Container::isRunning);
        }
    }

    private static boolean hasData(RenderedStack stack) {
        return Stream
                .concat(State.read(stack).stream(), Stream.of(State.Kind.values()).flatMap(kind -> State.kept(stack,
                        kind).stream()))
                .findAny().isPresent();
    }

    private List<String> load() {
        var words = new ArrayList<String>();
        traffic.ifPresent(file -> words.add("--traffic=" + file));
        url.ifPresent(words::add);
        return words;
    }

    /// As asked for, else in the engine where there is one.
    static boolean natively(boolean docker, boolean natively) {
        if (docker || natively) {
            return natively;
        }
        try (var shell = new LocalShell()) {
            return Engine.find(shell).isEmpty();
        }
    }

    /// Prints where the report is, and returns the exit code of the whole.
    static int ending(Terminal terminal, Proof proof, List<Journey.Outcome> outcomes) {
        var failure = Proof.failure(outcomes);
        if (failure.isPresent()) {
            terminal.error(failure.get() + "; its message stands above");
            return ExitCode.MISSING;
        }
        if (outcomes.getFirst().code() != ExitCode.FINE) {
            return ExitCode.FAILED;
        }
        terminal.print(
                "\n" + proof.verdict() + "\n\nReport: " + shown(proof.file("html")) + ", in brief: "
                        + shown(proof.file("markdown")) + "\n");
        return outcomes.stream().allMatch(outcome -> outcome.code() == ExitCode.FINE)
                ? ExitCode.FINE
                : ExitCode.FAILED;
    }

    static String shown(Path file) {
        var here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
    }
}
