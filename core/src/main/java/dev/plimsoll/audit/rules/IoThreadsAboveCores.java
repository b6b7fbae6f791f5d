package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

/// Redis wants more threads than there are cores.
public final class IoThreadsAboveCores implements Rule {
    @Override
    public About about() {
        return new About("DBT024", "io-threads-above-cores", Severity.MEDIUM, Confidence.CERTAIN,
                "io-threads is at or above the number of cores.",
                "The threads spin while they wait, and take the cores from the server thread and from "
                        + "everything else.",
                "Leave io-threads at 1 below four cores.",
                "https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var cores = inventory.host().cpus().cores();
        return inventory.ofKind("redis").flatMap(service -> service.settings().get("io-threads").stream()
                .filter(setting -> service.settings().integer("io-threads").filter(n -> n > 1 && n >= cores)
                        .isPresent())
                .map(setting -> finding(service, setting.where(), "io-threads " + setting.value() + " on " + cores
                        + " cores", "Remove io-threads")));
    }
}
