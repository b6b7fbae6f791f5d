package dev.plimsoll.kinds;

import dev.plimsoll.prometheus.PrometheusServer;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Invocations;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import java.util.List;
import java.util.Optional;

/// Prometheus. Its settings are its flags, without dashes, and what its config says of the series to expect.
final class Prometheus implements Kind {
    /// Name of the setting that estimates how many series its targets expose.
    static final String SERIES = "expected series";

    @Override
    public String id() {
        return "prometheus";
    }

    @Override
    public Role role() {
        return Role.MONITORING;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageIs("prom/prometheus", "prometheus/prometheus", "bitnami/prometheus",
                "bitnamilegacy/prometheus", "ubuntu/prometheus") || clues.runs("prometheus");
    }

    @Override
    public List<Integer> ports() {
        return List.of(9090);
    }

    /// The time's name before version 2.7, which later ones of version 2 still take.
    private static final String OLD_RETENTION = "storage.tsdb.retention";

    @Override
    public List<String> dataPaths(Service service) {
        return List.of(PrometheusServer.flags(Invocations.of(service).invocations(), "prometheus")
                .flatMap(run -> run.option("--storage.tsdb.path"))
                .map(path -> path.value())
                .orElse(service.foundation().filter(image -> image.repository().contains("bitnami")).isPresent()
                        ? "/opt/bitnami/prometheus/data"
                        : "/prometheus"));
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        var read = PrometheusServer.readConfig(stack, clues.service()).value();
        var settings = new Settings.Builder();
        read.ifPresent(config -> {
            config.retentionSize().ifPresent(size -> settings.set("storage.tsdb.retention.size", size.value(),
                    size.where(), Setting.Origin.FILE));
            settings.set(SERIES, String.valueOf(ScrapedSeries.of(stack, config.jobs())), config.where(),
                    Setting.Origin.FILE);
        });
        if (read.isEmpty()) {
            settings.set(SERIES, String.valueOf(ScrapedSeries.OWN), Location.ofFile(stack.mainFile()),
                    Setting.Origin.DEFAULT);
        }
        PrometheusServer.flags(clues.invocations(), "prometheus").ifPresent(run -> {
            for (var at = 0; at < run.arguments().size(); at++) {
                var word = run.arguments().get(at);
                var equals = word.value().indexOf('=');
                if (!word.value().startsWith("--")) {
                    continue;
                }
                if (equals > 0) {
                    settings.set(word.value().substring(2, equals), word.value().substring(equals + 1), word.where(),
                            Setting.Origin.FLAG);
                } else {
                    var next = at + 1 < run.arguments().size() ? run.arguments().get(at + 1).value() : "--";
                    settings.set(word.value().substring(2), next.startsWith("--") ? "true" : next, word.where(),
                            Setting.Origin.FLAG);
                }
            }
        });
        return settings.build();
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var memory = PrometheusMemory.of(service);
        var assumption = service.calibrated().get(Constant.SERIES).isPresent()
                ? ""
                : "about " + memory.series() + " series, counted by the kinds of the scrape targets";
        return new Demand(Amount.of(memory.base()), Amount.of(memory.base(), memory.expectedSeries()),
                Optional.of(memory.ceiling()), assumption);
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return new PrometheusSizing(PrometheusMemory.series(service), service.calibrated(), service.settings().value(
                "storage.tsdb.retention.time").or(() -> service.settings().value(OLD_RETENTION)),
                service.settings().value(
                        "storage.tsdb.retention.size"));
    }
}
