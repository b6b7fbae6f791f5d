package dev.plimsoll.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Runs every rule on its examples and keeps its page in `docs/rules` up to date; `-Dupdate=true` writes the pages.
class RulesTest {
    private static final Path PAGES = Path.of("../docs/rules");
    private static final Path CASES = Path.of("src/test/resources/rules");

    @Test
    void rulesAreSortedByIdAndUnique() {
        var ids = Rules.ALL.stream().map(Rule::id).toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(Rules.ALL).extracting(rule -> rule.about().name()).doesNotHaveDuplicates();
    }

    @Test
    void everyExampleFileHasARule() {
        assertThat(names(CASES)).isEqualTo(Rules.ALL.stream().map(rule -> rule.id() + ".txt").toList());
    }

    @TestFactory
    Stream<DynamicContainer> examples() {
        return Rules.ALL.stream().map(rule -> {
            var cases = cases(rule);
            assertThat(cases).as(rule.id() + " has an example that triggers it").anyMatch(RuleCase::triggers);
            assertThat(cases).as(rule.id() + " has an example that does not").anyMatch(c -> !c.triggers());
            return DynamicContainer.dynamicContainer(rule.id() + " " + rule.about().name(),
                    cases.stream().map(example -> DynamicTest.dynamicTest(example.title(), () -> {
                        var findings = rule.check(example.inventory()).toList();
                        if (example.triggers()) {
                            assertThat(findings).isNotEmpty();
                            assertThat(findings).allSatisfy(RulesTest::isComplete);
                        } else {
                            assertThat(findings).isEmpty();
                        }
                    })));
        });
    }

    private static void isComplete(Finding finding) {
        assertThat(finding.message()).isNotBlank().doesNotEndWith(".");
        assertThat(finding.fix()).isNotBlank().doesNotEndWith(".");
        assertThat(finding.where().file()).isNotBlank();
    }

    @TestFactory
    Stream<DynamicTest> pages() {
        return Rules.ALL.stream().map(rule -> DynamicTest.dynamicTest(rule.id(), () -> {
            isUpToDate(PAGES.resolve(rule.id() + ".md"), page(rule));
        }));
    }

    @Test
    void indexListsEveryRule() throws IOException {
        var rows = Rules.ALL.stream().map(Rule::about).map(about -> "| [%s](%s.md) | %s | %s | %s | %s |".formatted(
                about.id(), about.id(), about.name(), about.severity().word(), about.confidence().word(),
                about.what())).collect(Collectors.joining("\n"));
        isUpToDate(PAGES.resolve("README.md"), """
                # Audit rules

                Severity is the usual one; a finding may differ where the page says so. Generated from the rules.

                | id | name | severity | confidence | what is wrong |
                |---|---|---|---|---|
                """ + rows + "\n");
    }

    @Test
    void everyPageHasARule() {
        var expected = Stream.concat(Rules.ALL.stream().map(rule -> rule.id() + ".md"), Stream.of("README.md"))
                .sorted().toList();
        assertThat(names(PAGES)).isEqualTo(expected);
    }

    private static void isUpToDate(Path page, String expected) throws IOException {
        if (Boolean.getBoolean("update")) {
            Files.writeString(page, expected);
        }
        assertThat(page).as("run with -Dupdate=true to write the pages").exists();
        assertThat(Files.readString(page)).isEqualTo(expected);
    }

    private static String page(Rule rule) {
        var about = rule.about();
        var page = new StringBuilder("# %s: %s\n\n%s\n\n".formatted(about.id(), about.name(), about.what()));
        page.append("| family | severity | confidence |\n|---|---|---|\n| %s | %s | %s |\n\n".formatted(
                Family.of(about.id()).word(), about.severity().word(), about.confidence().word()));
        page.append("## Why\n\n%s\n\n## Fix\n\n%s\n\n".formatted(about.why(), about.fix()));
        for (var example : cases(rule)) {
            page.append("## %s: %s\n\n".formatted(example.triggers() ? "Found" : "Left alone", example.title()));
            if (!example.host().assumed()) {
                page.append("On a server with %s and %s CPUs:\n\n".formatted(example.host().memory(),
                        example.host().cpus()));
            }
            example.files().forEach((path, text) -> page.append("`%s`\n\n```%s\n%s```\n\n".formatted(path,
                    path.matches(".*\\.ya?ml") ? "yaml" : "", text)));
            var findings = rule.check(example.inventory()).sorted(Finding.ORDER).toList();
            if (!findings.isEmpty()) {
                page.append("```text\n");
                findings.forEach(finding -> page.append("%s: %s: %s\n  fix: %s\n".formatted(finding.where(),
                        finding.severity().word(), finding.message(), finding.fix())));
                page.append("```\n\n");
            }
        }
        return page.append("## Source\n\n%s\n".formatted(about.source())).toString();
    }

    private static List<RuleCase> cases(Rule rule) {
        var file = CASES.resolve(rule.id() + ".txt");
        try {
            return Files.exists(file) ? RuleCase.parse(Files.readString(file)) : Collections.emptyList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> names(Path directory) {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
