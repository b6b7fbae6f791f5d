package dev.plimsoll.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void singleChangesAreNamedCheapestFirstAndALargerServerLast() {
        var plan = plan("db: {image: 'postgres:16', x-plimsoll: {connections: 300}}\n" + unknown(6), 4);
        assertThat(plan.singles()).filteredOn(change -> change.service().isPresent()).hasSizeGreaterThan(1)
                .isSortedAccordingTo(Comparator.comparingDouble(Change::cost));
        assertThat(plan.singles().getLast().what()).startsWith("a server with");
    }

    @Test
    void theOnlyServiceIsNotSentElsewhere() {
        assertThat(plan("u: {image: 'example/u:1', deploy: {replicas: 12}}", 2).singles()).isNotEmpty().noneMatch(
                change -> change.what().contains("another server"));
    }

    @Test
    void whatMattersMoreGetsMore() {
        var limits = Stream.of("high", "normal", "low").map(priority -> plan("""
                it: {image: 'node:22', command: 'node a.js', x-plimsoll: {priority: %s}}
                other: {image: 'node:22', command: 'node a.js'}
                """.formatted(priority), 2).service("it").orElseThrow().limit()).toList();
        assertThat(limits).isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates();
    }

    /// A page for the operator is cheaper to do without than a service of the application's.
    @Test
    void whatIsCheapToGiveUpIsLeftOutFirst() {
        var apps = IntStream.range(0, 5).mapToObj(number -> "a" + number + ": {image: 'eclipse-temurin:21', command: "
                + "'java -Xmx256m -jar a.jar'}").collect(Collectors.joining("\n"));
        var plan = plan(apps + "\n" + unknown(4), 3);
        assertThat(plan.leftOut()).isNotEmpty().allMatch(name -> name.startsWith("u"));
    }

    /// What needs more than the server has must not keep off what is small.
    @Test
    void oneTooLargeForTheServerLeavesRoomForTheOthers() {
        var large = "big: {image: 'elasticsearch:8.13.0', environment: {ES_JAVA_OPTS: -Xmx12g}}\n";
        for (var gigabytes : List.of(4L, 16L)) {
            var plan = plan(large + "grafana: {image: 'grafana/grafana:11.0.0'}\n"
                    + "portainer: {image: 'portainer/portainer-ce:2.20.0'}", gigabytes);
            assertThat(plan.leftOut()).containsExactly("big");
        }
    }

    /// What its makers ask for is more than this server has left.
    @Test
    void aProgramThatAsksForMuchTakesWhatTheOthersLeave() {
        var plan = plan("scanner: {image: 'clamav/clamav:1.4'}\n" + unknown(3), 4);
        assertThat(plan.services()).filteredOn(service -> service.kind().equals("unknown")).allSatisfy(
                service -> assertThat(service.limit()).isEqualTo(ASSUMED));
        assertThat(plan.service("scanner").orElseThrow().limit()).isGreaterThan(MemorySize.ofMegabytes(2560));
        assertThat(plan.combination()).extracting(Change::toString).singleElement().asString().contains(
                "scanner", "instead of the 3 GB assumed");
    }

    @Test
    void aProgramGetsWhatItsMakersAskForBeforeCountsAreRaised() {
        var plan = plan("identity: {image: 'keycloak/keycloak:26.0'}\ndb: {image: 'postgres:16', x-plimsoll: "
                + "{connections: 300}}", 3);
        assertThat(plan.service("identity").orElseThrow().limit()).isEqualTo(MemorySize.ofMegabytes(752));
        assertThat(plan.service("db").orElseThrow().level()).isLessThan(300);
    }

    private static String apps(int count) {
        return IntStream.range(0, count).mapToObj(number -> "a" + number + ": {image: 'eclipse-temurin:21', command: "
                + "'java -Xmx256m -jar a.jar'}\n").collect(Collectors.joining());
    }

    /// It is as if nobody named who uses it.
    @ParameterizedTest
    @ValueSource(strings = {"zz-migrate: {image: 'e/migrate:1', restart: 'no', depends_on: [db]}",
            "exporter: {image: 'prometheuscommunity/postgres-exporter:v0.15.0', depends_on: [db]}"})
    void aDatabaseThatOnlyAJobOrAnExporterLooksAtComesFirst(String client) {
        var plan = plan(apps(6) + "db: {image: 'postgres:16'}\n" + client, 2);
        assertThat(plan.leftOut()).isNotEmpty().doesNotContain("db");
    }

    @Test
    void aCacheDoesNotWaitForTheApplicationThatUsesIt() {
        var plan = plan(apps(6) + "cache: {image: 'redis:7'}\nzz: {image: 'eclipse-temurin:21', command: "
                + "'java -Xmx512m -jar a.jar', depends_on: [cache]}", 2);
        assertThat(plan.leftOut()).contains("zz").doesNotContain("cache");
    }

    @Test
    void ofTwoAlikeTheLargerGivesWay() {
        var plan = plan("a: {image: 'eclipse-temurin:21', command: 'java -Xmx1g -jar a.jar'}\n"
                + "b: {image: 'eclipse-temurin:21', command: 'java -Xmx256m -jar a.jar'}", 2);
        assertThat(plan.leftOut()).containsExactly("a");
    }

    @Test
    void aDatabaseComesWithTheApplicationThatUsesIt() {
        var pairs = IntStream.range(0, 8).mapToObj(number -> "db" + number + ": {image: 'postgres:16'}\napp" + number
                + ": {image: 'eclipse-temurin:21', command: 'java -Xmx256m -jar a.jar', depends_on: [db" + number
                + "]}").collect(Collectors.joining("\n"));
        var plan = plan(pairs, 4);
        var apps = plan.services().stream().map(ServicePlan::service).filter(name -> name.startsWith("app")).count();
        var databases = plan.services().size() - apps;
        assertThat(apps).isGreaterThanOrEqualTo(3);
        assertThat(databases).isBetween(apps, apps + 1);
    }
}
