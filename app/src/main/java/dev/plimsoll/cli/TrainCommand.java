package dev.plimsoll.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Runs what users run, so that the JVM can record what to keep ready for the next start.
@Command(name = "train", hidden = true, description = "Run the common commands once, silently.")
final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A Compose file to run them on.")
    private String file = "";

    @Override
    public Integer call() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var terminal = new Terminal(nowhere, nowhere, Map.of(), false);
        Main.run(terminal, "audit", file, "--memory", "4GB", "--cpus", "2");
        Main.run(terminal, "audit", file, "--format", "json");
        Main.run(terminal, "plan", file, "--memory", "4GB", "--cpus", "2");
        Main.run(terminal, "plan", "--help");
        return ExitCode.FINE;
    }
}
