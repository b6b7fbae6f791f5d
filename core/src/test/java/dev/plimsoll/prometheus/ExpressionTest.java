package dev.plimsoll.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final List<String> SEEDS = List.of(
            "sum by (job, le) (rate(http_request_duration_seconds_bucket{job=~\"api|web\", code!=\"5..\"}[5m])) > 0.5",
            "histogram_quantile(0.95, sum(rate(x_bucket[2m])) by (le)) > 1 and on (job) up == 1 unless absent(foo)",
            "predict_linear(node_filesystem_avail_bytes{mountpoint=\"/\"}[1h], 4 * 3600) < 0 or (a / (b > 0)) >= bool 2",
            "max_over_time(rate(x[5m])[1h:1m] offset -5m) @ end() * 100 - 3e2 ^ -2", "{__name__=\"up\", job='x'} == 0",
            "node_memory_MemFree_bytes + ignoring(a) group_left(b) y % 0x1f # comment");

    @ParameterizedTest
    @ValueSource(
            strings = {"up == 0", "sum(rate(a[5m])) by (b) > 1", "sum without (b) (a)", "-a + 3", "a offset 5m > 1",
                    "rate(a[1h30m])", "rate(a[5m:1m])", "a @ 1609746000", "topk(5, a)",
                    "label_replace(a, \"b\", \"$1\", \"c\", \"(.*)\")",
                    "a > bool 1", "a and on () b", "a / on (x) group_left (y) b", "{__name__=~\"a|b\"}",
                    "{\"my.metric\", job=\"x\"}",
                    "job:rate:5m", "(a) > (b)", "vector(1)", "time() - a > 60", "a == Inf", "count_values(\"v\", a)",
                    "a ^ 2 ^ 3"})
    void understands(String text) {
        assertThat(Expression.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sum(", "a >", "a[5m", "{a=b}", "a b", "((a)", "rate(a[foo])", "€", "\"open"})
    void refusesWhatIsNoPromql(String text) {
        assertThat(Expression.parse(text)).isEmpty();
    }

    @Test
    void findsMetricsWithoutFunctionsKeywordsAndLabels() {
        assertThat(metrics(SEEDS.getFirst())).containsExactly("http_request_duration_seconds_bucket");
        assertThat(metrics(SEEDS.get(1))).containsExactly("x_bucket", "up", "foo");
        assertThat(metrics("{__name__=\"up\"} == 0")).containsExactly("up");
        assertThat(metrics("sum by (instance) (a) / on (instance) group_left (nodename) b")).containsExactly("a", "b");
    }

    @Test
    void readsMatchersAndWindows() {
        var selector = Expression.parse("rate(a{b=\"c\\\"d\", e=~'f'}[1m30s])").orElseThrow().selectors().findFirst()
                .orElseThrow();

        assertThat(selector.label("b")).contains("c\"d");
        assertThat(selector.label("e")).isEmpty();
        assertThat(selector.range()).contains(Duration.ofSeconds(90));
    }

    @Test
    void bindsAsPrometheusDoes() {
        assertThat(Expression.parse("a or b and c > 1 + 2 * 3 ^ 4")).isEqualTo(
                Expression.parse("a or (b and (c > (1 + (2 * (3 ^ 4)))))"));
        assertThat(Expression.parse("a - b - c")).isEqualTo(Expression.parse("(a - b) - c"));
        assertThat(Expression.parse("2 ^ 3 ^ 2")).isEqualTo(Expression.parse("2 ^ (3 ^ 2)"));
    }

    @Test
    void conditionsAreTheComparisonsThatDecide() {
        var conditions = Expression.parse("a > 1 and b < 2 or sum(c > 3) == 4 unless d > 5").orElseThrow().conditions()
                .map(Expression.Binary::operator).toList();

        assertThat(conditions).containsExactly(">", "<", "==");
    }

    /// A config may hold any text; none may stop the audit.
    @Test
    void neverThrows() {
        var random = new Random(20240917);
        for (var round = 0; round < 20_000; round++) {
            var text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
            for (var change = random.nextInt(6); change >= 0 && !text.isEmpty(); change--) {
                var at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, (char) random.nextInt(0x500));
                    case 2 -> text.insert(at, "(){}[],\"'`\\:@-^0x5m".charAt(random.nextInt(18)));
                    default -> text.replace(at, text.length(), SEEDS.get(random.nextInt(SEEDS.size())));
                }
            }
            var parsed = Expression.parse(text.toString());
            parsed.ifPresent(expression -> assertThat(expression.all().count()).isPositive());
        }
    }

    @Test
    void deepTextDoesNotExhaustTheStack() {
        for (var part : List.of("(", "-", "a+", "sum(", "{", "a[5m:", "2^", "\"a", "a,")) {
            assertThat(Expression.parse(part.repeat(6_000))).isEmpty();
        }
    }

    private static List<String> metrics(String text) {
        return Expression.parse(text).orElseThrow().metrics();
    }
}
