package dev.plimsoll.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/// Which running project to look at; shared by commands that only look.
final class RunningProjectOption {
    @Option(names = "--project", paramLabel = "NAME", description = "Look at the Compose project of this name. Unless "
            + "named: at what `plimsoll up` started, else at your own project.")
    private Optional<String> name = Optional.empty();

    Optional<String> name() {
        return name;
    }
}
