package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

/// More parallel workers than cores.
public final class ParallelismAboveCores implements Rule {
    @Override
    public About about() {
        return new About("DBT011", "parallelism-above-cores", Severity.LOW, Confidence.CERTAIN,
                "max_parallel_workers_per_gather is above the number of cores.",
                "The workers share the same cores and each takes its own work_mem: slower, with more "
                        + "memory.",
                "Set it to half the cores, and to 0 on two.",
                "https://www.postgresql.org/docs/current/runtime-config-resource.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var cores = inventory.host().cpus().cores();
        return inventory.ofKind("postgres").flatMap(service -> service.settings().get("max_parallel_workers_per_gather")
                .stream()
                .filter(setting -> service.settings().integer(setting.name()).filter(n -> n > cores).isPresent())
                .map(setting -> finding(service, setting.where(),
                        setting.name() + " " + setting.value() + " on " + cores
                                + " cores",
                        "Set it to " + (cores <= 2 ? 0 : cores / 2))));
    }
}
