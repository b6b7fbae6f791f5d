package dev.plimsoll.render;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.OneShots;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.stack.Dependency;
import dev.plimsoll.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Health checks where there are none, and dependencies that wait for them.
final class ServiceHealth implements Renderer {
    @Override
    public Part render(Task task, Secrets secrets) {
        var patches = new ArrayList<Patch>();
        var inventory = task.plan().inventory();
        for (var planned : task.plan().services()) {
            var service = task.recognised(planned);
            if (!OneShots.is(service, inventory)) {
                added(service).map(test -> Patch.set(service.name(), List.of("healthcheck"), check(service, test),
                        "")).ifPresent(patches::add);
            }
            patches.addAll(conditions(task, service));
        }
        return Part.of(List.of(), patches);
    }

    private static Optional<List<String>> added(Recognised service) {
        return service.service().healthcheck().isPresent() ? Optional.empty() : HealthTests.of(service);
    }

    private static Map<String, Object> check(Recognised service, List<String> test) {
        var check = new LinkedHashMap<String, Object>();
        check.put("test", new YamlWriter.Inline(test));
        check.put("interval", "10s");
        check.put("timeout", "5s");
        check.put("retries", 5);
        check.put("start_period", service.role().isStateful() ? "60s" : "30s");
        return check;
    }

    /// Only for dependencies that the user wrote and that have a place on the server.
    private static List<Patch> conditions(Task task, Recognised service) {
        var inventory = task.plan().inventory();
        return service.service().dependencies().stream().filter(dependency -> !dependency.implicit())
                .filter(dependency -> dependency.condition() == Dependency.Condition.STARTED)
                .filter(dependency -> task.plan().service(dependency.service()).isPresent())
                .flatMap(dependency -> inventory.named(dependency.service()).stream())
                .flatMap(target -> condition(target, inventory).map(condition -> Patch.set(service.name(),
                        List.of("depends_on", target.name(), "condition"), condition, "")).stream())
                .toList();
    }

    private static Optional<String> condition(Recognised target, Inventory inventory) {
        if (OneShots.is(target, inventory)) {
            return Optional.of("service_completed_successfully");
        }
        var checked = target.service().healthcheck().filter(check -> !check.disabled()).isPresent()
                || added(target).isPresent();
        return checked ? Optional.of("service_healthy") : Optional.empty();
    }
}
