package dev.plimsoll.cli;

import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.source.InputException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/// Entry point of `plimsoll`.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // The same figures look the same on every machine.
        Locale.setDefault(Locale.ROOT);
        System.exit(run(Terminal.system(), args));
    }

    /// Runs one command and returns its exit code.
    static int run(Terminal terminal, String... args) {
        var line = new CommandLine(new Plimsoll(terminal));
        line.setOut(writer(terminal.out()));
        line.setErr(writer(terminal.err()));
        line.setParameterExceptionHandler((problem, _) -> badUsage(terminal, problem));
        line.setExecutionExceptionHandler((problem, _, _) -> {
            if (problem instanceof InputException bad) {
                terminal.error(bad.text());
                return ExitCode.BAD_INPUT;
            }
            if (problem instanceof EnvironmentException lack) {
                terminal.error(lack.text());
                return ExitCode.MISSING;
            }
            if (problem instanceof CommandLine.ParameterException bad) {
                return badUsage(terminal, bad);
            }
            return bug(terminal, problem);
        });
        return line.execute(args);
    }

    private static int badUsage(Terminal terminal, CommandLine.ParameterException problem) {
        terminal.error(Optional.ofNullable(problem.getMessage()).map(text -> text.replaceFirst("^Error: ", "")).orElse(
                "bad usage"));
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, writer(terminal.err()));
        terminal.err().println("Try `" + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help`.");
        return ExitCode.BAD_INPUT;
    }

    /// Says that this is not the user's fault. Not exit code 1, which would pass for findings.
    private static int bug(Terminal terminal, Exception problem) {
        terminal.error("this is a bug in Plimsoll: " + problem
                + ". Please report it with the output of the same command with PLIMSOLL_STACKTRACE=1");
        if (terminal.environment().containsKey("PLIMSOLL_STACKTRACE")) {
            problem.printStackTrace(terminal.err());
        }
        return ExitCode.BAD_INPUT;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
