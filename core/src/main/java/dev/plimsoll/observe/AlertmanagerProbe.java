package dev.plimsoll.observe;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.prometheus.AlertmanagerConfig;
import dev.plimsoll.prometheus.Loaded;
import dev.plimsoll.yaml.Node;
import java.util.List;

/// The configuration Alertmanager runs with, secrets masked by itself.
public final class AlertmanagerProbe implements Probe {
    private static final Question STATUS = new Question.Http(9093, "/api/v2/status");
    private static final Question OWN = new Question.Http(9093, "/metrics");
    private static final Question SILENCES = new Question.Http(9093, "/api/v2/silences");

    @Override
    public String id() {
        return "alertmanager";
    }

    @Override
    public List<Question> questions(Lock lock, LockedService service, Container container) {
        return service.is("alertmanager") && container.isRunning()
                ? List.of(STATUS, OWN, SILENCES)
                : List.of();
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
        Reloads.of(sight, OWN, "alertmanager", facts);
        sight.json(SILENCES, "alertmanager.silence", facts).flatMap(Node::asSequence).stream()
                .flatMap(list -> list.items()
                        .stream())
                .filter(silence -> Json.text(silence, "status", "state").filter("active"::equals).isPresent())
                .filter(silence -> {
                    var matchers = Json.items(silence, "matchers").toList();
                    return !matchers.isEmpty() && matchers.stream().allMatch(AlertmanagerProbe::isForAll);
                })
                .forEach(silence -> facts.text("alertmanager.silence." + Json.text(silence, "id").orElse(""), Json.text(
                        silence, "endsAt").orElse("some time"), "/api/v2/silences"));
        return facts.done();
    }

    /// Whether every alert fits.
    private static boolean isForAll(Node matcher) {
        return Json.isTrue(matcher, "isRegex") && Json.text(matcher, "value").filter(value -> value.matches(
                "\\.[*+]|\\(\\.[*+]\\)|\\^\\.[*+]\\$")).isPresent()
                && Json.text(matcher, "isEqual").filter("false"::equals)
                        .isEmpty();
    }
}
