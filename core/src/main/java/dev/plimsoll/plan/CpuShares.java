package dev.plimsoll.plan;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.units.Millicores;
import java.util.List;

/// The CPUs divided by what services are for.
record CpuShares(List<Recognised> services, Millicores cpus) {
    Millicores of(Recognised service) {
        var all = services.stream().mapToDouble(other -> weight(other.role()) * other.replicas()).sum();
        return new Millicores((int) Math.max(10, cpus.value() * weight(service.role()) / all));
    }

    private static double weight(Role role) {
        return switch (role) {
            case DATABASE, APP -> 3;
            case WORKER, SEARCH -> 2;
            case CACHE, BROKER, STORAGE, PROXY -> 1;
            case POOLER, MONITORING -> 0.5;
            case EXPORTER, TOOL -> 0.1;
        };
    }
}
