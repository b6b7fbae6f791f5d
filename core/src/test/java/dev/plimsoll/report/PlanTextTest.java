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

    private static String text(String compose, int gigabytes) {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", compose)), ComposeLoader.Request.of(
                "compose.yml"));
        return PlanText.of(Planner.plan(Inventory.of(stack, Host.of(MemorySize.ofGigabytes(gigabytes), Millicores
                .ofCores(2))))).replaceAll("\\s+", " ");
    }
}
