package dev.plimsoll.render;

import dev.plimsoll.kinds.Neighbourhood;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.prometheus.MetricSource;
import dev.plimsoll.prometheus.PrometheusConfig;
import dev.plimsoll.prometheus.PrometheusServer;
import dev.plimsoll.prometheus.SilentPorts;
import dev.plimsoll.prometheus.Target;
import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Targets on localhost become the services that listen on their ports, where there is no doubt which are meant.
final class ScrapeTargets {
    private static final String NETWORKING = "https://docs.docker.com/compose/how-tos/networking/";

    private final Neighbourhood around;
    private final PrometheusServer server;
    private final String source;
    private final PrometheusEdits edits;

    private ScrapeTargets(Neighbourhood around, PrometheusServer server, String source, PrometheusEdits edits) {
        this.around = around;
        this.server = server;
        this.source = source;
        this.edits = edits;
    }

    /// @param source the text of the config
    static void mend(Neighbourhood around, PrometheusServer server, PrometheusConfig config, String source,
            PrometheusEdits edits) {
        var targets = new ScrapeTargets(around, server, source, edits);
        config.jobs().forEach(job -> targets.mend("scrape_configs." + job.name(), job.name(), job.addresses()));
        targets.mend("alerting.alertmanagers", "alertmanager", config.alertmanagers());
    }

    /// The addresses of one job, or those that alerts go to.
    private void mend(String key, String job, List<Located<String>> addresses) {
        var before = new ArrayList<String>();
        var after = new ArrayList<String>();
        for (var address : addresses) {
            var target = Target.of(address).filter(_ -> !address.value().contains("/"));
            if (target.isEmpty()) {
                continue;
            }
            if (isLost(target.get())) {
                meant(target.get(), job).ifPresent(found -> {
                    edits.replace(address, found);
                    whoNames(address).ifPresent(edits::left);
                    before.add(address.value());
                    after.add(found);
                });
            } else if (target.get().isPlainName() && around.isUnknown(target.get().host())) {
                edits.left(target.get() + " (" + key + ") stays, because the stack has no such service; add it, "
                        + "correct the name, or remove the job.");
            }
        }
        if (!after.isEmpty()) {
            edits.changed(key, String.join(", ", after), "inside its container " + String.join(", ", before)
                    + " is Prometheus itself", NETWORKING);
        }
    }

    /// Rules and relabelling that name the instance by its address: it has another one from now on.
    private Optional<String> whoNames(Located<String> address) {
        var name = Pattern.compile("(?<![\\w.-])" + Pattern.quote(address.value()) + "(?!\\w)");
        var rules = server.ruleFiles().values().stream().flatMap(file -> file.value().stream()).flatMap(file -> file
                .rules().stream()).map(rule -> rule.text()).filter(text -> name.matcher(text.value()).find())
                .map(text -> text.where().toString());
        var relabelling = name.matcher(source).results().count() > 1
                ? Stream.of(address.where().file())
                : Stream.<String>of();
        var places = Stream.concat(rules, relabelling).distinct().toList();
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of(address.value() + " is still named at " + String.join(", ", places)
                        + "; what asks for this instance finds none any more.");
    }

    /// Whether the container itself is named, and another service must be meant.
    private boolean isLost(Target target) {
        var isOwn = target.port().orElse(80) == PrometheusGlobals.ownPort(server);
        return target.isLoopback() && around.isIsolated() && !isOwn;
    }

    private Optional<String> meant(Target target, String job) {
        var port = target.port().orElse(80);
        var found = candidates(port);
        var named = found.stream().filter(one -> one.service().name().equals(job)).toList();
        var clear = found.size() == 1 ? found : named;
        if (clear.size() != 1) {
            edits.left(target + " (job " + job + ") stays, because " + (found.isEmpty()
                    ? "no service of the stack is known to listen on " + port
                            + "; add the exporter it means, or remove the job."
                    : "it may mean " + String.join(" or ", found.stream().map(Candidate::toString).toList())
                            + "; write the one you mean."));
            return Optional.empty();
        }
        var one = clear.getFirst();
        var exporter = Optional.ofNullable(SilentPorts.EXPORTERS.get(one.port()));
        exporter.ifPresent(instead -> edits.left(target + " (job " + job + ") stays, because " + one
                + " does not speak HTTP; run an exporter and scrape it, such as " + instead + "."));
        return exporter.isPresent() ? Optional.empty() : Optional.of(one.toString());
    }

    /// @param port in the container
    private record Candidate(Recognised service, int port) {
        @Override
        public String toString() {
            return service.name() + ":" + port;
        }
    }

    /// Services that the user's own files show at a port come before those whose program usually has it.
    private List<Candidate> candidates(int port) {
        var written = others().flatMap(service -> written(service, port)).distinct().toList();
        return written.isEmpty()
                ? others().filter(service -> service.kind().ports().contains(port) || isExporter(service, port))
                        .map(service -> new Candidate(service, port)).toList()
                : written;
    }

    private Stream<Recognised> others() {
        return around.inventory().running().filter(service -> !service.name().equals(around.service().name()))
                .filter(around::shares);
    }

    private static Stream<Candidate> written(Recognised service, int port) {
        var text = String.valueOf(port);
        var published = service.service().ports().stream().filter(one -> one.published().filter(text::equals)
                .isPresent()).map(Port::target);
        var own = Stream.concat(service.service().ports().stream().map(Port::target).filter(target -> target == port),
                service.service().node("expose").stream().flatMap(node -> node.asSequence().stream()).flatMap(
                        list -> list.items().stream()).flatMap(item -> item.asScalar().stream()).filter(
                                item -> item
                                        .text().equals(text))
                        .map(_ -> port));
        return Stream.concat(published, own).limit(1).map(target -> new Candidate(service, target));
    }

    private static boolean isExporter(Recognised service, int port) {
        var label = (service.service().imageReference().map(image -> image.repository()).orElse("") + " "
                + service.name()).toLowerCase(Locale.ROOT);
        return MetricSource.ALL.stream().anyMatch(source -> source.ports().contains(port)
                && source.image().matcher(label).matches());
    }
}
