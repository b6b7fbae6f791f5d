package dev.plimsoll.observe;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.prometheus.AlertmanagerConfig;
import dev.plimsoll.prometheus.Loaded;
import java.util.List;

/// The configuration Alertmanager runs with, secrets masked by itself.
public final class AlertmanagerProbe implements Probe {
    private static final Question STATUS = new Question.Http(9093, "/api/v2/status");

    @Override
    public String id() {
        return "alertmanager";
    }

    @Override
    public List<Question> questions(Lock lock, LockedService service, Container container) {
        return service.is("alertmanager") && container.isRunning() ? List.of(STATUS) : List.of();
    }

    @Override
    public Observations read(Sight sight) {
        var facts = new Facts(sight);
        if (!sight.is("alertmanager") || !sight.container().isRunning()) {
            return facts.done();
        }
        sight.json(STATUS, "alertmanager", facts).flatMap(status -> Json.text(status, "config", "original"))
                .flatMap(text -> Loaded.read("alertmanager.yml", text, AlertmanagerConfig::of).value())
                .ifPresent(config -> {
                    config.receivers().forEach(receiver -> facts.count("alertmanager.receiver." + receiver.name(),
                            receiver.integrations(), "/api/v2/status"));
                    config.routes().stream().map(route -> route.value()).distinct().forEach(route -> facts.flag(
                            "alertmanager.routed." + route, true, "/api/v2/status"));
                    config.root().ifPresent(receiver -> facts.text("alertmanager.default_receiver",
                            receiver.value(), "/api/v2/status"));
                });
        return facts.done();
    }
}
