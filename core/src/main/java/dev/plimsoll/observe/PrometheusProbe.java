package dev.plimsoll.observe;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation.Unit;
import dev.plimsoll.prometheus.Expression;
import dev.plimsoll.prometheus.Presence;
import dev.plimsoll.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What Prometheus scrapes, which rules it runs and whether they can fire, and whom it tells. Also what it knows of
/// the server through node_exporter.
public final class PrometheusProbe implements Probe {
    private static final int PORT = 9090;
    private static final Question TARGETS = api("targets?state=active");
    private static final Question RULES = api("rules");
    private static final Question ALERTMANAGERS = api("alertmanagers");
    private static final Question NAMES = api("label/__name__/values");
    private static final Question HEAD = api("status/tsdb");
    private static final Question FLAGS = api("status/flags");
    private static final Question CONFIG = api("status/config");
    private static final Question OWN = new Question.Http(PORT, "/metrics");
    /// Exporters that answer and do not reach what they watch: `pg_up`, `redis_up`.
    private static final Question BLIND = api("query?query=%7B__name__%3D~%22(pg%7Credis%7Cmysql%7Cmongodb%7C"
            + "memcached%7Cpgbouncer%7Cphpfpm%7Cnginx%7Crabbitmq)_up%22%7D%20%3D%3D%200");
    /// Facts about the server by the query that gives them.
    private static final Map<String, Question> SERVER = server();

    private static Question api(String path) {
        return new Question.Http(PORT, "/api/v1/" + path);
    }

    private static Map<String, Question> server() {
        var queries = new LinkedHashMap<String, Question>();
        queries.put("host.memory", api("query?query=max(node_memory_MemTotal_bytes)"));
        queries.put("host.memory_available", api("query?query=min(node_memory_MemAvailable_bytes)"));
        queries.put("host.disk_free_share", api("query?query=min(node_filesystem_avail_bytes%7Bfstype!~%22tmpfs%7C"
                + "ramfs%7Coverlay%7Csquashfs%7Ciso9660%22%7D%2Fnode_filesystem_size_bytes)"));
        queries.put("host.disk_full_in", api("query?query=min((node_filesystem_avail_bytes%7Bfstype!~%22tmpfs%7C"
                + "ramfs%7Coverlay%7Csquashfs%7Ciso9660%22%7D)%2F(-deriv(node_filesystem_avail_bytes%5B6h%5D)%3E0))"));
        return queries;
    }

    @Override
    public String id() {
        return "prometheus";
    }

    @Override
    public List<Question> questions(Lock lock, LockedService service, Container container) {
        if (!service.is("prometheus") || !container.isRunning()) {
            return List.of();
        }
        var questions = new java.util.ArrayList<>(List.of(TARGETS, RULES, ALERTMANAGERS, NAMES, HEAD, FLAGS, CONFIG,
                OWN, BLIND));
        questions.addAll(SERVER.values());
        return questions;
    }

    @Override
    public List<Question> more(Sight sight) {
        return sight.is("prometheus") && sight.container().isRunning()
                ? sight.json(RULES, "prometheus.rules", new Facts(sight)).map(rules -> new NarrowedAlerts(rules, PORT)
                        .questions()).orElse(List.of())
                : List.of();
    }

    @Override
    public Observations read(Sight sight) {
        var facts = new Facts(sight);
        if (!sight.is("prometheus") || !sight.container().isRunning()) {
            return facts.done();
        }
        sight.json(TARGETS, "prometheus.target", facts).ifPresent(answer -> targets(answer, facts));
        rules(sight, facts);
        sight.json(ALERTMANAGERS, "prometheus.alertmanagers", facts).ifPresent(answer -> facts.count(
                "prometheus.alertmanagers", Json.items(answer, "data", "activeAlertmanagers").count(),
                "/api/v1/alertmanagers"));
        sight.json(HEAD, "prometheus.series", facts).flatMap(answer -> Json.number(answer, "data", "headStats",
                "numSeries")).ifPresent(series -> facts.number("prometheus.series", series, Unit.COUNT,
                        "/api/v1/status/tsdb"));
        sight.json(FLAGS, "prometheus.flag", facts).flatMap(answer -> Json.at(answer, "data"))
                .flatMap(Node::asMapping).ifPresent(flags -> flags.entries().forEach((name, value) -> value.asScalar()
                        .filter(text -> name.startsWith("storage.tsdb.retention") || name.startsWith("query."))
                        .ifPresent(text -> facts.text("prometheus.flag." + name, text.text(),
                                "/api/v1/status/flags"))));
        sight.json(CONFIG, "prometheus.rule_file", facts).flatMap(answer -> Json.text(answer, "data", "yaml"))
                .flatMap(Json::read).ifPresent(config -> {
                    var files = Json.texts(config, "rule_files").toList();
                    facts.count("prometheus.rule_files", files.size(), "/api/v1/status/config");
                    facts.count("prometheus.jobs", Json.items(config, "scrape_configs").count(),
                            "/api/v1/status/config");
                });
        sight.json(ALERTMANAGERS, "prometheus.alertmanagers", facts).ifPresent(answer -> Json.items(answer, "data",
                "activeAlertmanagers").flatMap(one -> Json.text(one, "url").stream()).forEach(
                        url -> facts.flag(
                                "prometheus.alertmanager." + url, true, "/api/v1/alertmanagers")));
        Reloads.of(sight, OWN, "prometheus", facts);
        sight.json(BLIND, "prometheus.blind", facts).ifPresent(answer -> Json.items(answer, "data", "result").forEach(
                series -> facts.flag("prometheus.blind." + Json.text(series, "metric", "__name__").orElse("") + " of "
                        + Json.text(series, "metric", "instance").orElse("its exporter"), true, "/api/v1/query")));
        SERVER.forEach((what, question) -> server(sight, what, question, facts));
        return facts.done();
    }

    private static void targets(Node answer, Facts facts) {
        var targets = Json.items(answer, "data", "activeTargets").toList();
        facts.count("prometheus.targets", targets.size(), "/api/v1/targets");
        targets.forEach(target -> {
            var error = Json.text(target, "lastError").orElse("");
            facts.text("prometheus.target." + Json.text(target, "labels", "job").orElse("") + " "
                    + Json.text(target, "labels", "instance").orElse(""),
                    Json.text(target, "health").orElse(
                            "unknown"),
                    error.isEmpty() ? "/api/v1/targets" : error);
        });
    }

    private static void rules(Sight sight, Facts facts) {
        var names = sight.json(NAMES, "prometheus.dead", facts).map(answer -> new Presence(Json.texts(answer, "data")
                .collect(Collectors.toSet())));
        var groups = sight.json(RULES, "prometheus.rules", facts);
        groups.ifPresent(answer -> {
            var narrowed = new NarrowedAlerts(answer, PORT);
            var count = 0;
            var alerts = 0;
            for (var group : Json.items(answer, "data", "groups").toList()) {
                for (var rule : Json.items(group, "rules").toList()) {
                    count++;
                    alerts += Json.text(rule, "type").orElse("").equals("alerting") ? 1 : 0;
                    rule(name(group, rule), rule, names, facts);
                    narrowed.unknown(rule, sight).ifPresent(unknown -> facts.text("prometheus.unknown_target." + name(
                            group, rule), String.join(" ", unknown), "/api/v1/query"));
                }
            }
            facts.count("prometheus.rules", count, "/api/v1/rules");
            facts.count("prometheus.alerts", alerts, "/api/v1/rules");
            Json.items(answer, "data", "groups").flatMap(group -> Json.text(group, "file").stream()).distinct()
                    .forEach(file -> facts.flag("prometheus.loaded_file." + file, true, "/api/v1/rules"));
        });
    }

    private static String name(Node group, Node rule) {
        return Json.text(group, "name").orElse("") + "/" + Json.text(rule, "name").orElse("");
    }

    private static void rule(String name, Node rule, Optional<Presence> names, Facts facts) {
        var error = Json.text(rule, "lastError").orElse("");
        facts.text("prometheus.rule." + name, Json.text(rule, "health").orElse("unknown"), error.isEmpty()
                ? "/api/v1/rules"
                : error);
        if (Json.text(rule, "type").orElse("").equals("alerting")) {
            Json.text(rule, "state").ifPresent(state -> facts.text("prometheus.alert." + name, state,
                    "/api/v1/rules"));
            names.flatMap(known -> Json.text(rule, "query").flatMap(Expression::parse).map(known::missing))
                    .ifPresent(missing -> facts.text("prometheus.dead." + name, String.join(" ", missing),
                            "/api/v1/label/__name__/values"));
        }
    }

    /// The one value of a query; no gap when there is none, as not every stack runs node_exporter.
    private static void server(Sight sight, String what, Question question, Facts facts) {
        sight.json(question, what, facts).flatMap(Json::sample)
                .ifPresent(value -> facts.number(what, value, what.endsWith("_share")
                        ? Unit.RATIO
                        : what.endsWith("_in") ? Unit.SECONDS : Unit.BYTES, "node_exporter"));
    }
}
