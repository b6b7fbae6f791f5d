package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Celery;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Setting;
import java.util.stream.Stream;

/// A worker sizes itself by the server's cores.
public final class UnsetConcurrency implements Rule {
    @Override
    public About about() {
        return new About("MEM036", "unset-concurrency", Severity.MEDIUM, Confidence.LIKELY,
                "A worker pool has no set concurrency.",
                "Celery starts one child a core of the server, Airflow sixteen, n8n ten at once: memory "
                        + "grows with the server or with a default nobody chose.",
                "Set the concurrency, and the most memory of one child.",
                "https://docs.celeryq.dev/en/stable/userguide/workers.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().flatMap(service -> {
            if (service.service().replicas() == 0 || service.hints().workers().isPresent()) {
                return Stream.empty();
            }
            if (service.is("celery")) {
                return celery(service);
            }
            var n8n = service.clues().imageIs("n8nio/n8n") && service.clues().invocations().stream().anyMatch(run -> run
                    .program().equals("worker") || run.hasWord("worker"))
                    && service.clues().invocations().stream().allMatch(run -> run.option("--concurrency").isEmpty());
            return n8n
                    ? Stream.of(finding(service, service.service().where("command"), "The n8n worker runs 10 "
                            + "executions at once by default, each with its own data",
                            "Add --concurrency=2 or what the memory "
                                    + "allows"))
                    : Stream.empty();
        });
    }

    private Stream<Finding> celery(Recognised service) {
        var setting = service.settings().get("concurrency");
        if (setting.isPresent() && setting.get().origin() != Setting.Origin.DEFAULT || !Celery.forks(service)) {
            return Stream.empty();
        }
        var airflow = setting.isPresent();
        return Stream.of(finding(service, airflow ? Severity.HIGH : Severity.MEDIUM, service.service().where("command"),
                airflow
                        ? "The Airflow worker runs 16 tasks at once by default, 150 to 250 MB each: about 3.2 GB"
                        : "The Celery worker starts one child for each core of the server",
                airflow
                        ? "Set AIRFLOW__CELERY__WORKER_CONCURRENCY to 2 or 4"
                        : "Add --concurrency=2 and --max-memory-per-child"));
    }
}
