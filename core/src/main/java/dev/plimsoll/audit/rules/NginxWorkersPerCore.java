package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

/// nginx counts the server's cores instead of its own share.
public final class NginxWorkersPerCore implements Rule {
    @Override
    public About about() {
        return new About("MEM041", "nginx-workers-per-core", Severity.LOW, Confidence.ADVICE,
                "nginx has worker_processes auto and a CPU limit below the server's cores.",
                "`auto` counts the server's cores, not the container's share: the workers compete for a "
                        + "fraction of a core, and each holds its own connections and caches.",
                "Set worker_processes to the CPU limit, rounded up.",
                "https://nginx.org/en/docs/ngx_core_module.html#worker_processes");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var cores = inventory.host().cpus().cores();
        return inventory.ofKind("nginx").flatMap(service -> service.settings().get("worker_processes").stream()
                .filter(setting -> setting.value().equals("auto"))
                .filter(_ -> service.service().cpuLimit().filter(limit -> limit.value().cores() < cores).isPresent())
                .map(setting -> finding(service, setting.where(), "worker_processes auto starts " + cores
                        + " workers for a CPU limit of " + service.service().cpuLimit().orElseThrow().value(),
                        "Set worker_processes " + service.service().cpuLimit().orElseThrow().value().cores())));
    }
}
