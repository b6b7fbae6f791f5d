package dev.plimsoll.kinds;

import static dev.plimsoll.units.MemorySize.ofMegabytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is taken from the makers of programs, and when it is not.
class DocumentedNeedTest {
    private static Optional<MemorySize> need(String service) {
        return DocumentedNeed.assumed(Examples.service(service)).map(DocumentedNeed::need);
    }

    @ParameterizedTest
    @CsvSource({"quay.io/keycloak/keycloak:26.0,750", "n8nio/n8n,512", "kibana:8.15.0,1024", "kibana:9.3.1,1024",
            "docker.elastic.co/kibana/kibana:9.4.0,2048", "kibana:9.10.0,2048", "kibana,2048",
            "dependencytrack/apiserver,4326", "dependencytrack/apiserver:4.12.0,4326",
            "ghcr.io/dependencytrack/apiserver:5.1.0,2048", "ghcr.io/immich-app/postgres:16,2048",
            "registry.example/mirror/zammad/zammad:6,512"})
    void programsAreKnownByTheirImage(String image, long megabytes) {
        assertThat(need("image: " + image)).contains(ofMegabytes(megabytes));
    }

    @ParameterizedTest
    @CsvSource({"postgres:17", "example/apiserver:1", "e/keycloak-theme:1", "example/code:1"})
    void othersAreNotTakenForThem(String image) {
        assertThat(need("image: " + image)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"`image: kibana:9.4.0\nmem_limit: 1g`",
            "`image: kibana:9.4.0\nenvironment: {NODE_OPTIONS: --max-old-space-size=800}`",
            "`image: metabase/metabase\nenvironment: {JAVA_OPTS: -Xmx512m}`",
            "`image: keycloak/keycloak:26.0\nenvironment: {JAVA_OPTS_KC_HEAP: '-XX:MaxRAMPercentage=60'}`",
            "`image: itzg/minecraft-server\nenvironment: {MEMORY: 3G}`",
            "`image: open-webui/open-webui\nx-plimsoll: {workers: 1, worker_memory: 300m}`"})
    void whoeverChoseKnowsBetter(String service) {
        assertThat(need(service)).isEmpty();
    }

    @Test
    void itTakesThePlaceOfWhatTheKindExpectsOnlyWhereThatIsLess() {
        var sonarqube = Examples.service("image: sonarqube:community");
        var demand = DocumentedNeed.demand(sonarqube, Host.TYPICAL);
        assertThat(demand.expected().total()).isEqualTo(ofMegabytes(2048));
        assertThat(demand.assumption()).isEqualTo("2 GB, the least memory that its image asks for");
        var paperless = Examples.service("image: paperlessngx/paperless-ngx\nx-plimsoll: {workers: 3}");
        assertThat(DocumentedNeed.demand(paperless, Host.TYPICAL)).isEqualTo(paperless.kind().demand(paperless,
                Host.TYPICAL));
    }
}
