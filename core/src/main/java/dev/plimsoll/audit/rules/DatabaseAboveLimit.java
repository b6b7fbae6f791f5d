package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// A database needs more than its limit in ordinary operation.
public final class DatabaseAboveLimit implements Rule {
    @Override
    public About about() {
        return new About("MEM015", "database-above-limit", Severity.HIGH, Confidence.LIKELY,
                "With its settings a database needs more than its limit in ordinary operation.",
                "It is killed under ordinary load, and recovers from the crash each time.",
                "Raise the limit or lower the settings named in the message.",
                "the memory models of the kinds, see `plimsoll plan --explain SERVICE`");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres", "mysql", "sqlserver", "elasticsearch", "kafka")
                .flatMap(service -> service.limit().stream()
                        .flatMap(limit -> {
                            var expected = service.kind().demand(service, inventory.host()).expected();
                            return expected.total().isLargerThan(limit.value())
                                    ? Stream.of(finding(service, limit.where(),
                                            service.name() + " needs " + expected.sum() + " = " + expected.total()
                                                    + " > limit "
                                                    + limit.value(),
                                            "Raise the limit to "
                                                    + expected.total().times(1.25)
                                                            .roundedUpTo(MemorySize.ofMegabytes(64))
                                                    + " or lower its settings"))
                                    : Stream.empty();
                        }));
    }
}
