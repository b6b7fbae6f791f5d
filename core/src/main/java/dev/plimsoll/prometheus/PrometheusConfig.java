package dev.plimsoll.prometheus;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import dev.plimsoll.units.Durations;
import dev.plimsoll.yaml.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A `prometheus.yml`.
///
/// @param where its first line
/// @param ruleFiles patterns as written
/// @param alertmanagers static targets of `alerting`
/// @param discoversAlertmanagers whether some are found by service discovery
/// @param hasRemoteSeries whether series come from elsewhere: remote read, federation, further scrape files
/// @param refusals what makes Prometheus refuse the file
public record PrometheusConfig(Location where, Duration scrapeInterval, List<ScrapeJob> jobs,
        List<Located<String>> ruleFiles, List<Located<String>> alertmanagers, boolean discoversAlertmanagers,
        boolean hasRemoteSeries, Optional<Located<String>> retentionSize, List<Problem> refusals) {
    /// https://prometheus.io/docs/prometheus/latest/configuration/configuration/
    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);
    private static final Set<String> KEYS = Set.of("global", "runtime", "alerting", "rule_files",
            "scrape_config_files", "scrape_configs", "storage", "tracing", "remote_write", "remote_read", "otlp");

    public PrometheusConfig {
        jobs = List.copyOf(jobs);
        ruleFiles = List.copyOf(ruleFiles);
        alertmanagers = List.copyOf(alertmanagers);
        refusals = List.copyOf(refusals);
    }

    public static PrometheusConfig of(Node.Mapping root) {
        var interval = Yaml.text(Yaml.mapping(root, "global"), "scrape_interval")
                .flatMap(text -> Durations.parse(text.value())).filter(found -> !found.isZero())
                .orElse(DEFAULT_INTERVAL);
        var jobs = Yaml.mappings(root, "scrape_configs").stream().map(job -> ScrapeJob.of(job, interval)).toList();
        var alerting = Yaml.mappings(Yaml.mapping(root, "alerting"), "alertmanagers");
        var alertmanagers = alerting.stream().flatMap(one -> Yaml.mappings(one, "static_configs").stream())
                .flatMap(group -> Yaml.texts(group, "targets").stream()).toList();
        var remote = root.get("remote_read").isPresent() || root.get("scrape_config_files").isPresent()
                || jobs.stream().anyMatch(job -> job.metricsPath().contains("federate"));
        return new PrometheusConfig(root.where(), interval, jobs, Yaml.texts(root, "rule_files"), alertmanagers,
                alerting.stream().anyMatch(ScrapeJob::discovers), remote,
                Yaml.text(Yaml.mapping(Yaml.mapping(Yaml.mapping(root, "storage"), "tsdb"), "retention"), "size"),
                refusals(root, jobs));
    }

    private static List<Problem> refusals(Node.Mapping root, List<ScrapeJob> jobs) {
        var problems = new ArrayList<Problem>();
        root.entries().keySet().stream().filter(key -> !KEYS.contains(key)).forEach(key -> problems.add(new Problem(
                root.keyLocation(key), "`" + key + "` is no key of a Prometheus config",
                "Correct the spelling or move it to where it belongs")));
        for (var key : List.of("scrape_configs", "rule_files")) {
            root.get(key).filter(node -> !node.isNull() && node.asSequence().isEmpty()).ifPresent(node -> problems
                    .add(new Problem(node.where(), "`" + key + "` is no list", "Start each entry with `- `")));
        }
        var seen = new LinkedHashMap<String, Location>();
        for (var job : jobs) {
            if (job.name().isEmpty()) {
                problems.add(new Problem(job.where(), "a scrape config has no job_name", "Give it a job_name"));
            } else if (seen.putIfAbsent(job.name(), job.where()) != null) {
                problems.add(new Problem(job.where(), "the job_name `" + job.name() + "` is used twice",
                        "Rename one of the two jobs"));
            }
        }
        return problems;
    }
}
