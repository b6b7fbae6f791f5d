package dev.plimsoll.runtime.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class LocalGenerationsTest {
    private final LocalGenerations generations = new LocalGenerations();
    private final Tag jira = Tag.of("jira:acme");
    private final Tag repo = Tag.of("repo:acme");

    @Test
    void aStampIsCurrentUntilOneOfItsTagsIsInvalidated() {
        var both = generations.stamp(List.of(jira, repo));
        var one = generations.stamp(List.of(repo));
        generations.invalidate(List.of(jira));
        assertThat(generations.isCurrent(both)).isFalse();
        assertThat(generations.isCurrent(one)).isTrue();
    }

    @Test
    void aStampTakenAfterwardsIsCurrent() {
        generations.invalidate(List.of(jira));
        assertThat(generations.isCurrent(generations.stamp(List.of(jira)))).isTrue();
    }

    @Test
    void aStampOfUnknownTagsIsNotCurrent() {
        var elsewhere = new LocalGenerations().stamp(List.of(jira));
        assertThat(generations.isCurrent(elsewhere)).isFalse();
    }

    @Test
    void aTagThatWasNeverInvalidatedTakesNoMemory() {
        for (var document = 0; document < 1_000; document++) {
            var stamp = generations.stamp(List.of(Tag.of("document:" + document)));
            assertThat(generations.isCurrent(stamp)).isTrue();
        }
        assertThat(generations.remembered()).isZero();
    }

    @Test
    void anyNumberOfInvalidatedTagsTakesBoundedMemoryAndRevivesNothing() {
        var first = generations.stamp(List.of(Tag.of("ticket:0")));
        var untouched = generations.stamp(List.of(jira));
        for (var ticket = 0; ticket < 250_000; ticket++) {
            var tag = List.of(Tag.of("ticket:" + ticket));
            var before = generations.stamp(tag);
            generations.invalidate(tag);
            assertThat(generations.isCurrent(before)).isFalse();
            assertThat(generations.isCurrent(generations.stamp(tag))).isTrue();
        }
        assertThat(generations.remembered()).isLessThanOrEqualTo(100_000);
        assertThat(generations.isCurrent(first)).isFalse();
        assertThat(generations.isCurrent(untouched)).isFalse();
    }

    @Test
    void whatHasNoTagsIsAlwaysCurrent() {
        assertThat(generations.isCurrent(Stamp.NONE)).isTrue();
    }

    @Test
    void aTagIsOnePrintableWord() {
        assertThatIllegalArgumentException().isThrownBy(() -> Tag.of("two words")).withMessageContaining("two words");
        assertThatIllegalArgumentException().isThrownBy(() -> Tag.of("")).withMessageContaining("1 to 200");
        assertThat(Tag.of("jira:acme")).hasToString("jira:acme");
    }
}
