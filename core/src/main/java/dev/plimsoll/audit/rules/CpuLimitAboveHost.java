package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

public final class CpuLimitAboveHost implements Rule {
    @Override
    public About about() {
        return new About("REL022", "cpu-limit-above-host", Severity.CRITICAL, Confidence.CERTAIN,
                "A service may use more CPUs than the server has.",
                "The engine refuses to create the container: \"range of CPUs is from 0.01 to 2.00, as there are only 2 "
                        + "CPUs available\". Said only when the server is described.",
                "Lower `cpus` to what the server has, or remove it.",
                "https://docs.docker.com/engine/containers/resource_constraints/#cpu");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        if (inventory.host().assumed()) {
            return Stream.empty();
        }
        var most = inventory.host().cpus();
        return inventory.running().flatMap(service -> service.service().cpuLimit()
                .filter(limit -> limit.value().value() > most.value())
                .map(limit -> finding(service, limit.where(), service.name() + " asks for " + limit.value()
                        + " CPUs, the server has " + most + ": the engine refuses to create the container",
                        "Set cpus to " + most + " or less"))
                .stream());
    }
}
