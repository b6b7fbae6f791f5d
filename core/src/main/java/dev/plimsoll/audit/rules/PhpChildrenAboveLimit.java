package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Php;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// PHP children together exceed their limit.
public final class PhpChildrenAboveLimit implements Rule {
    @Override
    public About about() {
        return new About("MEM040", "php-children-above-limit", Severity.HIGH, Confidence.CERTAIN,
                "pm.max_children times memory_limit exceeds the container's limit.",
                "Every child may take memory_limit for its request, and all children work at once at the "
                        + "peak. The kernel then kills one in the middle of a request.",
                "Set pm.max_children to the limit less 40 MB, divided by memory_limit.",
                "https://www.php.net/manual/en/install.fpm.configuration.php");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("php").flatMap(service -> service.limit().stream().flatMap(limit -> {
            var setting = service.settings().get("pm.max_children");
            var most = Php.memoryLimit(service);
            if (setting.isEmpty() || most.isEmpty()) {
                return Stream.empty();
            }
            var children = Php.children(service);
            var worst = most.get().times(children);
            var fitting = limit.value().minus(MemorySize.ofMegabytes(40)).bytes() / most.get().bytes();
            return worst.isLargerThan(limit.value())
                    ? Stream.of(finding(service, setting.get().where(),
                            "pm.max_children " + children + " × memory_limit " + most.get() + " = " + worst
                                    + " > limit "
                                    + limit.value(),
                            fitting > 0
                                    ? "Set pm.max_children to " + fitting + ", or memory_limit lower"
                                    : "Raise the limit above memory_limit, or lower memory_limit"))
                    : Stream.empty();
        }));
    }
}
