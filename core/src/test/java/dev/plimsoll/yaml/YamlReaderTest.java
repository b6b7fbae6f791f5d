package dev.plimsoll.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private static Node.Mapping read(String text) {
        return (Node.Mapping) YamlReader.read("c.yml", text).orElseThrow();
    }

    private static Node.Scalar scalar(String text) {
        return (Node.Scalar) read("key: " + text + "\n").get("key").orElseThrow();
    }

    private static Object plain(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.text();
            case Node.Sequence list -> list.items().stream().map(YamlReaderTest::plain).toList();
            case Node.Mapping mapping -> mapping.entries().entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + plain(entry.getValue())).toList();
        };
    }

    @ParameterizedTest
    @CsvSource({"25:25, STRING", "0:0, STRING", "'.', STRING", "yes, STRING", "No, STRING", "on, STRING", "off, STRING",
            "1h30m, STRING", "2024-01-01, STRING", "1.2.3, STRING", "0x, STRING", "~x, STRING", "tRUE, STRING",
            "'''1''', STRING", "'\"true\"', STRING", "!!str 5, STRING", "true, BOOL", "False, BOOL", "TRUE, BOOL",
            "0777, INT", "1_000, INT", "-5, INT", "+5, INT", "0, INT", "0x1F, INT", "0o17, INT", "0b11, INT",
            "1.5, FLOAT", ".5, FLOAT", "1e3, FLOAT", "-.inf, FLOAT", ".nan, FLOAT", "null, NULL", "~, NULL",
            "'', NULL"})
    void scalarsAreThoseOfYaml12(String text, Node.Scalar.Type type) {
        assertThat(scalar(text).type()).isEqualTo(type);
    }

    @Test
    void textStaysAsWritten() {
        assertThat(scalar("0777").text()).isEqualTo("0777");
        assertThat(scalar("1_000").text()).isEqualTo("1_000");
        assertThat(scalar("'it''s'").text()).isEqualTo("it's");
        assertThat(scalar("|\n  a\n  b\n").text()).isEqualTo("a\nb\n");
        assertThat(scalar(">-\n  a\n  b\n").text()).isEqualTo("a b");
    }

    @Test
    void everyNodeKnowsItsPlace() {
        var root = read("a:\n  - x\n  -   y: 1\nb: *c\n".replace("*c", "{d: 2}"));
        var list = (Node.Sequence) root.get("a").orElseThrow();
        assertThat(root.keyLocation("b")).isEqualTo(new Location("c.yml", 4, 1));
        assertThat(list.items().get(0).where()).isEqualTo(new Location("c.yml", 2, 5));
        assertThat(((Node.Mapping) list.items().get(1)).get("y").orElseThrow().where())
                .isEqualTo(new Location("c.yml", 3, 10));
        assertThat(root.get("b").orElseThrow().where()).isEqualTo(new Location("c.yml", 4, 4));
    }

    @Test
    void anAliasIsTheAnchoredNode() {
        var root = read("a: &x\n  k: 1\nb: *x\nc: &y 5\nd: *y\n");
        assertThat(root.get("b").orElseThrow()).isSameAs(root.get("a").orElseThrow());
        assertThat(plain(root.get("d").orElseThrow())).isEqualTo("5");
    }

    @Test
    void mergeKeysFillInWhatIsNotWritten() {
        var root = read("a: &a {x: 1, y: 1}\nb:\n  <<: *a\n  y: 2\nc:\n  y: 3\n  <<: *a\n");
        assertThat(plain(root.get("b").orElseThrow())).isEqualTo(List.of("y=2", "x=1"));
        assertThat(plain(root.get("c").orElseThrow())).isEqualTo(List.of("y=3", "x=1"));
    }

    @Test
    void mergingIsShallow() {
        var root = read("a: &a {deep: {x: 1, y: 1}}\nb:\n  <<: *a\n  deep: {x: 2}\n");
        assertThat(plain(root.get("b").orElseThrow())).isEqualTo(List.of("deep=[x=2]"));
    }

    @Test
    void theFirstOfSeveralMergedMappingsWins() {
        var root = read("a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc:\n  <<: [*a, *b]\nd:\n  <<: *b\n  <<: *a\n");
        assertThat(plain(root.get("c").orElseThrow())).isEqualTo(List.of("x=1", "y=2"));
        assertThat(plain(root.get("d").orElseThrow())).isEqualTo(List.of("x=2", "y=2"));
    }

    @Test
    void aMergedKeyStandsWhereItWasWritten() {
        var merged = (Node.Mapping) read("a: &a\n  x: 1\nb:\n  <<: *a\n").get("b").orElseThrow();
        assertThat(merged.keyLocation("x").line()).isEqualTo(2);
    }

    @Test
    void mergeKeysMayCarryTheirTag() {
        assertThat(plain(read("a: &a {x: 1}\nb:\n  !!merge <<: *a\n").get("b").orElseThrow()))
                .isEqualTo(List.of("x=1"));
        assertThat(plain(read("a:\n  <<:\n  x: 1\n").get("a").orElseThrow())).isEqualTo(List.of("x=1"));
    }

    @Test
    void onlyMappingsCanBeMerged() {
        assertThatThrownBy(() -> read("a:\n  <<: word\n")).isInstanceOf(InputException.class)
                .hasMessage("c.yml:2:7: `<<` merges mappings, and `word` is none. Refer to a mapping with `*anchor`.");
    }

    @Test
    void aRepeatedKeyIsRefusedWithBothLines() {
        assertThatThrownBy(() -> read("services:\n  a: 1\n  b: 2\n  a: 3\n")).isInstanceOf(InputException.class)
                .hasMessage("c.yml:4:3: the key `a` is already defined at line 2. Keep one of the two.");
    }

    @Test
    void tagsOfTheComposeSpecificationAreKept() {
        var root = read("a: !reset null\nb: !override [1]\nc: 1\n");
        assertThat(root.get("a").orElseThrow().joining()).isEqualTo(Node.Joining.RESET);
        assertThat(root.get("b").orElseThrow().joining()).isEqualTo(Node.Joining.REPLACE);
        assertThat(root.get("c").orElseThrow().joining()).isEqualTo(Node.Joining.MERGE);
    }

    @Test
    void manyAliasesAreFine() {
        var text = new StringBuilder("x: &x {a: 1, b: [1, 2, 3]}\n");
        for (var at = 0; at < 2000; at++) {
            text.append("s").append(at).append(":\n  <<: *x\n");
        }
        assertThat(read(text.toString()).entries()).hasSize(2001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%1$s, %1$s, %1$s, %1$s, %1$s, %1$s, %1$s, %1$s, %1$s, %1$s]",
            "{p: %1$s, q: %1$s, r: %1$s, s: %1$s, t: %1$s, u: %1$s, v: %1$s, w: %1$s}"})
    void aliasBombIsRefusedAtOnce(String form) {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var at = 1; at < 60; at++) {
            text.append("a%d: &a%d ".formatted(at, at)).append(form.formatted("*a" + (at - 1))).append('\n');
        }
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertThatThrownBy(() -> read(text.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("grows to more than 1 million values when its aliases are written out"));
    }

    @Test
    void aValueThatContainsItselfIsRefused() {
        for (var text : List.of("a: &a\n  b: *a\n", "a: &a [*a]\n", "a: &a\n  <<: *a\n")) {
            assertThatThrownBy(() -> read(text)).isInstanceOf(InputException.class)
                    .hasMessageContaining("an alias refers to a value that contains it");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {250, 5_000, 200_000, 1_500_000})
    void deepNestingIsRefusedAndNoCrash(int levels) {
        for (var text : List.of("[".repeat(levels), "a: " + "[".repeat(levels) + "]".repeat(levels),
                "- ".repeat(levels) + "x", "{a: ".repeat(Math.min(levels, 900_000)))) {
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertThatThrownBy(() -> YamlReader.readAll("c.yml",
                    text)).isInstanceOf(InputException.class));
        }
    }

    @Test
    void moderateNestingIsFine() {
        assertThat(read("a: " + "[".repeat(150) + "]".repeat(150)).entries()).hasSize(1);
    }

    @Test
    void tooLargeFilesAreRefused() {
        assertThatThrownBy(() -> read("a: " + "x".repeat(4_000_001))).isInstanceOf(InputException.class)
                .hasMessageContaining("more than 4 million characters");
    }

    @Test
    void tabsMayStandBeforeComments() {
        assertThat(plain(read("a: 1\t# note\n\t# another\nb: 2\n"))).isEqualTo(List.of("a=1", "b=2"));
    }

    @Test
    void tabsForIndentationAreRefusedWithTheirPlace() {
        assertThatThrownBy(() -> read("a:\n\tb: 1\n")).isInstanceOf(InputException.class)
                .hasMessageStartingWith("c.yml:2:1: this is not valid YAML: ");
    }

    @Test
    void lineEndsAndByteOrderMarksDoNotMatter() {
        var expected = List.of("a=[x=1]", "b=2");
        assertThat(plain(read("a:\r\n  x: 1\r\nb: 2\r\n"))).isEqualTo(expected);
        assertThat(plain(read("\uFEFFa:\n  x: 1\nb: 2"))).isEqualTo(expected);
        assertThat(read("a:\r\n  x: 1\r\nb: 2\r\n").keyLocation("b").line()).isEqualTo(3);
    }

    @Test
    void documentsAreReadOneByOne() {
        assertThat(YamlReader.readAll("c.yml", "a: 1\n---\nb: 2\n...\n")).hasSize(2);
        assertThat(YamlReader.readAll("c.yml", "# nothing\n")).isEmpty();
        assertThat(YamlReader.readAll("c.yml", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!Fal%e", "!%20 a", "a: !x%20 b", "%YAML 9.9\n--- a", "!<> a", "a: !h!x b"})
    void badTagsAndDirectivesAreRefusedOrRead(String text) {
        try {
            assertThat(YamlReader.readAll("c.yml", text)).hasSize(1);
        } catch (InputException refused) {
            assertThat(refused).hasMessageContaining("this is not valid YAML: ");
        }
    }

    @Test
    void badSyntaxNamesItsPlace() {
        assertThatThrownBy(() -> read("a: 1\nb: [1, 2\nc: 3\n")).isInstanceOf(InputException.class)
                .hasMessageMatching("c\\.yml:\\d+:\\d+: this is not valid YAML: .*");
        assertThatThrownBy(() -> read("a: *nowhere\n")).isInstanceOf(InputException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> read("? [a, b]\n: 1\n")).isInstanceOf(InputException.class)
                .hasMessage("c.yml:1:3: a key is not a plain word. Use text as the key.");
    }
}
