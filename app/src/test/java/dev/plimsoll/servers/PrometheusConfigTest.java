package dev.plimsoll.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.render.Profile;
import dev.plimsoll.render.PrometheusConf;
import dev.plimsoll.render.RenderedFile.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Prometheus' own `promtool` accepts what is rendered, and what it would not load is not loaded.
class PrometheusConfigTest {
    private static final String STACK = """
            prom:
              image: prom/prometheus:v2.42.0
              volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml", "./alerts.yml:/etc/prometheus/a.yml"]
            api: {image: "example/api:1", ports: ["8000:8000"]}
            node-exporter: {image: "prom/node-exporter:v1.9.0"}
            alertmanager: {image: "prom/alertmanager:v0.28.1"}
            """;
    private static final String ALERTS = """
            groups:
              - name: all
                rules:
                  - alert: Down
                    expr: up == 0
            """;
    private static final String TARGETS = "static_configs: [{targets: ['localhost:8000', 'localhost:9100']}]";

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {
            "scrape_configs:\n  - job_name: a\n    " + TARGETS + "\n",
            "scrape_configs: [{job_name: a, " + TARGETS + "}]\n",
            "# mine\nglobal: {scrape_timeout: 50s, scrape_interval: 1m}\nrule_files:\n  # - first.yml\n",
            "scrape_configs:\n- job_name: slow\n  scrape_timeout: 50s\n  scrape_interval: 2m\n  " + TARGETS + "\n",
            """
                    global:
                    alerting:
                      alertmanagers:
                        - static_configs:
                            - targets:
                              # - a:9093
                    rule_files: [alerts.yml]
                    """,
            "alerting:\n  alert_relabel_configs: [{action: labeldrop, regex: replica}]\nrule_files:\n- 'alerts.yml'\n",
            "global: {}\nrule_files: []\nremote_write: [{url: 'http://store.example/w'}]\n"})
    void acceptsWhatIsRendered(String config) throws IOException {
        var rendered = rendered(config, ALERTS);
        var checked = promtool(rendered);
        assertThat(checked.code()).as(rendered + checked.output()).isZero();
        assertThat(checked.output()).contains("SUCCESS: 1 rule files found").doesNotContain("WARNING");
        assertThat(rendered.replaceAll("(?m)^#.*\n", "")).doesNotContain("localhost").contains("alertmanager:9093");
    }

    @Test
    void refusesTheRulesThatWereLeftOut() throws IOException {
        assertThat(rendered("scrape_configs: []\n", ALERTS.replace("up ==", "up = ="))).doesNotContain("rule_files");
        assertThat(promtool("rule_files: [/etc/prometheus/a.yml]\n").code()).isNotZero();
    }

    private String rendered(String config, String alerts) throws IOException {
        Files.writeString(directory.resolve("a.yml"), alerts);
        var rendering = Rendering.of(new PrometheusConf(), Profile.PRODUCTION, STACK, Map.of("prometheus.yml", config,
                "alerts.yml", alerts));
        assertThat(rendering.part().files()).allMatch(file -> file.access() == Access.ALL);
        return rendering.file("prom/prometheus.yml");
    }

    private Program.Finished promtool(String config) throws IOException {
        assumeTrue(Program.find("promtool").isPresent(), "promtool is not installed");
        var file = directory.resolve("prometheus.yml");
        Files.writeString(file, config.replace("/etc/prometheus/", directory + "/"));
        return Program.run(Map.of(), List.of("promtool", "check", "config", file.toString()));
    }
}
