package dev.plimsoll.verify;

import dev.plimsoll.kinds.Postgres;
import dev.plimsoll.kinds.PostgresParameters;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.verify.Look.Planned;
import dev.plimsoll.verify.Look.Seen;
import java.util.Optional;
import java.util.stream.Stream;

/// What could be better about a PostgreSQL server.
final class PostgresAdvice {
    /// Fewer reads say nothing about the ratio: 100,000 pages are 800 MB.
    private static final double READS = 100_000;
    private static final double GOOD_HITS = 0.99;
    private static final double DAY = 86_400;
    /// One idle backend after work on many tables: 2.5 MB measured on PostgreSQL 15.
    private static final MemorySize BACKEND = MemorySize.ofKilobytes(2560);
    /// From here on an idle backend holds ten times what work on many tables leaves behind: plans and descriptions of
    /// thousands of tables or statements.
    private static final MemorySize SWOLLEN = MemorySize.ofMegabytes(25L);
    /// Idle backends from which a pooler pays: it saves as much as it takes from about 30 direct connections on.
    private static final double IDLE = 30;
    /// Less time in statements than this says nothing about which of them are slow.
    private static final double SECONDS = 10;
    /// From which share of all statements' time one of them decides how much the server carries.
    private static final double MOST_OF_THE_TIME = 0.5;
    /// A statement that reads some rows by an index takes less than a millisecond: one this slow can be made faster.
    private static final double SLOW = 0.02;
    private static final double DEAD = 0.2;
    private static final double MANY_ROWS = 10_000;

    private PostgresAdvice() {}

    static Stream<Check> of(Look look, Planned server) {
        var seen = server.seen();
        return Stream.concat(Stream.of(hits(seen), idle(look, seen), swollen(seen), indexes(seen),
                statements(seen), slowest(seen), temporary(seen), transaction(seen)).flatMap(Optional::stream),
                deadRows(seen));
    }

    private static Optional<Check> hits(Seen seen) {
        var hit = seen.number("postgres.activity.hit");
        var read = seen.number("postgres.activity.read");
        if (hit.isEmpty() || read.isEmpty()) {
            return Optional.empty();
        }
        var what = "99 of 100 pages come from shared_buffers";
        var all = hit.get() + read.get();
        if (all < READS) {
            return Optional.of(Check.notRun(seen.service(), what, "only %.0f pages read so far".formatted(all)));
        }
        var ratio = hit.get() / all;
        var size = seen.size("postgres.databases.size");
        var shared = buffers(seen);
        if (ratio < GOOD_HITS && size.isPresent()
                && shared.filter(buffers -> !size.get().isLargerThan(buffers)).isPresent()) {
            // What was read once at the start stays.
            return Optional.of(Check.passed(seen.service(), what, "%.1f %% of %.0f pages; all its databases, %s, fit"
                    .formatted(ratio * 100, all, size.get()), seen.fact("postgres.activity.hit").orElseThrow()));
        }
        var found = "%.1f %% of %.0f pages".formatted(ratio * 100, all);
        var fact = seen.fact("postgres.activity.hit").orElseThrow();
        return Optional.of(ratio >= GOOD_HITS
                ? Check.passed(seen.service(), what, found, fact)
                : Check.advice(seen.service(), what, found, "More memory for it, if its databases (" + seen.size(
                        "postgres.databases.size").map(Object::toString).orElse("size unknown") + ") are larger than "
                        + "its limit: %.0f pages fewer would have been read".formatted(read.get() - all * (1
                                - GOOD_HITS)),
                        fact));
    }

    private static Optional<MemorySize> buffers(Seen seen) {
        return PostgresParameters.find("shared_buffers", Postgres.NEWEST_MAJOR).flatMap(parameter -> seen.text(
                "postgres.setting.shared_buffers").flatMap(parameter::memory));
    }

    private static Optional<Check> idle(Look look, Seen seen) {
        var what = "few connections lie idle";
        return seen.fact("postgres.connections.idle").flatMap(fact -> fact.number().map(idle -> {
            var most = seen.text("postgres.setting.max_connections").orElse("unknown");
            var found = "%.0f idle of %.0f open, at most %s".formatted(idle, seen.number("postgres.connections.total")
                    .orElse(0.0), most);
            if (idle < IDLE) {
                return Check.passed(seen.service(), what, found, fact);
            }
            var saved = each(seen).orElse(BACKEND).times(idle);
            return Check.advice(seen.service(), what, found, look.ofKind("pgbouncer").findAny().isPresent()
                    ? "Lower the pools behind PgBouncer: frees about " + saved
                    : "PgBouncer in front, or smaller pools: frees about " + saved, fact);
        }));
    }

    /// What an idle backend has for itself, on average; empty when it was not seen.
    private static Optional<MemorySize> each(Seen seen) {
        return seen.number("postgres.backends.idle_seen").filter(count -> count > 0).flatMap(count -> seen.size(
                "postgres.backends.idle_own").map(own -> own.times(1 / count)));
    }

    private static Optional<Check> swollen(Seen seen) {
        var what = "connections give back what they took";
        return seen.fact("postgres.backends.idle_largest").flatMap(fact -> seen.size("postgres.backends.idle_largest")
                .map(largest -> {
                    var count = seen.number("postgres.backends.idle_seen").orElse(1.0);
                    var found = "an idle one of %s holds %s, all %.0f together %s".formatted(seen.text(
                            "postgres.backends.idle_largest_of").orElse("?"), largest, count, own(seen));
                    return largest.isLargerThan(SWOLLEN)
                            ? Check.advice(seen.service(), what, found, "A shorter life for connections in the pool "
                                    + "(maxLifetime, pool_recycle, CONN_MAX_AGE, server_lifetime) and fewer prepared "
                                    + "statements: frees up to " + own(seen).minus(BACKEND.times(count)), fact)
                            : Check.passed(seen.service(), what, found, fact);
                }));
    }

    private static MemorySize own(Seen seen) {
        return seen.size("postgres.backends.idle_own").orElse(MemorySize.ZERO);
    }

    private static Optional<Check> indexes(Seen seen) {
        var what = "every index is used";
        if (seen.fact("postgres.read.unused_index").isEmpty()) {
            return Optional.empty();
        }
        var unused = seen.all("postgres.unused_index.").toList();
        if (unused.isEmpty()) {
            return Optional.of(Check.passed(seen.service(), what, "none above 1 MB without a scan"));
        }
        if (seen.number("postgres.activity.uptime").orElse(0.0) < DAY) {
            return Optional.of(Check.notRun(seen.service(), what, "the server counts for less than a day"));
        }
        var total = unused.stream().flatMap(fact -> fact.number().stream()).mapToLong(Double::longValue).sum();
        return Optional.of(Check.advice(seen.service(), what,
                String.join(", ", unused.stream().limit(3).map(fact -> fact
                        .what().substring("postgres.unused_index.".length())).toList()) + " had no scan",
                "Dropping "
                        + unused.size() + " frees " + MemorySize.ofBytes(total) + " of disk and cache, and every write "
                        + "skips them; look at replicas and monthly jobs first",
                unused.toArray(Observation[]::new)));
    }

    private static Optional<Check> statements(Seen seen) {
        if (seen.fact("postgres.read.extension").isEmpty() || seen.fact("postgres.extension.pg_stat_statements")
                .isPresent()) {
            return seen.fact("postgres.statement.1").map(fact -> Check.passed(seen.service(), "knows its slowest "
                    + "statements", "most time went into " + fact.value(), fact));
        }
        return Optional.of(Check.advice(seen.service(), "knows its slowest statements", "pg_stat_statements is not "
                + "there", "Preload and create it: about 3 MB for 5,000 statements, and no guessing any more"));
    }

    /// Whether one slow statement takes most of the time that all take.
    private static Optional<Check> slowest(Seen seen) {
        var statement = seen.fact("postgres.statement.1");
        var all = seen.number("postgres.statements.seconds");
        var seconds = seen.number("postgres.statement.1.seconds");
        var calls = seen.number("postgres.statement.1.calls").filter(count -> count > 0);
        if (statement.isEmpty() || all.isEmpty() || seconds.isEmpty() || calls.isEmpty()) {
            return Optional.empty();
        }
        var what = "no slow statement takes most of the time";
        if (all.get() < SECONDS) {
            return Optional.of(Check.notRun(seen.service(), what, "all statements together took only %.1f s so far"
                    .formatted(all.get())));
        }
        var share = seconds.get() / all.get();
        var each = seconds.get() / calls.get();
        var found = "%.0f calls of %.1f ms, %s of the time: %s".formatted(calls.get(), each * 1000, LimitChecks.percent(
                share), statement.get().value());
        return Optional.of(share < MOST_OF_THE_TIME || each < SLOW
                ? Check.passed(seen.service(), what, found, statement.get())
                : Check.advice(seen.service(), what, found,
                        "Look at its plan: EXPLAIN (ANALYZE, BUFFERS). Made twice as "
                                + "fast, it frees " + LimitChecks.percent(share / 2)
                                + " of the time that statements take",
                        statement.get()));
    }

    private static Optional<Check> temporary(Seen seen) {
        return seen.fact("postgres.activity.temp_bytes").flatMap(fact -> seen.size("postgres.activity.temp_bytes")
                .filter(size -> size.isLargerThan(MemorySize.ofMegabytes(100L))).map(size -> Check.advice(seen
                        .service(), "sorts in memory",
                        size + " in %.0f temporary files".formatted(seen.number(
                                "postgres.activity.temp_files").orElse(0.0)),
                        "A larger work_mem for the role that "
                                + "sorts: up to " + size + " less to write and read",
                        fact)));
    }

    private static Optional<Check> transaction(Seen seen) {
        return seen.fact("postgres.connections.longest").flatMap(fact -> fact.number().filter(age -> age > 600).map(
                age -> Check.advice(seen.service(), "no transaction stays open for long", "%.0f minutes".formatted(age
                        / 60), "End it: until then no row that was deleted since can be removed", fact)));
    }

    private static Stream<Check> deadRows(Seen seen) {
        return seen.all("postgres.dead_rows.").flatMap(fact -> {
            var table = fact.what().substring("postgres.dead_rows.".length());
            var dead = fact.number().orElse(0.0);
            var share = dead / Math.max(1, dead + seen.number("postgres.live_rows." + table).orElse(0.0));
            return dead < MANY_ROWS || share < DEAD
                    ? Stream.empty()
                    : Stream.of(Check.advice(seen.service(), "dead rows are removed", table + ": " + LimitChecks
                            .percent(share) + " of its rows are dead", "VACUUM it and lower "
                                    + "autovacuum_vacuum_scale_factor: about " + seen.size("postgres.table." + table)
                                            .orElse(MemorySize.ZERO).times(share)
                                    + " to use again",
                            fact));
        });
    }
}
