package dev.plimsoll.prometheus;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.units.Durations;
import dev.plimsoll.yaml.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One entry of `scrape_configs`.
///
/// @param name empty when it has none
/// @param interval its own, or the global one
/// @param targets the static ones, as written
/// @param discovers whether targets also come from service discovery
/// @param relabelsAddress whether relabelling replaces the address, as with the blackbox exporter
/// @param exporter the address that replaces all of them, when it is a fixed one
/// @param mayRenameJob whether its series may carry another `job` label
public record ScrapeJob(String name, Location where, String metricsPath, Duration interval,
        List<Located<String>> targets, boolean discovers, boolean relabelsAddress,
        Optional<Located<String>> exporter, boolean mayRenameJob) {
    public ScrapeJob {
        targets = List.copyOf(targets);
    }

    static ScrapeJob of(Node.Mapping job, Duration globalInterval) {
        var groups = Yaml.mappings(job, "static_configs");
        var relabelled = Yaml.mappings(job, "relabel_configs").stream()
                .flatMap(step -> Yaml.text(step, "target_label").stream()).map(Located::value).toList();
        var renames = Yaml.isTrue(job, "honor_labels") || relabelled.contains("job")
                || job.get("metric_relabel_configs").isPresent() || job.get("file_sd_configs").isPresent()
                || job.get("http_sd_configs").isPresent()
                || groups.stream().anyMatch(group -> Yaml.text(Yaml.mapping(group, "labels"), "job").isPresent());
        return new ScrapeJob(Yaml.text(job, "job_name").map(Located::value).orElse(""), job.where(),
                Yaml.text(job, "metrics_path").map(Located::value).orElse("/metrics"),
                Yaml.text(job, "scrape_interval").flatMap(text -> Durations.parse(text.value()))
                        .filter(interval -> !interval.isZero()).orElse(globalInterval),
                groups.stream().flatMap(group -> Yaml.texts(group, "targets").stream()).toList(), discovers(job),
                relabelled.contains("__address__"), exporter(job), renames);
    }

    private static Optional<Located<String>> exporter(Node.Mapping job) {
        return Yaml.mappings(job, "relabel_configs").stream().filter(step -> Yaml.text(step, "target_label")
                .filter(label -> label.value().equals("__address__")).isPresent())
                .flatMap(step -> Yaml.text(step, "replacement").stream())
                .filter(address -> !address.value().contains("$")).findFirst();
    }

    /// The addresses Prometheus itself connects to, as written; empty when relabelling computes them.
    public List<Located<String>> addresses() {
        return relabelsAddress ? exporter.map(List::of).orElse(List.of()) : targets;
    }

    /// Whether a job or an alertmanager entry has any `*_sd_configs`.
    static boolean discovers(Node.Mapping entry) {
        return entry.entries().keySet().stream().anyMatch(key -> key.endsWith("_sd_configs"));
    }
}
