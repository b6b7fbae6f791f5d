package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.OneShots;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Dependency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class DependencyNotAwaited implements Rule {
    @Override
    public About about() {
        return new About("REL004", "dependency-not-awaited", Severity.MEDIUM, Confidence.CERTAIN,
                "A service starts before what it depends on is ready.",
                "The list form of `depends_on`, and `condition: service_started`, only order the start of processes. A "
                        + "database takes seconds more to answer, a migration must end first. Medium when the "
                        + "dependency has a healthcheck or ends by itself, so that waiting costs one line.",
                "Use `condition: service_healthy`, or `service_completed_successfully` for jobs that end. A YAML "
                        + "merge (`<<`) is shallow: a `depends_on` of the service's own replaces the merged one.",
                "https://docs.docker.com/compose/how-tos/startup-order/");
    }

    private static final Pattern EXPORTER = Pattern.compile(".*exporter");

    private record Wait(Recognised service, String target, Location where) {}

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var ready = new ArrayList<Wait>();
        var unready = new ArrayList<Wait>();
        inventory.running().forEach(service -> service.service().dependencies().stream()
                .filter(dependency -> dependency.condition() == Dependency.Condition.STARTED && !dependency.implicit())
                .forEach(dependency -> inventory.named(dependency.service()).ifPresent(target -> {
                    var wait = new Wait(service, target.name(), dependency.where());
                    if (isWorthMuch(service, target, inventory)) {
                        ready.add(wait);
                    } else if (!isIndifferent(service, target)) {
                        unready.add(wait);
                    }
                })));
        inventory.running().forEach(service -> lost(service, inventory).forEach(ready::add));
        return Stream.concat(
                finding(ready, Severity.MEDIUM, "Started before what they depend on is ready",
                        "Use condition: service_healthy, or service_completed_successfully for jobs that end"),
                finding(unready, Severity.LOW,
                        "Started before what they depend on is ready, which has no healthcheck to wait for",
                        "Give the dependencies a healthcheck and use condition: service_healthy"));
    }

    /// Data services that another service of the same image waits for, and this one only names: its own `depends_on`
    /// has replaced the merged one.
    private static Stream<Wait> lost(Recognised service, Inventory inventory) {
        var own = service.service().dependencies();
        if (own.isEmpty() || own.stream().anyMatch(it -> it.condition() != Dependency.Condition.STARTED)) {
            return Stream.empty();
        }
        return inventory.running().filter(target -> target.role().isStateful()
                && own.stream().noneMatch(it -> it.service().equals(target.name()))
                && Inventory.mentions(service, target.service())
                && inventory.running().anyMatch(sibling -> sibling.service().image().map(Located::value)
                        .equals(service.service().image().map(Located::value))
                        && sibling.service().dependencies().stream().anyMatch(it -> it.service().equals(target.name())
                                && it.condition() == Dependency.Condition.HEALTHY)))
                .map(target -> new Wait(service, target.name(), service.service().where("depends_on")));
    }

    private static boolean isWorthMuch(Recognised service, Recognised target, Inventory inventory) {
        if (OneShots.is(target, inventory)) {
            return true;
        }
        var hasCheck = target.service().knownHealthcheck().filter(check -> !check.disabled()).isPresent();
        return hasCheck && !isIndifferent(service, target);
    }

    /// Proxies and monitoring look for their targets again and again.
    private static boolean isIndifferent(Recognised service, Recognised target) {
        if (service.clues().imageNameMatches(EXPORTER)) {
            return true;
        }
        return switch (service.role()) {
            case PROXY, EXPORTER, TOOL -> true;
            case MONITORING -> !target.role().isStateful() && target.service().knownHealthcheck().isPresent();
            case DATABASE, CACHE, BROKER, SEARCH, STORAGE, POOLER, APP, WORKER -> switch (target.role()) {
                case PROXY, EXPORTER, TOOL -> true;
                case DATABASE, CACHE, BROKER, SEARCH, STORAGE, POOLER, APP, WORKER, MONITORING -> false;
            };
        };
    }

    private Stream<Finding> finding(List<Wait> waits, Severity severity, String why, String fix) {
        if (waits.isEmpty()) {
            return Stream.empty();
        }
        var byService = new LinkedHashMap<Recognised, List<String>>();
        waits.forEach(wait -> byService.computeIfAbsent(wait.service(), _ -> new ArrayList<>()).add(wait.target()));
        var text = Grouped.list(byService.entrySet().stream()
                .map(entry -> entry.getKey().name() + " on " + String.join(" and ", entry.getValue()))
                .toList());
        return Stream.of(Grouped.finding(this, severity, List.copyOf(byService.keySet()), waits.getFirst().where(),
                why + ": " + text, fix));
    }
}
