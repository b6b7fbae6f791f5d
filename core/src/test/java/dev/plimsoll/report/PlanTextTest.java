package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.plan.Planner;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTextTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
            "`{image: 'postgres:17', shm_size: 2g}`, shm_size 2097152kB →",
            "`{image: 'e/w:1', command: 'celery -A a worker -c 2 --prefetch-multiplier=4'}`, prefetch-multiplier 4 → 1",
            "`{image: 'e/a:1', command: 'gunicorn a:b', environment: {MALLOC_ARENA_MAX: 8}}`, MALLOC_ARENA_MAX 8 → 2",
            "`{image: 'prom/prometheus:v3.4.2', environment: {GOMEMLIMIT: 7GiB}}`, GOMEMLIMIT 7GiB →",
            "`{image: 'python:3.13', command: 'python a.py', mem_limit: 64m}`, memory limit 64 MB → 192 MB"})
    void namesWhatChangesWhereverItIsWritten(String service, String change) {
        assertThat(text("services:\n  it: " + service + "\n", 4)).contains("Settings of yours that change it: ")
                .contains(change);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"`{image: 'postgres:17'}`, max_connections 100 → 40",
            "`{image: 'apache/kafka:3.7.0', mem_limit: 720m}`, KAFKA_HEAP_OPTS -Xmx1024m → -Xms260m -Xmx260m",
            "`{image: 'node:22', command: 'node a.js', mem_limit: 192m}`, --max-old-space-size 259 → 106"})
    void namesDefaultsThatItGoesBelow(String service, String change) {
        assertThat(text("services:\n  it: " + service + "\n", 4)).contains("Defaults that are lowered it: " + change);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
            "`{image: 'e/a:1', command: 'gunicorn a:b', environment: {MALLOC_ARENA_MAX: 2}}`, MALLOC_ARENA_MAX 2",
            "`{image: 'python:3.13', command: 'python a.py', mem_limit: 192m}`, memory limit 192 MB",
            "`{image: 'postgres:17'}`, shared_buffers 128MB"})
    void doesNotNameWhatStaysOrIsRaised(String service, String change) {
        assertThat(text("services:\n  it: " + service + "\n", 32)).doesNotContain(change);
    }

    @ParameterizedTest
    @CsvSource({"1GB, 1024MB, true", "1000m, 1024m, true", "900m, 1024m, false",
            "97, 100, false", "100, 100, true", "ON, on, true", "on, off, false"})
    void amountsThatDifferByRoundingAreTheSame(String one, String other, boolean same) {
        assertThat(Current.isSame(one, other)).isEqualTo(same);
        assertThat(Current.isSame(other, one)).isEqualTo(same);
    }

    @Test
    void manyServicesWithoutRoomAreOneLine() {
        var text = text("services:\n" + IntStream.range(10, 30).mapToObj(number -> "  app" + number
                + ": {image: 'eclipse-temurin:25'}\n").collect(Collectors.joining()), 2);
        assertThat(text).containsPattern("\\d+ of 20 services: run them on another server saves \\d+ MB; this server "
                + "is too small for the stack: app\\d+, ").doesNotContain("app29: run it on another server");
    }

    @Test
    void whatIsAssumedOfSeveralServicesIsSaidOnce() {
        assertThat(text("services: {a: {image: e/a}, n: {image: 'node:22'}, b: {image: e/b}}\n", 4)).contains(
                "a, b: no memory model of this program; its limit is its only bound n: 180 MB for a Node.js "
                        + "application");
    }

    @Test
    void oneProcessorIsOne() {
        var inventory = inventory("services: {a: {image: e/a}}\n", 4).on(Host.of(MemorySize.ofGigabytes(4),
                Millicores.ofCores(1)));
        assertThat(PlanText.of(Planner.plan(inventory))).startsWith("project on 4 GB and 1 CPU\n");
    }

    private static final String LOWERED = """
            services:
              api: {image: 'eclipse-temurin:25', mem_limit: 768m, deploy: {replicas: 4}}
              cron: {image: e/cron, mem_limit: 100m}
              free: {image: e/free}
            """;

    /// What is declared is declared for all containers, also for those that the plan has no room for.
    @Test
    void theSumOfWhatIsThereNowCountsAllContainers() {
        var text = PlanComparison.withNow(Planner.plan(inventory(LOWERED, 2)));
        assertThat(text).containsPattern("api ×4→\\d +768 ").containsPattern("sum +3172 ").contains(
                "1 service without a limit, 1 without any bound");
    }

    /// A limit bounds what no setting does.
    @Test
    void aLimitCountsWhereSettingsDoNotBound() {
        var text = PlanComparison.withNow(Planner.plan(inventory("services: {cron: {image: e/cron, mem_limit: 100m}}\n",
                2)));
        assertThat(text).containsPattern("cron +100 +- ").containsPattern("sum +100 +100 ").contains(
                "0 services without a limit, 0 without any bound");
    }

    @Test
    void manySizesStayWithinATerminal() {
        var plans = IntStream.rangeClosed(1, 12).mapToObj(size -> Planner.plan(inventory(LOWERED, size))).toList();
        assertThat(PlanComparison.ofSizes(plans)).contains("7 GB", "12 GB").satisfies(text -> assertThat(text.lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80)));
    }

    private static Inventory inventory(String compose, int gigabytes) {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", compose)), ComposeLoader.Request.of(
                "compose.yml"));
        return Inventory.of(stack, Host.of(MemorySize.ofGigabytes(gigabytes), Millicores.ofCores(2)));
    }

    private static String text(String compose, int gigabytes) {
        return PlanText.of(Planner.plan(inventory(compose, gigabytes))).replaceAll("\\s+", " ");
    }
}
