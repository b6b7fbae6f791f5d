package dev.plimsoll.kinds;

import dev.plimsoll.prometheus.ScrapeJob;
import dev.plimsoll.prometheus.Target;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Estimates how many series the targets of a Prometheus expose.
final class ScrapedSeries {
    /// Prometheus' own metrics: 436 measured with version 2.42.
    static final int OWN = 450;
    /// Assumed for a program that exports its own metrics, and for each container that cAdvisor sees.
    private static final int APPLICATION = 200;
    private static final int PER_CONTAINER = 80;
    /// Assumed for a job whose targets are found by service discovery.
    private static final int DISCOVERED = 1000;
    /// Measured with default collectors on a small stack, rounded up.
    private static final Map<String, Integer> MEASURED = Map.of("prometheus", OWN, "alertmanager", 270,
            "node-exporter", 550, "postgres-exporter", 560, "redis-exporter", 270, "blackbox-exporter", 50,
            "victoria-metrics", 790);

    private ScrapedSeries() {}

    static int of(Stack stack, List<ScrapeJob> jobs) {
        var series = 0L;
        for (var job : jobs) {
            series += job.discovers() ? DISCOVERED : 0;
            for (var target : job.targets()) {
                series += Target.of(target).map(address -> of(stack, address)).orElse(APPLICATION);
            }
        }
        return Math.clamp(series, OWN, 100_000_000);
    }

    private static int of(Stack stack, Target target) {
        if (target.isLoopback()) {
            return OWN;
        }
        return service(stack, target.host()).map(service -> {
            var kind = Kinds.of(Clues.of(stack, service), ServiceHints.NONE).id();
            return kind.equals("cadvisor")
                    ? PER_CONTAINER * stack.services().values().stream().mapToInt(Service::replicas).sum()
                    : MEASURED.getOrDefault(kind, APPLICATION);
        }).orElse(APPLICATION);
    }

    private static Optional<Service> service(Stack stack, String host) {
        return stack.services().values().stream().filter(service -> service.name().equals(host) || service
                .text("container_name").filter(name -> name.value().equals(host)).isPresent()).findFirst();
    }
}
