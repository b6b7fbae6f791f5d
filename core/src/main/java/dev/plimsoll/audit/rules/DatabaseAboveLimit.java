package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Amount;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    /// Services with the same need and the same limit are one finding.
    @Override
    public Stream<Finding> check(Inventory inventory) {
        var alike = new LinkedHashMap<String, List<Recognised>>();
        inventory.ofKind("postgres", "mysql", "sqlserver", "elasticsearch", "kafka")
                .filter(service -> isAboveLimit(service, inventory))
                .filter(service -> !service.is("postgres") || !BufferShare.isCure(service, inventory))
                .forEach(service -> alike.computeIfAbsent(need(service, inventory), _ -> new ArrayList<>())
                        .add(service));
        return alike.entrySet().stream().map(entry -> finding(entry.getKey(), entry.getValue(), inventory));
    }

    private Finding finding(String need, List<Recognised> services, Inventory inventory) {
        var first = services.getFirst();
        var limit = first.limit().orElseThrow();
        return Grouped.finding(this, Severity.HIGH, services, limit.where(), Grouped.names(services)
                + (services.size() == 1 ? " needs " : " each need ") + need,
                "Raise the limit to " + expected(first, inventory).total().times(1.25)
                        .roundedUpTo(MemorySize.ofMegabytes(64)) + " or lower its settings");
    }

    private static boolean isAboveLimit(Recognised service, Inventory inventory) {
        return service.limit().filter(limit -> expected(service, inventory).total().isLargerThan(limit.value()))
                .isPresent();
    }

    private static String need(Recognised service, Inventory inventory) {
        var expected = expected(service, inventory);
        return expected.sum() + " = " + expected.total() + " > limit " + service.limit().orElseThrow().value();
    }

    private static Amount expected(Recognised service, Inventory inventory) {
        return service.kind().demand(service, inventory.host()).expected();
    }
}
