package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// More web workers than the limit can hold even idle.
public final class IdleWorkersAboveLimit implements Rule {
    @Override
    public About about() {
        return new About("MEM039", "idle-workers-above-limit", Severity.HIGH, Confidence.LIKELY,
                "The workers of a Python web server do not fit their limit even without work.",
                "A gunicorn worker with Flask and SQLAlchemy takes 42 MB before its first request, the "
                        + "master 22 MB.",
                "Run fewer workers, with threads.",
                "measured on gunicorn with Flask and SQLAlchemy");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("gunicorn", "celery").filter(service -> service.hints().workerMemory().isEmpty())
                .flatMap(service -> service.limit().stream().flatMap(limit -> {
                    var idle = service.kind().demand(service, inventory.host()).floor();
                    return idle.total().isLargerThan(limit.value())
                            ? Stream.of(finding(service, limit.where(),
                                    "Idle already " + idle.sum() + " (" + idle.terms().getLast().arithmetic() + ") = "
                                            + idle.total() + " > limit " + limit.value(),
                                    "Run fewer workers, or raise the limit to "
                                            + idle.total().times(2).roundedUpTo(MemorySize.ofMegabytes(64))))
                            : Stream.empty();
                }));
    }
}
