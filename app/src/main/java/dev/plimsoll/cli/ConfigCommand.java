package dev.plimsoll.cli;

import dev.plimsoll.report.ConfigReport;
import dev.plimsoll.source.InputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/// `plimsoll config`: the stack as loaded.
@Command(name = "config", description = "Print the stack as Plimsoll loads it, after merging, as JSON.")
final class ConfigCommand implements Callable<Integer> {
    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Override
    public Integer call() {
        var stack = project.load(plimsoll.terminal().environment());
        if (!stack.missing().isEmpty()) {
            throw new InputException(stack.missing());
        }
        stack.warnings().forEach(warning -> plimsoll.terminal().warn(warning.toString()));
        plimsoll.terminal().print(Json.text(ConfigReport.of(stack)));
        return ExitCode.FINE;
    }
}
