package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.OneShots;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Redis;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.kinds.ServiceHints.RedisRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

public final class DataWithoutVolume implements Rule {
    /// Monitoring that forgets silences, dashboards or history.
    private static final Map<String, String> MONITORING = Map.of("prometheus", "/prometheus", "alertmanager",
            "/alertmanager", "grafana", "/var/lib/grafana", "grafana-oss", "/var/lib/grafana", "loki", "/loki");

    @Override
    public About about() {
        return new About("REL006", "data-without-volume", Severity.CRITICAL, Confidence.CERTAIN,
                "A service that stores data has no volume for it.",
                "Data then lives in the container or in an anonymous volume, and the next `down` and `up` starts "
                        + "empty. "
                        + "Critical for databases and object stores, high for search, medium for brokers, low for "
                        + "caches and monitoring.",
                "Mount a named volume where the image stores its data.",
                "https://docs.docker.com/engine/storage/volumes/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var minor = new ArrayList<Recognised>();
        var found = new ArrayList<Finding>();
        inventory.running().filter(service -> !OneShots.is(service, inventory)).forEach(service -> {
            var path = directory(service);
            if (path.isEmpty() || isMountedSomewhere(service, path.get())) {
                return;
            }
            var severity = severity(service);
            if (severity == Severity.LOW) {
                minor.add(service);
            } else {
                found.add(finding(service, severity, service.service().where(), service.name()
                        + " stores data in " + path.get() + " and has no volume there",
                        "Mount a named volume at " + path.get()));
            }
        });
        if (!minor.isEmpty()) {
            var text = minor.stream().map(service -> service.name() + " (" + directory(service).orElse("") + ")")
                    .toList();
            found.add(Grouped.finding(this, Severity.LOW, minor, minor.getFirst().service().where(),
                    "No volume, so what is stored is lost with the container: " + String.join(", ", text),
                    "Mount a named volume at each path if the content is worth keeping"));
        }
        return found.stream();
    }

    private static Optional<String> directory(Recognised service) {
        var data = DataDirectories.of(service);
        if (service.role() == Role.PROXY && Exposure.open(service.service(), List.of(443)).isEmpty()) {
            return Optional.empty();
        }
        if (!data.isEmpty()) {
            return Optional.of(data.getFirst());
        }
        return service.clues().image().flatMap(image -> Optional.ofNullable(MONITORING.get(image.name())));
    }

    private static boolean isMountedSomewhere(Recognised service, String path) {
        if (DataDirectories.mount(service).isPresent() || !DataDirectories.meantForData(service).isEmpty()
                || TemporaryFiles.isMountedAt(service, path)) {
            return true;
        }
        var keepsNothing = service.is("redis") && (!Redis.forks(service) || service.hints().isFor(RedisRole.CACHE));
        return keepsNothing || service.service().mounts().stream().anyMatch(mount -> mount.covers(path)
                || mount.target().startsWith(path + "/") && List.of("/prometheus", "/loki").contains(path));
    }

    private static Severity severity(Recognised service) {
        return switch (service.role()) {
            case DATABASE, STORAGE -> Severity.CRITICAL;
            case SEARCH -> Severity.HIGH;
            case BROKER -> Severity.MEDIUM;
            case CACHE, POOLER, PROXY, APP, WORKER, MONITORING, EXPORTER, TOOL -> Severity.LOW;
        };
    }
}
