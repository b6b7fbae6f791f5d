package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// Keeps `docs/cli.md` equal to the commands' own help; `-Dupdate=true` writes it.
class CliReferenceTest {
    private static final Path PAGE = Path.of("../docs/cli.md");

    @Test
    void pageIsTheHelpOfEveryCommand() throws IOException {
        var line = new CommandLine(new Plimsoll(Terminal.system()));
        var page = new StringBuilder(
                """
                        # Commands

                        Generated from the program's own help.

                        Exit codes: 0 fine; 1 findings at or above `--fail-on`, or the stack does not fit; 2 bad usage or unreadable
                        input; 3 the environment lacks something, which is named.
                        """);
        line.getSubcommands().entrySet().stream().sorted(java.util.Map.Entry.comparingByKey())
                .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
                .forEach(command -> page.append("\n## plimsoll %s\n\n```text\n%s```\n".formatted(command.getKey(),
                        command.getValue().getUsageMessage(Ansi.OFF))));
        if (Boolean.getBoolean("update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("run with -Dupdate=true to write the page").exists();
        assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
    }

    @Test
    void helpFitsEightyColumns() {
        new CommandLine(new Plimsoll(Terminal.system())).getSubcommands().values()
                .forEach(command -> assertThat(command.getUsageMessage(Ansi.OFF).lines())
                        .allSatisfy(text -> assertThat(text.length()).isLessThanOrEqualTo(80)));
    }
}
