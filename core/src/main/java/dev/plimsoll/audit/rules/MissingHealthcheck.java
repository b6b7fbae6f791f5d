package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.OneShots;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.stack.BuiltImage;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class MissingHealthcheck implements Rule {
    /// Images that bring a HEALTHCHECK of their own.
    private static final Pattern BRINGS_ITS_OWN = Pattern.compile("cadvisor|autoheal|watchtower|uptime-kuma|pihole|"
            + "paperless-ngx|gitlab-[ce]e|homepage|open-webui|immich-(server|machine-learning)|mysql-server|"
            + "docker-socket-proxy|jellyfin|docker-mailserver");

    @Override
    public About about() {
        return new About("REL002", "missing-healthcheck", Severity.MEDIUM, Confidence.CERTAIN,
                "Services run without a healthcheck.",
                "The engine then only knows whether the process exists. A hung server counts as up, and nothing can "
                        + "wait for it with `condition: service_healthy`. Medium when a data service or one that "
                        + "others depend on is concerned, low otherwise.",
                "Give each a `healthcheck` that asks the service itself, such as `pg_isready` or an HTTP request.",
                "https://docs.docker.com/reference/compose-file/services/#healthcheck");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var without = inventory.running().filter(service -> service.service().knownHealthcheck().isEmpty()
                && service.service().built().flatMap(BuiltImage::healthcheck).isEmpty())
                .filter(service -> !service.clues().imageNameMatches(BRINGS_ITS_OWN)
                        && !service.clues().imageIs("immich-app/postgres"))
                .filter(service -> !OneShots.is(service, inventory)).toList();
        if (without.isEmpty()) {
            return Stream.empty();
        }
        var worst = without.stream().filter(service -> matters(service, inventory)).findFirst();
        var first = worst.orElse(without.getFirst());
        return Stream.of(Grouped.finding(this, worst.isPresent() ? Severity.MEDIUM : Severity.LOW, without,
                first.service().where(), "No healthcheck on " + Grouped.names(without),
                "Add a healthcheck that asks the service itself; start with " + first.name()));
    }

    private static boolean matters(Recognised service, Inventory inventory) {
        return service.role().isStateful() || isAwaited(service, inventory);
    }

    private static boolean isAwaited(Recognised service, Inventory inventory) {
        if (Bystanders.is(service)) {
            return false;
        }
        return switch (service.role()) {
            case MONITORING, EXPORTER, PROXY, TOOL -> false;
            case DATABASE, CACHE, BROKER, SEARCH, STORAGE, POOLER, APP, WORKER -> inventory.running()
                    .flatMap(other -> other.service().dependencies().stream())
                    .anyMatch(dependency -> dependency.service().equals(service.name()));
        };
    }
}
