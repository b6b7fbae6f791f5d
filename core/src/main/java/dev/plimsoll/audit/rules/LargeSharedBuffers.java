package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import java.util.stream.Stream;

/// Postgres keeps too much of its memory for its own buffers.
public final class LargeSharedBuffers implements Rule {
    @Override
    public About about() {
        return new About("MEM010", "large-shared-buffers", Severity.HIGH, Confidence.CERTAIN,
                "shared_buffers takes more than 40 % of the container's limit, or of a server that others"
                        + " share.",
                "Backends, sorts, maintenance and the page cache need the rest. Postgres starts normally "
                        + "and is killed later, when the buffers have filled: every connection is lost and crash "
                        + "recovery runs.",
                "Set shared_buffers to a quarter of the limit.",
                "https://www.postgresql.org/docs/current/runtime-config-resource.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").flatMap(service -> {
            var setting = service.settings().get("shared_buffers");
            var share = BufferShare.of(service, inventory);
            if (setting.isEmpty() || !share.isTooLarge() || needsLargerLimit(service, inventory)) {
                return Stream.empty();
            }
            var others = inventory.running().count() - 1;
            var buffers = share.buffers();
            var isFatal = buffers.compareTo(share.memory()) >= 0 || !share.isLimit();
            var of = share.isLimit()
                    ? "the limit of " + share.memory()
                    : "the server's " + share.memory()
                            + (others > 0 ? ", shared with " + others + " more services" : "");
            return Stream.of(finding(service, isFatal ? Severity.CRITICAL : Severity.HIGH, setting.get().where(),
                    "shared_buffers " + buffers + " is " + Math.round(buffers.ratioTo(share.memory()) * 100) + " % of "
                            + of,
                    "Set shared_buffers to " + share.advised() + ", a quarter" + (share.own().equals(share.memory())
                            ? ""
                            : " of an assumed share of " + share.own())));
        });
    }

    /// Whether it would need more than its limit with the advised buffers too. Then MEM015 says so, and two findings
    /// with opposite advice are one too many.
    private static boolean needsLargerLimit(Recognised service, Inventory inventory) {
        return service.limit().isPresent() && service.kind().demand(service, inventory.host()).expected().total()
                .isLargerThan(service.limit().get().value()) && !BufferShare.isCure(service, inventory);
    }
}
