package dev.plimsoll.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A limit that rests on a guess takes part of the memory that nobody else needs.
class RoomForGuessesTest {
    private static MemorySize limit(String service) {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", "services:\n  it: " + service
                + "\n  db: {image: 'postgres:17'}\n")), ComposeLoader.Request.of("compose.yml"));
        return Planner.plan(Inventory.of(stack, Host.of(MemorySize.ofGigabytes(16), Millicores.ofCores(4))))
                .service("it").orElseThrow().limit();
    }

    @ParameterizedTest
    @CsvSource({"ghcr.io/immich-app/immich-machine-learning:v1.120.0, 2048",
            "ghcr.io/immich-app/immich-server:v1.120.0, 1024", "jc21/nginx-proxy-manager:2.12.1, 768",
            "lscr.io/linuxserver/swag:3.0.1, 768", "ghcr.io/open-webui/open-webui:v0.5.4, 768"})
    void onAnOtherwiseEmptyServer(String image, long megabytes) {
        assertThat(limit("{image: '" + image + "'}")).isGreaterThanOrEqualTo(MemorySize.ofMegabytes(megabytes));
    }

    @Test
    void aJobLeavesTheRestToWhatRunsAllTheTime() {
        var job = limit("{image: 'e/x:1', restart: 'no'}");
        assertThat(job).isGreaterThanOrEqualTo(MemorySize.ofMegabytes(192)).isLessThan(limit("{image: 'e/x:1'}")
                .dividedBy(2));
    }

    @Test
    void notBeyondALimitThatWasChosen() {
        assertThat(limit("{image: 'e/x:1', mem_limit: 300m}")).isLessThanOrEqualTo(MemorySize.ofMegabytes(304));
    }
}
