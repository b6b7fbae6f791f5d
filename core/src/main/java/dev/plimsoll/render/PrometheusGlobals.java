package dev.plimsoll.render;

import dev.plimsoll.kinds.Neighbourhood;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.prometheus.AlertmanagerServer;
import dev.plimsoll.prometheus.PrometheusConfig;
import dev.plimsoll.prometheus.PrometheusServer;
import dev.plimsoll.prometheus.Target;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Invocation;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.Durations;
import dev.plimsoll.yaml.Node;
import dev.plimsoll.yaml.YamlReader;
import dev.plimsoll.yaml.YamlSplice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What holds for all jobs of a Prometheus: how often it looks, and whom it tells.
final class PrometheusGlobals {
    /// Half the built-in minute: a rate over the usual two minutes then sees four samples instead of two, and memory
    /// hardly depends on it.
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final int ALERTMANAGER_PORT = 9093;

    private PrometheusGlobals() {}

    static void mend(Neighbourhood around, PrometheusConfig config, PrometheusConf.Source source,
            PrometheusEdits edits) {
        var root = root(source);
        intervals(root, edits);
        if (config.alertmanagers().isEmpty() && !config.discoversAlertmanagers()) {
            alertmanagers(around, edits);
        }
    }

    private static Node.Mapping root(PrometheusConf.Source source) {
        return YamlReader.read(source.path(), source.text()).flatMap(Node::asMapping)
                .orElseGet(() -> Node.Mapping.empty(
                        Location.ofFile(source.path())));
    }

    private static void intervals(Node.Mapping root, PrometheusEdits edits) {
        var global = root.get("global").flatMap(Node::asMapping);
        for (var key : List.of("scrape_interval", "evaluation_interval")) {
            if (global.flatMap(mapping -> mapping.get(key)).filter(node -> !node.isNull()).isPresent()
                    || key.equals("scrape_interval") && hasLongTimeout(root)) {
                continue;
            }
            edits.set("global", key, Durations.text(INTERVAL));
            edits.changed("global." + key, Durations.text(INTERVAL), "you choose none, and " + (key.startsWith("scrape")
                    ? "at the built-in minute a rate over two minutes has two samples at best"
                    : "the built-in minute is how late every alert may be noticed"), PrometheusEdits.MANUAL);
        }
    }

    /// Prometheus refuses a timeout above its interval.
    private static boolean hasLongTimeout(Node.Mapping root) {
        var jobs = root.get("scrape_configs").flatMap(Node::asSequence).stream().flatMap(list -> list.items().stream())
                .flatMap(job -> job.asMapping().stream()).filter(job -> job.get("scrape_interval").isEmpty());
        return Stream.concat(root.get("global").flatMap(Node::asMapping).stream(), jobs)
                .flatMap(mapping -> mapping.get("scrape_timeout").stream()).flatMap(node -> node.asScalar().stream())
                .anyMatch(timeout -> Durations.parse(timeout.text()).filter(found -> found.compareTo(INTERVAL) <= 0)
                        .isEmpty());
    }

    private static void alertmanagers(Neighbourhood around, PrometheusEdits edits) {
        var inventory = around.inventory();
        var reachable = inventory.ofKind("alertmanager").filter(around::shares).toList();
        var unlike = reachable.stream().filter(service -> flags(inventory.stack(), service).filter(
                PrometheusGlobals::isServedElsewhere).isPresent()).map(Recognised::name).toList();
        if (!unlike.isEmpty()) {
            edits.left("it tells no Alertmanager; name " + String.join(", ", unlike) + " under `alerting` yourself, as "
                    + "its flags change the path or the protocol.");
        } else if (!reachable.isEmpty()) {
            var addresses = reachable.stream().map(service -> service.name() + ":" + port(inventory.stack(), service))
                    .toList();
            edits.set("alerting", "alertmanagers", new YamlSplice.Appended(List.of(Map.of("static_configs", List.of(
                    Map.of("targets", addresses))))));
            edits.changed("alerting.alertmanagers", String.join(", ", addresses), "the stack runs an Alertmanager and "
                    + "the config named none, so no alert reached anybody", PrometheusEdits.MANUAL);
        }
    }

    private static Optional<Invocation> flags(Stack stack, Recognised service) {
        return AlertmanagerServer.of(stack, service.service()).flags();
    }

    /// Whether flags change the path or the protocol.
    static boolean isServedElsewhere(Invocation flags) {
        return Stream.of("--web.route-prefix", "--web.external-url", "--web.config.file").anyMatch(name -> flags
                .option(name).filter(value -> !value.value().matches("/?|https?://[^/]*/?")).isPresent());
    }

    private static int port(Stack stack, Recognised service) {
        return flags(stack, service).flatMap(run -> run.option("--web.listen-address")).flatMap(
                PrometheusGlobals::port).orElse(ALERTMANAGER_PORT);
    }

    /// The port of a listen address such as `:9093`.
    static Optional<Integer> port(Located<String> address) {
        return Target.of(address.map(text -> text.startsWith(":") ? "0.0.0.0" + text : text)).flatMap(Target::port);
    }

    /// The port on which a Prometheus itself listens.
    static int ownPort(PrometheusServer server) {
        return server.flag("--web.listen-address").flatMap(PrometheusGlobals::port).orElse(9090);
    }
}
