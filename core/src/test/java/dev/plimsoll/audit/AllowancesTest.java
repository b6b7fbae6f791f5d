package dev.plimsoll.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AllowancesTest {
    /// Finds the line with the word `bad` in every file, and the word `worse` of the whole file.
    private record BadWord(String id, String name) implements Rule {
        @Override
        public About about() {
            return new About(id, name, Severity.HIGH, Confidence.CERTAIN, "Bad.", "Why.", "Fix.", "https://a.example/");
        }

        @Override
        public Stream<Finding> check(Inventory inventory) {
            return Stream.of("compose.yml", "app.conf").flatMap(file -> found(inventory, file).stream());
        }

        private List<Finding> found(Inventory inventory, String file) {
            var lines = inventory.stack().files().read(file).orElse("").lines().toList();
            var found = new java.util.ArrayList<Finding>();
            for (var at = 0; at < lines.size(); at++) {
                if (lines.get(at).contains("bad")) {
                    found.add(finding(inventory.services().getFirst(), Location.ofLine(file, at + 1), "bad", "mend"));
                }
                if (lines.get(at).contains("worse")) {
                    found.add(finding(Severity.HIGH, Location.ofFile(file), "worse", "mend"));
                }
            }
            return found;
        }
    }

    private static final List<Rule> RULES = List.of(new BadWord("MEM001", "bad-word"));
    private static final List<Rule> KNOWN = List.of(new BadWord("MEM001", "bad-word"), new BadWord("REL002", "other"));

    private static AuditResult audit(String compose, Map<String, String> more) {
        var files = new LinkedHashMap<>(more);
        files.put("compose.yml", compose);
        var stack = ComposeLoader.load(ProjectFiles.of(files), ComposeLoader.Request.of("compose.yml"));
        return Audit.of(Inventory.of(stack, Host.TYPICAL), RULES, KNOWN);
    }

    private static AuditResult audit(String compose) {
        return audit(compose, Map.of());
    }

    @Test
    void withoutCommentTheFindingStays() {
        var result = audit("services:\n  api:\n    image: bad:1\n");
        assertThat(result.findings()).hasSize(1);
        assertThat(result.suppressed()).isEmpty();
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void commentBehindTheValueCounts() {
        var result = audit("services:\n  api:\n    image: bad:1 # plimsoll: allow MEM001 because it is small\n");
        assertThat(result.findings()).isEmpty();
        assertThat(result.suppressed()).extracting(Suppressed::reason).containsExactly("it is small");
        assertThat(result.suppressed()).extracting(Suppressed::by).containsExactly(Suppressed.By.COMMENT);
    }

    @Test
    void commentAboveCountsByNameAndInAnyCase() {
        var result = audit("services:\n  api:\n    # plimsoll: allow Bad-Word BECAUSE it is small\n    image: bad:1\n");
        assertThat(result.findings()).isEmpty();
    }

    @Test
    void severalCommentsAboveOneLineAllCount() {
        var result = audit("""
                services:
                  api:
                    # plimsoll: allow MEM001 because it is small
                    # plimsoll: allow REL002 because it is quick
                    image: bad:1
                """);
        assertThat(result.findings()).isEmpty();
    }

    @Test
    void commentBehindTheLineAboveDoesNotCount() {
        var result = audit("""
                services:
                  api:
                    restart: always # plimsoll: allow MEM001 because of that line
                    image: bad:1
                """);
        assertThat(result.findings()).hasSize(1);
    }

    @Test
    void commentOnTheServicesKeyCountsForTheService() {
        var behind = "services:\n  api: # plimsoll: allow MEM001 because it is small\n    image: bad:1\n";
        var above = "services:\n  # plimsoll: allow MEM001 because it is small\n  api:\n    image: bad:1\n";
        assertThat(audit(behind).findings()).isEmpty();
        assertThat(audit(above).findings()).isEmpty();
    }

    @Test
    void commentOnAnotherServicesKeyDoesNot() {
        var result = audit("""
                services:
                  api:
                    image: bad:1
                  # plimsoll: allow MEM001 because it is small
                  web:
                    image: web:1
                """);
        assertThat(result.findings()).hasSize(1);
    }

    @Test
    void wholeFileIsAllowedFromAnywhereInIt() {
        var result = audit("""
                services:
                  api:
                    image: bad:1
                    hostname: worse
                # plimsoll: allow-file MEM001, REL002 because this is a demo
                """);
        assertThat(result.findings()).isEmpty();
        assertThat(result.suppressed()).hasSize(2);
    }

    @Test
    void lineCommentDoesNotCoverFindingsAboutTheFile() {
        var result = audit("services:\n  api:\n    image: worse:1 # plimsoll: allow MEM001 because it is small\n");
        assertThat(result.findings()).hasSize(1);
    }

    @Test
    void otherFilesHaveTheirOwnCommentsAndLeaders() {
        var compose = "services:\n  api:\n    image: api:1\n";
        for (var leader : List.of("#", ";", "//", "##")) {
            var conf = leader + " plimsoll: allow MEM001 because it is small\nx = bad\n";
            assertThat(audit(compose, Map.of("app.conf", conf)).findings()).as(leader).isEmpty();
        }
        var inCompose = compose + "# plimsoll: allow-file MEM001 because it is small\n";
        assertThat(audit(inCompose, Map.of("app.conf", "x = bad\n")).findings()).hasSize(1);
    }

    @Test
    void withoutReasonNothingIsAllowedAndSaidSo() {
        for (var comment : List.of("allow MEM001", "allow MEM001 because", "allow MEM001 because  ")) {
            var result = audit("services:\n  api:\n    image: bad:1 # plimsoll: " + comment + "\n");
            assertThat(result.findings()).as(comment).hasSize(1);
            assertThat(result.warnings()).as(comment).singleElement().satisfies(warning -> assertThat(warning)
                    .hasToString("compose.yml:3: this comment allows nothing, because it gives no reason. "
                            + "Write `plimsoll: allow RULE because REASON`."));
        }
    }

    @Test
    void unknownRulesAndInstructionsAreSaidAndKnownOnesBesideThemStillCount() {
        var result = audit("services:\n  api:\n    image: bad:1 # plimsoll: allow MEM001, MEM999 because small\n");
        assertThat(result.findings()).isEmpty();
        assertThat(result.warnings()).extracting(Object::toString)
                .containsExactly("compose.yml:3: there is no rule `MEM999`. "
                        + "Take an id or a name from `plimsoll audit --list-rules`.");
        assertThat(
                audit("services:\n  api:\n    image: bad:1 # plimsoll: allow-line MEM001 because small\n").warnings())
                .singleElement().extracting(Object::toString).asString().contains("`plimsoll: allow-line`");
        assertThat(audit("services:\n  api:\n    image: bad:1 # plimsoll: allow because small\n").warnings())
                .singleElement().extracting(Object::toString).asString().contains("names no rule");
    }

    @Test
    void otherWordsAreNoComment() {
        var result = audit("""
                # plimsoll: see the handbook
                services:
                  api:
                    image: api:1
                    command: echo http://x/plimsoll:allow#plimsoll:allow
                """);
        assertThat(result.warnings()).isEmpty();
    }
}
