package dev.plimsoll.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.units.Durations;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusServerTest {
    private static final String RULES = """
            groups:
              - name: a
                rules:
                  - alert: Down
                    expr: up == 0
            """;

    @Test
    void findsRulesByPatternInMountedDirectories() {
        var server = server("""
                services:
                  prometheus:
                    image: prom/prometheus:v3.4.2
                    volumes:
                      - ./conf:/etc/prometheus
                """,
                Map.of("conf/prometheus.yml", "rule_files: ['rules/*/*.yml', '/etc/prometheus/more.yml', 'no/*.yml']\n",
                        "conf/rules/team/a.yml", RULES, "conf/rules/team/notes.txt", "x", "conf/more.yml", RULES));

        assertThat(server.ruleFiles().keySet()).containsExactly("/etc/prometheus/rules/team/a.yml",
                "/etc/prometheus/more.yml");
        assertThat(server.idlePatterns()).extracting(Located::value).containsExactly("no/*.yml");
        assertThat(server.loadedAlerts().map(alert -> alert.text().where().toString())).containsExactly(
                "conf/rules/team/a.yml:5:15", "conf/more.yml:5:15");
    }

    @Test
    void readsInlineConfigs() {
        var server = server("""
                services:
                  prometheus:
                    image: prom/prometheus:v3.4.2
                    command: --config.file=/etc/p.yml
                    configs:
                      - source: main
                        target: /etc/p.yml
                configs:
                  main:
                    content: |
                      scrape_configs:
                        - job_name: api
                          static_configs:
                            - targets: [api:8000]
                """, Map.of());

        assertThat(server.jobs()).hasSize(1);
        assertThat(server.jobs().getFirst().targets().getFirst().where().file()).isEqualTo("compose.yml");
        assertThat(server.jobs().getFirst().targets().getFirst().where().line()).isBetween(13, 14);
    }

    @Test
    void readsWhatTheCommandWrites() {
        var server = server("""
                services:
                  prometheus:
                    image: prom/prometheus:v3.4.2
                    entrypoint: [/bin/sh, -c]
                    command:
                      - |
                        cat > /tmp/p.yml <<EOF
                        scrape_configs:
                          - job_name: api
                        EOF
                        exec /bin/prometheus --config.file=/tmp/p.yml
                """, Map.of());

        assertThat(server.jobs()).extracting(ScrapeJob::name).containsExactly("api");
    }

    @Test
    void namesWhatIsMissingAndKeepsQuietOnWhatItCannotSee() {
        var compose = """
                services:
                  prometheus:
                    image: prom/prometheus:v3.4.2
                    volumes:
                      - %s:/etc/prometheus/prometheus.yml
                volumes:
                  conf:
                """;

        assertThat(server(compose.formatted("./p.yml"), Map.of()).config()).isInstanceOf(Loaded.Missing.class);
        assertThat(server(compose.formatted("conf"), Map.of()).config()).isInstanceOf(Loaded.Unseen.class);
        assertThat(server(compose.formatted("./p.yml"), Map.of("p.yml", "a: [")).config())
                .isInstanceOf(Loaded.Broken.class);
    }

    @Test
    void durationsAddUp() {
        assertThat(Durations.parse("1h30m").orElseThrow()).hasMinutes(90);
        assertThat(Durations.parse("1d")).isEqualTo(Durations.parse("24h"));
        assertThat(Durations.parse("5 minutes")).isEmpty();
        assertThat(Durations.parse("")).isEmpty();
    }

    private static PrometheusServer server(String compose, Map<String, String> files) {
        var all = new LinkedHashMap<>(files);
        all.put("compose.yml", compose);
        var stack = ComposeLoader.load(ProjectFiles.of(all), ComposeLoader.Request.of("compose.yml"));
        return PrometheusServer.of(stack, stack.services().values().iterator().next());
    }
}
