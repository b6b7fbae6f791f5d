package dev.plimsoll.cli;

import picocli.CommandLine.Command;

/// The top command.
@Command(name = "plimsoll", description = "Fit a Docker Compose stack into the memory you pay for, prove that it "
        + "holds, keep it holding.",
        subcommands = {AuditCommand.class, CalibrateCommand.class, CompletionCommand.class, ConfigCommand.class,
                DemoCommand.class, DownCommand.class, PlanCommand.class, ProveCommand.class, RenderCommand.class,
                ReportCommand.class, StatusCommand.class, StressCommand.class, TrainCommand.class, UpCommand.class,
                VerifyCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = picocli.CommandLine.ScopeType.INHERIT, versionProvider = Version.class)
final class Plimsoll {
    private final Terminal terminal;

    Plimsoll(Terminal terminal) {
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }
}
