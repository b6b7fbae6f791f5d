package dev.plimsoll.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.audit.rules.HeapAboveLimit;
import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapAboveLimitTest {
    private static String fix(String options) {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", """
                services:
                  api:
                    image: eclipse-temurin:25-jre
                    command: java %s -jar api.jar
                    deploy: {resources: {limits: {memory: 512m}}}
                """.formatted(options))), ComposeLoader.Request.of("compose.yml"));
        return new HeapAboveLimit().check(Inventory.of(stack, Host.TYPICAL)).findFirst().orElseThrow().fix();
    }

    @Test
    void theHeapGetsWhatTheRestLeaves() {
        assertThat(fix("-Xmx500m")).isEqualTo("Set -Xmx282m, or raise the limit to 768 MB");
    }

    /// 204 MB of code cache more than its part of the rest.
    @ParameterizedTest
    @CsvSource({"-XX:ReservedCodeCacheSize=252m,'Set -Xmx78m, or raise the limit to 960 MB'",
            "-XX:MaxMetaspaceSize=512m,Raise the limit to 1152 MB"})
    void boundsThatSomebodyChoseCount(String bound, String advice) {
        assertThat(fix("-Xmx500m " + bound)).isEqualTo(advice);
    }
}
