package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.Located;
import java.util.stream.Stream;

/// A reservation is larger than its limit.
public final class ReservationAboveLimit implements Rule {
    @Override
    public About about() {
        return new About("MEM005", "reservation-above-limit", Severity.CRITICAL, Confidence.CERTAIN,
                "A service reserves more memory than its limit allows.",
                "The engine refuses to create the container: the minimum memory limit cannot be less than"
                        + " the reservation.",
                "Lower the reservation below the limit.",
                "https://docs.docker.com/engine/containers/resource_constraints/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().flatMap(service -> service.service().memoryReservation().stream()
                .filter(reserved -> service.limit().filter(limit -> reserved.value().isLargerThan(limit.value()))
                        .isPresent())
                .map(reserved -> finding(service, reserved.where(), service.name() + " reserves " + reserved.value()
                        + ", more than its limit of " + service.limit().map(Located::value).orElseThrow(),
                        "Reserve at most the limit; the engine refuses the container otherwise")));
    }
}
