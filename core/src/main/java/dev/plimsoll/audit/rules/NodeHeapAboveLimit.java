package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.NodeJs;
import dev.plimsoll.kinds.Setting;
import java.util.stream.Stream;

/// The Node.js heap does not fit its limit.
public final class NodeHeapAboveLimit implements Rule {
    @Override
    public About about() {
        return new About("MEM033", "node-heap-above-limit", Severity.HIGH, Confidence.CERTAIN,
                "--max-old-space-size leaves no room below the limit.",
                "New space, buffers and code come on top of the old generation. The process is killed "
                        + "instead of collecting garbage.",
                "Set --max-old-space-size to 0.7 × (limit - 40 MB).",
                "https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("node").flatMap(service -> service.limit().stream().flatMap(limit -> {
            var heap = NodeJs.oldSpace(service);
            if (heap.isEmpty() || !heap.get().plus(NodeJs.OUTSIDE).isLargerThan(limit.value())) {
                return Stream.empty();
            }
            var fitting = NodeJs.fittingHeap(limit.value()).megabytes();
            return Stream.of(finding(service, service.settings().get("max-old-space-size").map(Setting::where)
                    .orElse(limit.where()),
                    "--max-old-space-size " + heap.get() + " + 40 MB outside = "
                            + heap.get().plus(NodeJs.OUTSIDE) + " > limit " + limit.value(),
                    "Set --max-old-space-size=" + fitting));
        }));
    }
}
