package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Celery;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Term;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The workers together exceed their limit.
public final class WorkersAboveLimit implements Rule {
    @Override
    public About about() {
        return new About("MEM035", "workers-above-limit", Severity.HIGH, Confidence.CERTAIN,
                "The number of workers times what each may use exceeds the limit.",
                "The bound of one child is checked after its task, and all children may reach it at once."
                        + " The kernel kills one in the middle of a job.",
                "Lower the concurrency or the memory of one child, or raise the limit.",
                "https://docs.celeryq.dev/en/stable/userguide/workers.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("celery", "gunicorn", "sidekiq", "ruby", "php", "python-worker")
                .filter(service -> Celery.maxMemoryPerChild(service).isPresent()
                        || service.hints().workerMemory().isPresent())
                .flatMap(service -> service.limit().stream().flatMap(limit -> {
                    var demand = service.kind().demand(service, inventory.host());
                    var worst = demand.ceiling().orElse(demand.expected());
                    if (!worst.total().isLargerThan(limit.value())) {
                        return Stream.empty();
                    }
                    var detail = worst.terms().stream().map(Term::arithmetic).filter(text -> !text.isEmpty())
                            .collect(Collectors.joining(" + "));
                    return Stream.of(finding(service, worst.total().ratioTo(limit.value()) >= 2
                            ? Severity.CRITICAL
                            : Severity.HIGH, limit.where(),
                            detail + ", with the parent " + worst.total() + " > limit "
                                    + limit.value(),
                            "Lower the concurrency, or raise the limit to "
                                    + worst.total().roundedUpTo(MemorySize.ofMegabytes(64))));
                }));
    }
}
