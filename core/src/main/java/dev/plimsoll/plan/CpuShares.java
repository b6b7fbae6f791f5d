package dev.plimsoll.plan;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.units.Millicores;
import java.util.List;

/// The CPUs divided by what services are for. What a limit keeps one from taking goes to the others.
final class CpuShares {
    private static final int LEAST = 10;

    private final double millicoresPerWeight;

    CpuShares(List<Recognised> services, Millicores cpus) {
        var each = 0.0;
        for (var next = perWeight(services, cpus, each); next > each; next = perWeight(services, cpus, each)) {
            each = next;
        }
        this.millicoresPerWeight = each;
    }

    /// What a weight of 1 gets when those stay at their limits that would reach them with so much.
    private static double perWeight(List<Recognised> services, Millicores cpus, double reached) {
        var free = (double) cpus.value();
        var weights = 0.0;
        for (var service : services) {
            if (limit(service) <= reached * weight(service)) {
                free -= limit(service) * service.replicas();
            } else {
                weights += weight(service) * service.replicas();
            }
        }
        return weights == 0 ? reached : free / weights;
    }

    /// For each container.
    Millicores of(Recognised service) {
        return new Millicores((int) Math.max(LEAST, Math.min(limit(service), millicoresPerWeight * weight(service))));
    }

    private static double limit(Recognised service) {
        return service.service().cpuLimit().map(limit -> (double) limit.value().value()).filter(limit -> limit > 0)
                .orElse(Double.MAX_VALUE);
    }

    private static double weight(Recognised service) {
        return switch (service.role()) {
            case DATABASE, APP -> 3;
            case WORKER, SEARCH -> 2;
            case CACHE, BROKER, STORAGE, PROXY -> 1;
            case POOLER, MONITORING -> 0.5;
            case EXPORTER, TOOL -> 0.1;
        };
    }
}
