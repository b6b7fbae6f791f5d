package dev.plimsoll.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plimsoll.runtime.tag.Tag;
import org.junit.jupiter.api.Test;

class SyncRulesTest {
    record File(String org, String fileHash) {}

    private final SyncRules rules = SyncRules.by("org").on("jira", "gaps:*", "rel:ticket:*").on("repo", "impact:*",
            "rel:*");

    @Test
    void valuesCarryTheTagsOfAllEventsThatDropThem() {
        assertThat(rules.tagsOf(KeyTemplate.of("gaps:comprehensive:{org}"))).containsExactly("jira:{org}");
        assertThat(rules.tagsOf(KeyTemplate.of("impact:file:{org}:{fileHash}", File.class))).containsExactly(
                "repo:{org}");
        assertThat(rules.tagsOf(KeyTemplate.of("rel:ticket:{org}"))).containsExactly("jira:{org}", "repo:{org}");
        assertThat(rules.tagsOf(KeyTemplate.of("user:{id}"))).isEmpty();
    }

    @Test
    void anEventIsOneTagHoweverManyPatternsItHas() {
        assertThat(rules.tag("jira", "acme")).isEqualTo(Tag.of("jira:acme"));
        assertThat(KeyTemplate.of("gaps:x:{org}").under(rules).tags("a/b")).containsExactly(rules.tag("jira", "a/b"));
    }

    @Test
    void aRuleMayBeToldInParts() {
        var parts = SyncRules.by("org").on("jira", "gaps:*").on("repo", "gaps:*").on("jira", "rel:*");
        assertThat(parts.tagsOf(KeyTemplate.of("gaps:x:{org}"))).containsExactly("jira:{org}", "repo:{org}");
        assertThat(parts.tagsOf(KeyTemplate.of("rel:x:{org}"))).containsExactly("jira:{org}");
    }

    @Test
    void mistakesAreNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> rules.tag("jra", "acme")).withMessageContaining(
                "[jira, repo]");
        assertThatIllegalArgumentException().isThrownBy(() -> rules.on("x", "a*b")).withMessageContaining("a*b");
        assertThatIllegalArgumentException().isThrownBy(() -> rules.on("a b", "x")).withMessageContaining("a b");
        assertThatIllegalArgumentException().isThrownBy(() -> rules.tagsOf(KeyTemplate.of("gaps:all:{team}")))
                .withMessageContaining("has no {org}");
    }
}
