package dev.plimsoll.render;

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
                added(task, service).ifPresent(test -> patches.addAll(check(service, test)));
            }
            patches.addAll(conditions(task, service));
        }
        return Part.of(List.of(), patches);
    }

    private static Optional<HealthTest> added(Task task, Recognised service) {
        return service.service().knownHealthcheck().isPresent() ? Optional.empty() : HealthTests.of(task, service);
    }

    private static List<Patch> check(Recognised service, HealthTest test) {
        var patches = new ArrayList<>(List.of(Patch.set(service.name(), List.of("healthcheck"), fields(service, test),
                "")));
        test.environment().forEach((name, value) -> patches.add(ComposeText.environment(service.name(), name, value,
                "the health check logs in with it")));
        return patches;
    }

    private static Map<String, Object> fields(Recognised service, HealthTest test) {
        var check = new LinkedHashMap<String, Object>();
        check.put("test", new YamlWriter.Inline(test.command()));
        // Every 10 s a dear one would take a tenth of a processor for good.
        check.put("interval", test.isDear() ? "30s" : "10s");
        check.put("timeout", test.isDear() ? "15s" : "5s");
        check.put("retries", 5);
        check.put("start_period", service.role().isStateful() ? "60s" : "30s");
        return check;
    }

    /// Only for dependencies that the user wrote without a condition, and that have a place on the server.
    private static List<Patch> conditions(Task task, Recognised service) {
        var inventory = task.plan().inventory();
        return service.service().dependencies().stream().filter(dependency -> !dependency.implicit())
                .filter(dependency -> dependency.condition() == Dependency.Condition.STARTED && !dependency.chosen())
                .filter(dependency -> task.plan().service(dependency.service()).isPresent())
                .flatMap(dependency -> inventory.named(dependency.service()).stream())
                .flatMap(target -> condition(task, target).map(condition -> Patch.set(service.name(),
                        List.of("depends_on", target.name(), "condition"), condition, "")).stream())
                .toList();
    }

    private static Optional<String> condition(Task task, Recognised target) {
        var inventory = task.plan().inventory();
        if (OneShots.is(target, inventory)) {
            return OneShots.ends(target, inventory)
                    ? Optional.of("service_completed_successfully")
                    : Optional.empty();
        }
        var checked = target.service().knownHealthcheck().filter(check -> !check.disabled() && !check.test().isEmpty())
                .isPresent() || added(task, target).isPresent();
        return checked ? Optional.of("service_healthy") : Optional.empty();
    }
}
