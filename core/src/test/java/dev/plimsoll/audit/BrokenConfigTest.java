package dev.plimsoll.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever the configs of Prometheus and Alertmanager look like, the audit goes through.
class BrokenConfigTest {
    private static final String COMPOSE = """
            services:
              prometheus:
                image: prom/prometheus:v3.4.2
                volumes: [./p:/etc/prometheus]
              alertmanager:
                image: prom/alertmanager:v0.28.1
                volumes: [./alertmanager.yml:/etc/alertmanager/alertmanager.yml]
            """;
    private static final String PROMETHEUS = """
            global: {scrape_interval: 15s}
            rule_files: [rules*.yml]
            alerting:
              alertmanagers:
                - static_configs: [{targets: ['alertmanager:9093']}]
            scrape_configs:
              - job_name: node
                static_configs:
                  - targets: ['node:9100', 'localhost:9091', postgres:5432]
                relabel_configs: [{target_label: instance}]
            """;
    private static final String RULES = """
            groups:
              - name: a
                rules:
                  - alert: A
                    expr: sum by (x) (rate(node_cpu{mode="idle"}[1m])) / node_load1 > 0.5
                    for: 5m
                    labels: {severity: page}
                  - record: a:b
                    expr: histogram_quantile(0.9, sum(rate(a_bucket[5m])))
            """;
    private static final String ALERTMANAGER = """
            route:
              receiver: a
              routes: [{receiver: b, routes: [{receiver: c}]}]
            receivers:
              - name: a
                slack_configs: [{api_url: 'https://hooks.slack.com/<x>'}]
            """;

    @Test
    void auditSurvivesAnyText() {
        var random = new Random(7);
        var findings = 0L;
        for (var round = 0; round < 1500; round++) {
            var files = Map.of("compose.yml", COMPOSE, "p/prometheus.yml", mutated(PROMETHEUS, random), "p/rules.yml",
                    mutated(RULES, random), "alertmanager.yml", mutated(ALERTMANAGER, random));
            var stack = ComposeLoader.load(ProjectFiles.of(files), ComposeLoader.Request.of("compose.yml"));
            var inventory = Inventory.of(stack, Host.TYPICAL);
            findings += Rules.ALL.stream().flatMap(rule -> rule.check(inventory)).count();
        }
        assertThat(findings).isPositive();
    }

    private static String mutated(String text, Random random) {
        var changed = new StringBuilder(text);
        for (var change = random.nextInt(5); change > 0; change--) {
            var at = random.nextInt(changed.length());
            switch (random.nextInt(3)) {
                case 0 -> changed.delete(at, Math.min(changed.length() - 1, at + random.nextInt(12)));
                case 1 -> changed.insert(at, "{}[]:-,&*!'\"|>\n #%$".charAt(random.nextInt(19)));
                default -> changed.insert(at, text, random.nextInt(20), 20 + random.nextInt(60));
            }
        }
        return changed.toString();
    }
}
