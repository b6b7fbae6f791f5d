package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Keeps the table of sabotages in `docs/verify.md` equal to the list that is tried; `-Dupdate=true` writes it.
class SabotagePageTest {
    private static final Path PAGE = Path.of("../docs/verify.md");
    private static final String HEADING = "\n## Tried on a real stack\n";

    private static String section() {
        var rows = Sabotages.all().stream().map(one -> "| %s | %s | %s |".formatted(one.service().isEmpty()
                ? "stack"
                : one.service(), one.what(), "`" + one.named().strip() + "`")).collect(Collectors.joining("\n"));
        return HEADING
                + """

                        A test brings up a stack of nine services, does each of these to it, and requires a failed check that names the
                        service and says these words; before and after them it requires that no check fails. Generated from the test.

                        | service | sabotage | named as |
                        |---|---|---|
                        """
                + rows + "\n";
    }

    @Test
    void pageListsEverySabotage() throws IOException {
        var text = Files.readString(PAGE);
        var at = text.indexOf(HEADING);
        var page = (at < 0 ? text : text.substring(0, at)) + section();
        if (Boolean.getBoolean("update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).as("run with -Dupdate=true to write the page").isEqualTo(page);
    }

    @Test
    void thereAreFortyAndNoneIsCountedTwice() {
        assertThat(Sabotages.all()).hasSizeGreaterThanOrEqualTo(40).extracting(one -> List.of(one.service(), one
                .what())).doesNotHaveDuplicates();
    }
}
