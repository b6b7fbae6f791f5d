package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.NodeJs;
import java.util.stream.Stream;

/// Node.js does not know how small its limit is.
public final class SmallNodeLimit implements Rule {
    @Override
    public About about() {
        return new About("MEM034", "small-node-limit", Severity.MEDIUM, Confidence.LIKELY,
                "A small limit is below the heap that Node.js allows itself.",
                "In a container with 256 MB Node 20 allows its heap 259 MB: it is killed before it "
                        + "collects. Half of the limit is its rule only from 512 MB on.",
                "Set --max-old-space-size in NODE_OPTIONS.",
                "measured on Node.js 20");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("node").filter(service -> NodeJs.oldSpace(service).isEmpty())
                .flatMap(service -> service.limit().stream().filter(limit -> NodeJs.LEAST_DEFAULT_HEAP
                        .plus(NodeJs.OUTSIDE).isLargerThan(limit.value())).map(limit -> finding(service, limit.where(),
                                "Without --max-old-space-size Node.js allows its heap " + NodeJs.LEAST_DEFAULT_HEAP
                                        + ", with 40 MB besides more than the limit of " + limit.value(),
                                "Set NODE_OPTIONS=--max-old-space-size="
                                        + NodeJs.fittingHeap(limit.value()).megabytes())));
    }
}
