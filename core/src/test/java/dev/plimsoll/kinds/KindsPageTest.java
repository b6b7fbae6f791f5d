package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Keeps `docs/kinds.md` equal to the list of kinds; `-Dupdate=true` writes it.
class KindsPageTest {
    private static final Path PAGE = Path.of("../docs/kinds.md");

    @Test
    void pageListsEveryKind() throws IOException {
        var rows = Kinds.ALL.stream().sorted(Comparator.comparing(Kind::id)).map(kind -> "| %s | %s | %s |".formatted(
                kind.id(), kind.role().name().toLowerCase(Locale.ROOT),
                kind.ports().stream().map(String::valueOf).collect(Collectors.joining(", "))))
                .collect(Collectors.joining("\n"));
        var page = """
                # Kinds

                Families of services that Plimsoll recognises by image, command and environment, tried from narrow to wide.
                `x-plimsoll: {kind: ID}` on a service overrides recognition. A service of no known kind is `unknown`: its limit
                is its only bound, and the plan says so. Generated from the list of kinds.

                | id | role | ports |
                |---|---|---|
                """
                + rows + "\n";
        if (Boolean.getBoolean("update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("run with -Dupdate=true to write the page").exists();
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void idsAreUnique() {
        assertThat(Kinds.ALL).extracting(Kind::id).doesNotHaveDuplicates();
    }
}
