package dev.plimsoll.verify;

import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.verify.Look.Seen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What may go wrong next. Risk is probability times impact, both between 0 and 1, as in NIST SP 800-30:
///
/// - the probability of something running out is how far the second half of it is used up: 0 up to one half, 1 when all
///   of it is, (used - 0.5) / 0.5 between. It orders risks; it is no forecast.
/// - the impact is 1 when data or every service is hit, otherwise the share of services hit.
///
/// [SinglePoints] and [Backups] say how they judge.
///
/// From a probability of 0.8 on, where 90 % are used, a risk fails: the usual alerts fire there. What no observation
/// tells is not run.
final class Risks implements Scenario {
    private static final double FAILS = 0.8;
    /// Transaction numbers before the server stops taking writes: 2^31, less 3 million that it keeps.
    private static final double TRANSACTIONS = Math.pow(2, 31) - 3_000_000;
    /// A disk with less than a fifth free that is full in four hours: as in the usual alert on its trend.
    private static final double SOON = 4.0 * 3600;

    /// What an idle replication slot may keep; it is advice from the first one on.
    private static final MemorySize SLOT = MemorySize.ofGigabytes(1);

    @Override
    public String id() {
        return "risks";
    }

    @Override
    public String title() {
        return "Risks";
    }

    @Override
    public List<Check> checks(Look look) {
        var checks = new ArrayList<Check>();
        checks.add(memory(look));
        checks.add(alerting(look));
        SinglePoints.of(look).forEach(checks::add);
        look.servers("postgres").forEach(server -> {
            connections(server.seen()).ifPresent(checks::add);
            transactions(server.seen()).ifPresent(checks::add);
            archive(server.seen()).ifPresent(checks::add);
            slots(server.seen()).ifPresent(checks::add);
        });
        checks.add(disk(look));
        Backups.of(look).forEach(checks::add);
        return checks;
    }

    static double used(double share) {
        return Math.clamp((share - 0.5) / 0.5, 0, 1);
    }

    private static Check risk(String service, String what, double probability, double impact, String why,
            String remedy, Observation... evidence) {
        var found = found(probability, impact, why);
        return probability >= FAILS
                ? Check.failed(service, what, found, remedy, evidence)
                : Check.passed(service, what, found, evidence);
    }

    /// A risk that a small server has by nature, or whose sign may be harmless: it never fails.
    static Check natural(String service, String what, double probability, double impact, String why, String remedy,
            Observation... evidence) {
        var found = found(probability, impact, why);
        return probability >= FAILS
                ? Check.advice(service, what, found, remedy, evidence)
                : Check.passed(service, what, found, evidence);
    }

    private static String found(double probability, double impact, String why) {
        return String.format(Locale.ROOT, "probability %.2f, impact %.2f, risk %.2f: %s", probability, impact,
                probability * impact, why);
    }

    private record Fullest(LockedService service, Seen seen, double share) {}

    private static Check memory(Look look) {
        var what = "no container runs out of memory";
        var held = look.held(look.lock().services().stream());
        return look.lock().services().stream().flatMap(service -> look.running(service.name()).flatMap(seen -> seen
                .held().map(size -> new Fullest(service, seen, size.ratioTo(seen.size(
                        "container.limit").orElse(service.limit()))))
                .stream()))
                .max(Comparator.comparingDouble(Fullest::share))
                .map(fullest -> held.judged(risk("", what, used(fullest.share()),
                        fullest.service().role().isStateful()
                                ? 1
                                : 1.0 / look.lock().services().size(),
                        "the fullest is " + fullest.service().name() + " with " + LimitChecks.percent(fullest.share())
                                + " of its limit without page cache",
                        "Give it more, or lower what it may use", fullest.seen().fact("memory.anonymous")
                                .orElseThrow())))
                .orElseGet(() -> Check.notRun("", what, "no container's memory could be read"));
    }

    /// The chain from target to receiver: its probability of failing is the largest broken share of any link.
    private static Check alerting(Look look) {
        var what = "alerts arrive";
        var failed = look.before().stream().filter(result -> result.id().equals("alerts")).flatMap(result -> result
                .checks().stream()).filter(check -> check.verdict() != Check.Verdict.ADVICE).toList();
        var run = failed.stream().filter(check -> check.verdict() != Check.Verdict.NOT_RUN).toList();
        if (run.isEmpty()) {
            return Check.notRun("", what, "the scenario `alerts` was not run");
        }
        var broken = run.stream().filter(check -> check.verdict() == Check.Verdict.FAILED).toList();
        return risk("", what, broken.isEmpty() ? 0 : 1, 1, broken.isEmpty()
                ? "every link that could be checked holds"
                : broken.size() + " of " + run.size() + " links are broken: " + String.join(", ", broken.stream().map(
                        Check::what).toList()),
                "Mend what the scenario `alerts` names: until then every other failure "
                        + "stays unseen");
    }

    private static Optional<Check> connections(Seen seen) {
        var most = seen.number("postgres.setting.max_connections").map(number -> number - seen.number(
                "postgres.setting.superuser_reserved_connections").orElse(3.0));
        return seen.fact("postgres.connections.total").flatMap(fact -> fact.number().flatMap(total -> most.filter(
                bound -> bound > 0).map(
                        bound -> risk(seen.service(), "connections do not run out", used(total / bound),
                                1, "%.0f of %.0f connections open".formatted(total, bound),
                                "Lower the applications' pools or "
                                        + "put a pooler in front",
                                fact))));
    }

    private static Optional<Check> transactions(Seen seen) {
        return seen.fact("postgres.databases.age").flatMap(fact -> fact.number().map(age -> risk(seen.service(),
                "transaction numbers do not run out", used(age / TRANSACTIONS), 1, "the oldest is %.0f million "
                        .formatted(age / 1e6) + "transactions back, writes stop at 2,144 million",
                "VACUUM FREEZE, and "
                        + "end what holds it back: old transactions, slots, prepared transactions",
                fact)));
    }

    private static Optional<Check> archive(Seen seen) {
        if (!seen.text("postgres.setting.archive_mode").filter(mode -> !mode.equals("off")).isPresent()) {
            return Optional.empty();
        }
        var success = seen.number("postgres.archive.last_success").orElse(-1.0);
        var failure = seen.number("postgres.archive.last_failure").orElse(-1.0);
        var failing = failure >= 0 && (success < 0 || failure < success);
        return seen.fact("postgres.archive.failed").map(fact -> risk(seen.service(), "the write-ahead log is archived",
                failing ? 1 : 0, 1, failing
                        ? "the last attempt failed %.0f s ago".formatted(failure)
                        : success < 0 ? "nothing to archive yet" : "the last segment %.0f s ago".formatted(success),
                "Run archive_command by hand; until it works the log fills the disk", fact));
    }

    /// A replication slot that nobody reads keeps the log from its place on, until the disk is full.
    private static Optional<Check> slots(Seen seen) {
        var what = "no idle slot keeps the write-ahead log";
        var idle = seen.number("postgres.replication.idle_slots").filter(count -> count > 0);
        return idle.flatMap(count -> seen.fact("postgres.replication.held").flatMap(fact -> seen.size(
                "postgres.replication.held").map(held -> {
                    var found = "%.0f idle, %s kept".formatted(count, held);
                    var remedy = "Let its reader come back, or pg_drop_replication_slot; max_slot_wal_keep_size bounds it";
                    return held.isLargerThan(SLOT)
                            ? Check.failed(seen.service(), what, found, remedy, fact)
                            : Check.advice(seen.service(), what, found, remedy, fact);
                })));
    }

    private static Check disk(Look look) {
        var what = "the disk does not fill";
        var free = look.anywhere("host.disk_free_share");
        var share = free.flatMap(Observation::number);
        if (free.isEmpty() || share.isEmpty()) {
            return Check.notRun("", what, "no node_exporter tells how full it is");
        }
        var full = look.anywhere("host.disk_full_in");
        var soon = full.flatMap(Observation::number).filter(seconds -> seconds < SOON && share.get() < 0.2)
                .isPresent();
        return risk("", what, soon ? 1 : used(1 - share.get()), 1, LimitChecks.percent(share.get()) + " free" + full
                .flatMap(Observation::number).map(seconds -> ", full in %.0f h at the pace of the last six"
                        .formatted(seconds / 3600))
                .orElse(""), "Find what grows: `docker system df`, logs, the "
                        + "write-ahead log",
                Stream.concat(free.stream(), full.stream())
                        .toArray(Observation[]::new));
    }
}
