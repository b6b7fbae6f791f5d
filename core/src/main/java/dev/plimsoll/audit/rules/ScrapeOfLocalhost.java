package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.Target;
import java.util.stream.Stream;

/// Prometheus scrapes localhost, which is its own container.
public final class ScrapeOfLocalhost implements Rule {
    private static final int OWN_PORT = 9090;

    @Override
    public About about() {
        return new About("OBS010", "scrape-of-localhost", Severity.HIGH, Confidence.CERTAIN,
                "Scrape targets are on localhost, which inside the container is Prometheus itself.",
                "Nothing else listens there, so these targets are down from the first minute and every alert "
                        + "on their metrics is dead.",
                "Use the service name and its container port, such as api:8000.",
                "https://docs.docker.com/compose/how-tos/networking/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.readable(inventory).filter(monitored -> monitored.around().isIsolated())
                .flatMap(monitored -> {
                    var own = ownPort(monitored);
                    var lost = monitored.scrapes().filter(scrape -> scrape.target().isLoopback()
                            && !scrape.target().port().orElse(80).equals(own)).toList();
                    return lost.stream().limit(1).map(first -> finding(monitored.service(), first.target().where(),
                            "inside the container " + monitored.service().name() + ", "
                                    + Monitored.joined(lost.stream().map(scrape -> scrape.target() + " (job "
                                            + scrape.job().name() + ")").toList())
                                    + (lost.size() == 1 ? " is" : " are")
                                    + " the container itself, where nothing listens",
                            "Use service names, such as " + example(monitored, first.target())));
                });
    }

    private static int ownPort(Monitored monitored) {
        return monitored.flag("--web.listen-address").map(address -> address.map(text -> text.startsWith(":")
                ? "0.0.0.0" + text
                : text)).flatMap(Target::of).flatMap(Target::port).orElse(OWN_PORT);
    }

    /// The service of the stack that listens on the target's port, where there is one.
    private static String example(Monitored monitored, Target target) {
        var port = target.port().orElse(80);
        return monitored.inventory().running().filter(service -> !service.role().isStateful())
                .filter(service -> service.kind().ports().contains(port)
                        || service.service().ports().stream().anyMatch(published -> published.target() == port))
                .findFirst().map(service -> service.name() + ":" + port).orElse("api:" + port);
    }
}
