package dev.plimsoll.verify;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.verify.Look.Planned;
import dev.plimsoll.verify.Look.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What could be better, each with the effect to expect. Nothing here fails.
final class Opportunities implements Scenario {
    /// A process that peaked at half its limit over a day can do with less.
    private static final double GENEROUS = 0.5;
    private static final double DAY = 86_400;
    /// Left above a peak when a limit is lowered.
    private static final double MARGIN = 1.25;
    private static final MemorySize STEP = MemorySize.ofMegabytes(16);
    /// Fewer lookups say nothing.
    private static final double LOOKUPS = 1000;
    private static final double GOOD_HITS = 0.9;
    /// Below it the ratio is that of a server at rest.
    private static final MemorySize WORTHWHILE = MemorySize.ofMegabytes(32);
    /// Two rounds of overwriting with values of random size led to 1.45.
    private static final double FRAGMENTED = 1.5;
    /// Seconds, of which PgBouncer shows whole ones; a shorter queue is a pool at work.
    private static final double QUEUED = 1;
    /// Left after active defragmentation.
    private static final double USUAL = 1.15;

    @Override
    public String id() {
        return "opportunities";
    }

    @Override
    public String title() {
        return "Opportunities";
    }

    @Override
    public List<Check> checks(Look look) {
        var checks = new ArrayList<Check>();
        look.servers("postgres").forEach(server -> PostgresAdvice.of(look, server).forEach(checks::add));
        look.servers("redis").forEach(server -> redis(server).forEach(checks::add));
        look.servers("pgbouncer").forEach(server -> queue(server.seen()).ifPresent(checks::add));
        look.lock().services().stream().filter(service -> !service.role().isStateful()).forEach(service -> look
                .running(service.name()).flatMap(seen -> generous(service, seen).stream()).forEach(checks::add));
        if (checks.isEmpty()) {
            checks.add(Check.notRun("", "nothing is left lying", "nothing that could be improved was observed"));
        }
        return checks;
    }

    private static Optional<Check> generous(LockedService service, Seen seen) {
        var what = "its limit is not far too large";
        var limit = seen.size("container.limit");
        var fact = seen.fact("memory.peak");
        var peak = seen.size("memory.peak");
        if (limit.isEmpty() || fact.isEmpty() || peak.isEmpty()) {
            return Optional.empty();
        }
        if (seen.age() < DAY) {
            return Optional.of(Check.notRun(service.name(), what, seen.prefix() + "it runs for less than a day"));
        }
        var enough = peak.get().times(MARGIN).roundedUpTo(STEP);
        return Optional.of(peak.get().ratioTo(limit.get()) < GENEROUS && limit.get().isLargerThan(enough)
                ? Check.advice(service.name(), what, seen.prefix() + "peak " + peak.get() + " of " + limit.get(),
                        "A limit of " + enough + " frees " + limit.get().minus(enough) + " for other services",
                        fact.get())
                : Check.passed(service.name(), what, seen.prefix() + "peak " + peak.get() + " of " + limit.get(),
                        fact.get()));
    }

    private static Stream<Check> redis(Planned server) {
        return Stream.of(hits(server), fragmentation(server.seen()), rejected(server.seen())).flatMap(
                Optional::stream);
    }

    private static Optional<Check> hits(Planned server) {
        var seen = server.seen();
        var hits = seen.number("redis.info.keyspace_hits");
        var misses = seen.number("redis.info.keyspace_misses");
        if (server.service().role() != Role.CACHE || hits.isEmpty() || misses.isEmpty()) {
            return Optional.empty();
        }
        var what = "nine of ten lookups hit";
        var lookups = hits.get() + misses.get();
        if (lookups < LOOKUPS) {
            return Optional.of(Check.notRun(server.name(), what, "only %.0f lookups so far".formatted(lookups)));
        }
        var ratio = hits.get() / lookups;
        var evicted = seen.number("redis.info.evicted_keys").orElse(0.0);
        var fact = seen.fact("redis.info.keyspace_hits").orElseThrow();
        var found = LimitChecks.percent(ratio) + " of %.0f lookups, %.0f keys evicted".formatted(lookups, evicted);
        return Optional.of(ratio >= GOOD_HITS
                ? Check.passed(server.name(), what, found, fact)
                : Check.advice(server.name(), what, found, (evicted > 0
                        ? "It is full: more memory keeps keys longer; "
                        : "Nothing was evicted, so more memory brings nothing: look at expiry and keys; ")
                        + "at 90 %% %.0f lookups fewer would have gone to the source".formatted((GOOD_HITS - ratio)
                                * lookups),
                        fact));
    }

    private static Optional<Check> fragmentation(Seen seen) {
        var used = seen.size("redis.info.used_memory");
        var resident = seen.size("redis.info.used_memory_rss");
        if (used.isEmpty() || resident.isEmpty() || WORTHWHILE.isLargerThan(used.get())) {
            return Optional.empty();
        }
        var ratio = resident.get().ratioTo(used.get());
        var found = "%s resident for %s of data (%.2f)".formatted(resident.get(), used.get(), ratio);
        var fact = seen.fact("redis.info.used_memory_rss").orElseThrow();
        return Optional.of(ratio > FRAGMENTED
                ? Check.advice(seen.service(), "its memory is not fragmented", found, "activedefrag yes frees about "
                        + resident.get().minus(used.get().times(USUAL)), fact)
                : Check.passed(seen.service(), "its memory is not fragmented", found, fact));
    }

    private static Optional<Check> queue(Seen seen) {
        var longest = seen.number("pgbouncer.pools.maxwait").orElse(0.0);
        return seen.fact("pgbouncer.pools.cl_waiting").flatMap(fact -> fact.number().map(waiting -> {
            var what = "no client queues for a server connection";
            var found = "%.0f wait, the longest for %.0f s".formatted(waiting, longest);
            return waiting > 0 && longest >= QUEUED
                    ? Check.advice(seen.service(), what, found, "A larger default_pool_size, where the database has "
                            + "connections to spare, or shorter transactions: " + gain(seen, waiting), fact)
                    : Check.passed(seen.service(), what, found, fact);
        }));
    }

    /// What no longer waiting would bring.
    private static String gain(Seen seen, double waiting) {
        var waited = seen.number("pgbouncer.stats.total_wait_time");
        return seen.number("pgbouncer.stats.total_xact_count").filter(count -> count > 0).flatMap(count -> waited.map(
                micros -> "its %.0f transactions have waited %.1f ms each, which is the most they can gain".formatted(
                        count, micros / count / 1000)))
                .orElseGet(() -> "up to %.0f more would run at once".formatted(waiting));
    }

    private static Optional<Check> rejected(Seen seen) {
        return seen.fact("redis.info.rejected_connections").filter(fact -> !fact.value().equals("0")).map(
                fact -> Check.advice(seen.service(), "turns no client away", fact.value() + " rejected since its start",
                        "Raise maxclients or lower the pools: each rejection was an error to somebody", fact));
    }
}
