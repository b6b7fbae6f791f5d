package dev.plimsoll.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is given up first when memory is short.
class WhoGivesWayTest {
    private static final MemorySize ASSUMED = MemorySize.ofMegabytes(192);

    private static Plan plan(String services, long gigabytes) {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", "services:\n" + services.indent(2))),
                ComposeLoader.Request.of("compose.yml"));
        return Planner.plan(Inventory.of(stack, Host.of(MemorySize.ofGigabytes(gigabytes), Millicores.ofCores(2))));
    }

    private static String unknown(int count) {
        return IntStream.range(0, count).mapToObj(number -> "u" + number + ": {image: 'example/u" + number
                + ":1'}").collect(Collectors.joining("\n"));
    }

    @Test
    void connectionsGoBeforeProgramsWithoutAModelGetLessThanAssumed() {
        var plan = plan("db: {image: 'postgres:16', x-plimsoll: {connections: 300}}\n" + unknown(6), 4);
        assertThat(plan.services()).filteredOn(service -> service.kind().equals("unknown")).allSatisfy(
                service -> assertThat(service.limit()).isGreaterThanOrEqualTo(ASSUMED));
        assertThat(plan.service("db").orElseThrow().level()).isLessThan(300);
        assertThat(plan.fits()).isFalse();
        assertThat(plan.combination()).extracting(Change::toString).singleElement().asString().startsWith(
                "db: max_connections 300");
    }

    @Test
    void lessThanAssumedIsNamed() {
        var plan = plan(unknown(10), 2);
        assertThat(plan.leftOut()).isEmpty();
        assertThat(plan.combination()).extracting(Change::toString).anyMatch(change -> change.contains(
                "instead of the 192 MB assumed"));
    }

    @Test
    void theWayInStaysWhenAnApplicationIsTooLarge() {
        var plan = plan("traefik: {image: 'traefik:3'}\nweb: {image: 'node:22', command: 'node a.js'}\n"
                + "big: {image: 'eclipse-temurin:21', command: 'java -Xmx3g -jar a.jar'}", 2);
        assertThat(plan.leftOut()).contains("big").doesNotContain("traefik");
    }

    @Test
    void theCombinationClosesTheGap() {
        var plan = plan("u: {image: 'example/u:1', deploy: {replicas: 12}}", 2);
        var saved = plan.combination().stream().map(Change::saves).reduce(MemorySize.ZERO, MemorySize::plus);
        assertThat(plan.needed().minus(saved)).isLessThanOrEqualTo(plan.loadLine());
    }

    /// A page for the operator is cheaper to do without than a service of the application's.
    @Test
    void whatIsCheapToGiveUpIsLeftOutFirst() {
        var apps = IntStream.range(0, 5).mapToObj(number -> "a" + number + ": {image: 'eclipse-temurin:21', command: "
                + "'java -Xmx256m -jar a.jar'}").collect(Collectors.joining("\n"));
        var plan = plan(apps + "\n" + unknown(4), 3);
        assertThat(plan.leftOut()).isNotEmpty().allMatch(name -> name.startsWith("u"));
    }
}
