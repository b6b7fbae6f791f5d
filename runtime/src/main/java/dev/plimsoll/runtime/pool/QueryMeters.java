package dev.plimsoll.runtime.pool;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// Statements as `db.query.duration`, by name. The wait for a connection is the pool's and not part of it.
public final class QueryMeters {
    /// Few, because each is a series for every name; what alert rules ask for is above half a second.
    private static final Duration[] BOUNDS = {Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofMillis(500),
            Duration.ofMillis(2500)};

    private final MeterRegistry registry;

    public QueryMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /// What is timed.
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /// Times a statement or transaction, also one that fails.
    ///
    /// @param query a name of few values, such as `search_words`; never the statement with its values
    public <T, E extends Exception> T timed(String query, Work<T, E> work) throws E {
        var sample = Timer.start(registry);
        try {
            return work.run();
        } finally {
            sample.stop(Timer.builder("db.query.duration").description("Time of a statement or transaction").tag(
                    "query", query).serviceLevelObjectives(BOUNDS).register(registry));
        }
    }
}
