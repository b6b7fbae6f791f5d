package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples on a real engine: as they are written they fail as their pages say, and as rendered they hold.
class ExamplesLiveTest {
    private static final long GB = 1L << 30;
    private static final long MB = 1L << 20;

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void testBed() {
        assumeTrue("1".equals(System.getenv("PLIMSOLL_TESTBED_READY")), "the test bed is not up: testbed/up");
    }

    /// Two CPUs for all, because an engine refuses to give a container more than its machine has.
    @ParameterizedTest
    @CsvSource({"rag-4gb", "book-reader", "documentation-assistant"})
    void renderedItComesUpPassesItsVerificationAndGoesDownWithoutATrace(String example) throws IOException {
        var stack = OriginalStack.copied(example, "compose.yml", directory).rendered();
        try {
            var up = Run.of("up", stack.rendered());
            assertThat(up.code()).as(up.out() + up.err()).isZero();
            assertThat(FailedChecks.of(stack.rendered())).extracting(FailedChecks.Failure::text).isEmpty();
        } finally {
            var down = Run.of("down", stack.rendered());
            assertThat(down.code()).as(down.out() + down.err()).isZero();
        }
        assertThat(stack.left()).isEmpty();
    }

    @Test
    void theDatabaseOfRagNeverStartsAndItsAlertsAreNeverLoaded() throws IOException, InterruptedException {
        try (var stack = OriginalStack.copied("rag-4gb", "compose.yml", directory)) {
            stack.compose("up", "-d", "postgres", "prometheus");
            stack.await(() -> Integer.parseInt(stack.inspect("postgres", "{{.RestartCount}}")) >= 2);
            assertThat(stack.logs("postgres")).contains("invalid option -- 'c'")
                    .doesNotContain("ready to accept connections");
            stack.await(() -> stack.prometheus("status/runtimeinfo").contains("\"reloadConfigSuccess\":true"));
            assertThat(stack.prometheus("rules")).contains("\"groups\":[]");
        }
    }

    @Test
    void noContainerOfTheFirstBookReaderHasALimit() throws IOException {
        try (var stack = OriginalStack.copied("book-reader", "before.yml", directory)) {
            stack.compose("create", "--scale", "worker=1");
            assertThat(List.of("worker", "postgres", "redis")).allSatisfy(service -> assertThat(stack.limit(service))
                    .isZero());
        }
    }

    @Test
    void theLimitsOfBookReaderAddUpToNearlyTwiceItsServer() throws IOException, InterruptedException {
        try (var stack = OriginalStack.copied("book-reader", "compose.yml", directory)) {
            stack.compose("create");
            assertThat(stack.limits("backend", "worker", "postgres", "redis")).isEqualTo(7 * GB + 512 * MB);
            assertThat(stack.limit("beat")).isZero();
            stack.compose("up", "-d", "redis");
            stack.await(() -> stack.exec("redis", "redis-cli", "ping").contains("PONG"));
            assertThat(stack.exec("redis", "redis-cli", "config", "get", "maxmemory*"))
                    .contains("allkeys-lru", String.valueOf(stack.limit("redis")));
        }
    }

    @Test
    void theDatabaseOfTheAssistantMayUseMoreThanItsLimitAndPrometheusSeesNeitherDatabase() throws IOException,
            InterruptedException {
        try (var stack = OriginalStack.copied("documentation-assistant", "compose.yml", directory)) {
            stack.compose("create");
            assertThat(stack.limits("postgres", "redis", "qdrant", "api")).isEqualTo(10 * GB + 2500 * MB);
            assertThat(stack.limits("ui", "prometheus", "grafana")).isZero();
            stack.compose("up", "-d", "postgres", "redis", "prometheus");
            stack.await(() -> stack.exec("postgres", "pg_isready", "-h", "127.0.0.1").contains("accepting"));
            assertThat(stack.exec("postgres", "psql", "-At", "-U", "assistant", "-c", "SELECT pg_size_bytes("
                    + "current_setting('work_mem')) * current_setting('max_connections')::int").strip())
                    .isEqualTo(String.valueOf(6400 * MB));
            assertThat(stack.exec("postgres", "psql", "-At", "-U", "assistant", "-c", "SELECT pg_size_bytes("
                    + "current_setting('shared_buffers'))").strip())
                    .isEqualTo(String.valueOf(stack.limit("postgres") / 2));
            assertThat(stack.exec("redis", "redis-cli", "flushall")).as("without a password").contains("OK");
            stack.await(() -> stack.prometheus("query?query=up").matches("(?s).*\"job\":\"redis\"}.*"));
            stack.await(() -> stack.prometheus("query?query=up").matches("(?s).*\"job\":\"postgres\"}.*"));
            assertThat(stack.prometheus("query?query=sum(up{job=~\"postgres|redis\"})")).contains(",\"0\"]");
        }
    }
}
