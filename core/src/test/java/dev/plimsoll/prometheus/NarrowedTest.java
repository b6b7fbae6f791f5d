package dev.plimsoll.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NarrowedTest {
    private static java.util.List<String> narrowed(String expression) {
        return Expression.parse(expression).orElseThrow().selectors().flatMap(selector -> Narrowed.of(selector)
                .stream()).map(Narrowed::toString).toList();
    }

    @Test
    void allLabelsOfUpAreThoseOfItsTarget() {
        assertThat(narrowed("up{job=\"node\", zone=\"a\"} == 0")).containsExactly("up{job=\"node\", zone=\"a\"}");
    }

    @Test
    void ofAnotherMetricOnlyWhoBearsTheNameCounts() {
        assertThat(narrowed("rate(errors_total{job=\"api\", code=\"500\"}[5m]) > 0")).containsExactly(
                "{job=\"api\"}");
    }

    @Test
    void whatNamesNoTargetIsLeftOut() {
        assertThat(narrowed("up == 0 or up{job=~\"n.*\"} == 0 or x{code=\"500\"} > 0 or y{job=\"\"} > 0")).isEmpty();
    }

    @Test
    void theQueryGivesANumberWhateverIsThere() {
        var selector = Expression.parse("up{job=\"a\\\"b\"}").orElseThrow().selectors().findFirst().orElseThrow();
        assertThat(Narrowed.of(selector).orElseThrow().query()).isEqualTo(
                "count(up{job=\"a\\\"b\"}) or vector(0)");
    }
}
