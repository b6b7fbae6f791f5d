package dev.plimsoll.runtime.pool;

import java.time.Duration;
import java.util.Optional;

/// How many connections a pool keeps and how long it waits. [#PLAN] is what a plan gives a service by default.
///
/// @param name in metrics, logs and the pool's threads
/// @param minimum connections kept open while idle
/// @param maximum connections open at most, those waited for by callers included
/// @param patience how long a caller waits for a connection before it is told who holds them
/// @param validation how long the check of a connection that rested may take; less than `patience`
/// @param idle how long a connection above the minimum may rest
/// @param lifetime after which a connection is replaced when it comes back; less than any limit on the way
/// @param reading how long an answer of the database may take before its connection counts as lost, zero for ever;
/// when absent a minute, or as long as the server lets a statement run if that is longer
/// @param statements how the driver prepares
public record PoolSettings(String name, int minimum, int maximum, Duration patience, Duration validation, Duration idle,
        Duration lifetime, Optional<Duration> reading, Statements statements) {
    /// The shortest check that HikariCP takes.
    private static final Duration LEAST = Duration.ofMillis(250);

    /// 10 connections at rest and 30 at most: the base and overflow of the usual Python pool, so that both can be sized
    /// by the same rule. A wait below a client's usual timeout of 10 s; a lifetime of 30 minutes as HikariCP has it.
    public static final PoolSettings PLAN = new PoolSettings("database", 10, 30, Duration.ofSeconds(5),
            Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofMinutes(30), Optional.empty(),
            Statements.DETECT);

    public PoolSettings {
        if (minimum < 0 || maximum < 1 || minimum > maximum) {
            throw new IllegalArgumentException("a pool of " + minimum + " to " + maximum
                    + " connections: the maximum is at least 1 and not below the minimum");
        }
        if (validation.compareTo(LEAST) < 0 || validation.compareTo(patience) >= 0) {
            throw new IllegalArgumentException("validation may take " + validation.toMillis()
                    + " ms: at least " + LEAST.toMillis() + " ms, and less than the patience of " + patience.toMillis()
                    + " ms");
        }
        if (reading.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("an answer may take " + reading.get().toMillis()
                    + " ms: write a positive time, or zero to wait for ever");
        }
    }

    public PoolSettings sized(int least, int most) {
        return new PoolSettings(name, least, most, patience, validation, idle, lifetime, reading, statements);
    }

    public PoolSettings waiting(Duration longest) {
        var half = longest.dividedBy(2);
        var check = validation.compareTo(half) < 0 ? validation : half.compareTo(LEAST) < 0 ? LEAST : half;
        return new PoolSettings(name, minimum, maximum, longest, check, idle, lifetime, reading, statements);
    }

    public PoolSettings reading(Duration longest) {
        return new PoolSettings(name, minimum, maximum, patience, validation, idle, lifetime, Optional.of(longest),
                statements);
    }

    public PoolSettings preparing(Statements how) {
        return new PoolSettings(name, minimum, maximum, patience, validation, idle, lifetime, reading, how);
    }

    /// How the driver may prepare statements. A server-side prepared statement lives in one server connection, which
    /// pgBouncer in transaction mode gives to another client after each transaction.
    public enum Statements {
        /// Prepares only where nothing stands between the service and PostgreSQL; see [Between].
        DETECT,
        /// Prepares on the server after the driver's usual five runs. For direct connections, and for pgBouncer from
        /// 1.21 on with `max_prepared_statements` above 0.
        SERVER,
        /// Never prepares by name. Right behind every pgBouncer.
        UNNAMED
    }
}
