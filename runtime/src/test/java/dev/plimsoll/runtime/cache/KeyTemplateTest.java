package dev.plimsoll.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plimsoll.runtime.tag.Tag;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyTemplateTest {
    record Ticket(String org, String key) {}

    @Test
    void aKeyIsItsTemplateWithValues() {
        assertThat(KeyTemplate.of("gaps:comprehensive:{org}").render("acme")).isEqualTo("gaps:comprehensive:acme");
        assertThat(KeyTemplate.of("rel:ticket:{org}:{key}", Ticket.class).render(new Ticket("acme", "A-1")))
                .isEqualTo("rel:ticket:acme:A-1");
        assertThat(KeyTemplate.of("a:{org}:b").render("x")).isEqualTo("a:x:b");
    }

    @Test
    void noValueLooksLikeTwo() {
        var template = KeyTemplate.of("rel:ticket:{org}:{key}", Ticket.class);
        assertThat(template.render(new Ticket("a:b", "c"))).isEqualTo("rel:ticket:a%3Ab:c")
                .isNotEqualTo(template.render(new Ticket("a", "b:c")));
        assertThat(template.render(new Ticket("{key}", "100 % \u00e4*"))).isEqualTo(
                "rel:ticket:%7Bkey%7D:100%20%25%20%C3%A4%2A");
        assertThat(template.render(new Ticket("", ""))).isEqualTo("rel:ticket::");
    }

    /// Half of a character, as JSON may carry it, has no UTF-8.
    @Test
    void neitherHalfACharacterNorNoValueLooksLikeAnother() {
        var template = KeyTemplate.of("rel:ticket:{org}:{key}", Ticket.class);
        assertThat(Stream.of("a?", "a\ud800", "a\udc00", "a\ud800\udc00", "a\ud836\udc00", "null", null)
                .map(org -> template.render(
                        new Ticket(org, "1"))))
                .doesNotHaveDuplicates().contains("rel:ticket:a%uD800:1", "rel:ticket:%-:1");
    }

    @Test
    void aTagHasAValueForEachPlaceholder() {
        assertThat(KeyTemplate.tag("board:{org}", "a b")).isEqualTo(Tag.of("board:a%20b"));
        assertThatIllegalArgumentException().isThrownBy(() -> KeyTemplate.tag("board:{org}")).withMessageContaining(
                "takes 1 values, not 0");
    }

    @Test
    void tagsAreMadeOfTheSameValues() {
        var template = KeyTemplate.of("rel:ticket:{org}:{key}", Ticket.class).tagged("board:{org}", "all");
        assertThat(template.tags(new Ticket("a b", "1"))).containsExactly(Tag.of("board:a%20b"), Tag.of("all"));
    }

    @Test
    void aTagThatIsNamedTwiceIsOne() {
        var template = KeyTemplate.of("rel:ticket:{org}:{key}", Ticket.class).tagged("x:{org}").tagged("x:{key}");
        assertThat(template.tags(new Ticket("a", "a"))).containsExactly(Tag.of("x:a"));
    }

    @Test
    void aListHasAValueForEachPlaceholder() {
        var template = KeyTemplate.ofList("rel:ticket:{org}:{key}");
        assertThat(template.render(List.of("acme", "A-1"))).isEqualTo("rel:ticket:acme:A-1");
        for (var values : List.of(List.of("acme"), List.of("acme", "A-1", "more"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> template.render(values)).withMessageContaining(
                    "takes 2 values, not " + values.size());
        }
    }

    @Test
    void aLongValueMakesATagOfItsOwnToo() {
        var template = KeyTemplate.of("x:{id}").tagged("x:{id}");
        var one = template.tags("v".repeat(500) + "1");
        assertThat(one.get(0).name()).hasSizeLessThanOrEqualTo(Tag.LONGEST);
        assertThat(template.tags("v".repeat(500) + "2")).doesNotContainAnyElementsOf(one);
    }

    @Test
    void aTemplateAndItsRecordAgree() {
        assertThatIllegalArgumentException().isThrownBy(() -> KeyTemplate.of("rel:{org}", Ticket.class))
                .withMessageContaining("[org, key]");
        assertThatIllegalArgumentException().isThrownBy(() -> KeyTemplate.of("rel:{org}:{key}")).withMessageContaining(
                "2 placeholders");
        assertThatIllegalArgumentException().isThrownBy(() -> KeyTemplate.of("rel:{org}").tagged("x:{team}"))
                .withMessageContaining("x:{team}");
        assertThatIllegalArgumentException().isThrownBy(() -> KeyTemplate.of("rel:{org}").tagged("{org}"))
                .withMessageContaining("begins with a placeholder");
        assertThatIllegalArgumentException().isThrownBy(() -> KeyTemplate.of("rel {org}")).withMessageContaining(
                "rel {org}");
        assertThatIllegalArgumentException().isThrownBy(() -> KeyTemplate.of("{org}:{org}")).withMessageContaining(
                "twice");
    }
}
