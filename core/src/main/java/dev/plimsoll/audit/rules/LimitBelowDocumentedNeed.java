package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.DocumentedNeed;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

/// A limit is below what those who make the program need for it to start or to stay up.
public final class LimitBelowDocumentedNeed implements Rule {
    @Override
    public About about() {
        return new About("MEM016", "limit-below-documented-need", Severity.MEDIUM, Confidence.LIKELY,
                "A memory limit is below the one with which the makers of a program say that it fails.",
                "It does not start, or it is killed later: ClamAV, for example, every day when it loads its signatures "
                        + "beside the old ones.",
                "Raise the limit to what they ask for, or have the program need less.",
                "named in the message, from the makers' manuals, images and start scripts");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().flatMap(service -> DocumentedNeed.of(service).stream().flatMap(said -> service
                .limit().stream().filter(limit -> said.failsBelow().isLargerThan(limit.value()))
                .map(limit -> finding(service, limit.where(), "The limit of " + service.name() + " is " + limit.value()
                        + "; its makers ask for " + said + ": " + said.source(),
                        "Raise the limit to " + said.need()))));
    }
}
