package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Limits, health, life and ports of services, and how the patches of several renderers join.
class ComposePartTest {
    private static String text(Renderer renderer, String services) {
        return String.valueOf(PatchTree.of(Tasks.production(renderer, services).patches().stream()
                .filter(patch -> patch.service().equals("it")).toList()));
    }

    @Test
    void joinsListsOfSeveralPatchesAndLetsALaterValueWin() {
        var tree = PatchTree.of(List.of(Patch.set("it", List.of("volumes"), List.of("a:/a"), "first"),
                Patch.set("it", List.of("volumes"), List.of("b:/b"), ""), Patch.set("it", List.of("restart"), "no", ""),
                Patch.set("it", List.of("restart"), "always", "")));
        assertThat(String.valueOf(tree)).contains("a:/a", "b:/b", "restart=always").doesNotContain("restart=no");
    }

    @Test
    void bindsDatabasesToTheLoopbackInterfaceAndLeavesTheEntranceOpen() {
        assertThat(text(new ServicePorts(), "it: {image: 'postgres:16', ports: ['5432:5432']}"))
                .contains("127.0.0.1:5432:5432", "!override");
        assertThat(text(new ServicePorts(), "it: {image: 'example/web:1', ports: ['80:8000']}")).isEqualTo("{}");
    }

    @Test
    void asksForHealthOnlyWhereNobodyDoes() {
        assertThat(text(new ServiceHealth(), "it: {image: 'postgres:16'}")).contains("pg_isready");
        assertThat(text(new ServiceHealth(), "it: {image: 'postgres:16', healthcheck: {test: mine}}"))
                .doesNotContain("pg_isready");
    }

    /// The plan's connections are not in force behind a script, and a server that cannot fork refuses its clients.
    @Test
    void leavesADatabaseTheProcessesOfItsOwnConnections() {
        for (var command : List.of("sh -c 'exec postgres'", "sh -c 'exec postgres -c max_connections=100'")) {
            assertThat(text(new ServiceLimits(), "it: {image: 'postgres:16', command: " + command + "}"))
                    .as(command).contains("pids=200");
        }
        assertThat(text(new ServiceLimits(), "it: {image: 'postgres:16', command: postgres -c max_connections=300}"))
                .contains("pids=400");
    }

    @Test
    void keepsARestartPolicyAndRotatesLogs() {
        assertThat(text(new ServiceLife(), "it: {image: 'example/web:1'}")).contains("unless-stopped", "max-size");
        assertThat(text(new ServiceLife(), "it: {image: 'example/web:1', restart: always, logging: {driver: local}}"))
                .doesNotContain("unless-stopped", "max-size");
    }

    @Test
    void keepsTheWishThatAServiceBeNotRestarted() {
        for (var service : List.of("{image: 'postgres:16', restart: 'no'}", "{image: 'example/web:1', restart: 'no'}",
                "{image: 'mongo:7', restart: 'no', command: mongosh --eval 1}")) {
            assertThat(text(new ServiceLife(), "it: " + service)).as(service).doesNotContain("restart");
        }
    }

    @Test
    void startsNoClientAgainThatEnds() {
        assertThat(text(new ServiceLife(), "it: {image: 'mongo:7', command: mongosh --host m --eval 1}"))
                .doesNotContain("restart");
        assertThat(text(new ServiceLife(), "it: {image: 'postgres:16', command: [sh, -c, 'while :; do pg_dump a; sleep "
                + "86400; done']}")).contains("unless-stopped");
    }

    @Test
    void limitsInTheFormTheUserWrites() {
        assertThat(text(new ServiceLimits(), "it: {image: 'example/web:1', mem_limit: 1g}"))
                .contains("mem_limit", "pids_limit").doesNotContain("deploy");
        assertThat(text(new ServiceLimits(), "it: {image: 'example/web:1'}")).contains("deploy", "memswap_limit")
                .doesNotContain("mem_limit=");
    }
}
