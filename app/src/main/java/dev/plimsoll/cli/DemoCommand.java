package dev.plimsoll.cli;

import dev.plimsoll.cli.Journey.Step;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.store.WholeFile;
import dev.plimsoll.units.MemorySize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `plimsoll demo`: the whole way, on the stack that comes with Plimsoll.
@Command(name = "demo", description = "Show the whole way on the stack that comes with Plimsoll: a small service with "
        + "Postgres and Redis. Audit, plan, render, bring up, verify, load, report, take down.",
        footer = {"", "Uses the Docker Engine where one answers, and processes of this machine otherwise. Everything "
                + "stays in DIR; what was started is ended in the end, also when interrupted. Exits with 0 when all "
                + "steps did their work, whatever they found."})
final class DemoCommand implements Callable<Integer> {
    private static final int TOKEN_BYTES = 24;
    private static final String DOCUMENTS = "100";
    /// Marks a directory as one of ours, which may be overwritten.
    private static final String VARIABLES = "demo.env";

    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());

    @ArgGroup
    private ProveCommand.Where where = new ProveCommand.Where();

    @Option(names = "--in", paramLabel = "DIR", defaultValue = "plimsoll-demo", description = "Where to write; "
            + "${DEFAULT-VALUE} unless named.")
    private Path directory = Path.of("plimsoll-demo");

    @Option(names = "--memory", paramLabel = "SIZE", defaultValue = "4GB", converter = Sizes.AboveZero.class,
            description = "The server to plan for; ${DEFAULT-VALUE} unless named.")
    private MemorySize memory = MemorySize.ofGigabytes(4);

    @Option(names = "--keep", description = "Leave the stack running.")
    private boolean keep;

    @Override
    public Integer call() {
        var sample = sample();
        prepare(sample);
        var terminal = plimsoll.terminal();
        var natively = ProveCommand.natively(where.docker(), where.natively());
        var proof = proof(natively);
        var first = first(sample);
        var count = first.size() + proof.count();
        var journey = new Journey(terminal, directory.resolve("log"), Main::run);
        var before = journey.run(first, 1, count);
        if (Proof.failure(before).isPresent()) {
            return ProveCommand.ending(terminal, proof, before);
        }
        var up = journey.run(proof.up(), first.size() + 1, count);
        if (up.code() != ExitCode.FINE && !natively && !where.docker()) {
            terminal.print("      Containers do not start here, so processes have to do.\n");
            proof = proof(true);
            up = journey.run(proof.up(), first.size() + 1, count);
        }
        var code = ProveCommand.ending(terminal, proof, proof.run(journey, first.size() + 2, count, up));
        return code == ExitCode.FAILED && up.code() == ExitCode.FINE ? ExitCode.FINE : code;
    }

    private Proof proof(boolean natively) {
        return new Proof(rendered(), natively, List.of("--traffic=" + directory.resolve("traffic.yml")), true, false,
                keep, false);
    }

    private Path rendered() {
        return directory.resolve("stack");
    }

    /// What leads to a rendered stack.
    private List<Step> first(Path sample) {
        var compose = ProveCommand.shown(sample.resolve("compose.yml").toAbsolutePath());
        var variables = "--env-file=" + directory.resolve(VARIABLES);
        var size = memory.toString().replace(" ", "");
        return List.of(Step.of("Audit the stack as it is", "audit", compose, variables, "--fail-on=never"),
                Step.of("Render it for a server with " + size, "render", compose, variables, "--memory=" + size,
                        "--cpus=2", "--out=" + rendered()).telling("load line"));
    }

    /// The stack that comes with Plimsoll, built.
    private static Path sample() {
        var home = Optional.ofNullable(System.getProperty("plimsoll.home"));
        var sample = home.map(found -> Path.of(found, "sample"));
        if (sample.filter(found -> Files.isRegularFile(found.resolve("target/reading-room.jar"))).isEmpty()) {
            throw new EnvironmentException("The demonstration needs Plimsoll's own directory with the built service in "
                    + "it", "Run it as `./plimsoll demo` in a checkout, which builds it");
        }
        return sample.get();
    }

    private void prepare(Path sample) {
        var variables = directory.resolve(VARIABLES);
        if (Files.isDirectory(directory) && !Files.exists(variables)) {
            throw new InputException(Location.ofFile(directory.toString()), "this directory is no demonstration's",
                    "Name another one with --in, or remove it");
        }
        try {
            var token = Files.exists(variables) ? token(variables) : drawn();
            WholeFile.write(variables, "# Made for the demonstration.\nAPI_TOKEN=" + token + "\nSEED_DOCUMENTS="
                    + DOCUMENTS + "\nRATE_LIMIT=0\n", "rw-------");
            WholeFile.write(directory.resolve("traffic.yml"), Files.readString(sample.resolve("traffic.yml")).replace(
                    "API_TOKEN", token), "rw-------");
        } catch (IOException unwritable) {
            throw new InputException(Location.ofFile(directory.toString()), "this cannot be written",
                    "Check its permissions and the disk, or name another directory with --in");
        }
    }

    private static String token(Path variables) throws IOException {
        return Files.readAllLines(variables).stream().filter(line -> line.startsWith("API_TOKEN=")).map(line -> line
                .substring("API_TOKEN=".length())).findFirst().orElseGet(DemoCommand::drawn);
    }

    private static String drawn() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
