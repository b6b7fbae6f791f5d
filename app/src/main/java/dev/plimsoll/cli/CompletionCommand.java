package dev.plimsoll.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `plimsoll completion`: the script that lets a shell complete Plimsoll's commands and options.
@Command(name = "completion", description = "Print a script that lets a shell complete commands and options.",
        footer = {"", "bash:  source <(plimsoll completion bash)", "zsh:   source <(plimsoll completion zsh)",
                "fish:  plimsoll completion fish | source"})
final class CompletionCommand implements Callable<Integer> {
    /// The shells there are scripts for.
    enum Shell {
        BASH, ZSH, FISH;

        /// Reads one from the command line.
        static final class Reader extends Choice<Shell> {
            Reader() {
                super(List.of(values()));
            }
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", converter = Shell.Reader.class, description = "One of ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.BASH;

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        plimsoll.terminal().print(switch (shell) {
            case BASH -> AutoComplete.bash(root.getCommandName(), root);
            case ZSH -> "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
                    + AutoComplete.bash(root.getCommandName(), root);
            case FISH -> FishCompletion.of(root.getCommandSpec());
        });
        return ExitCode.FINE;
    }
}
