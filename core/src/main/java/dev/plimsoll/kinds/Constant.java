package dev.plimsoll.kinds;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A constant of a memory model that can be measured on the running stack.
public enum Constant {
    /// Private memory of one Postgres backend, its page tables included.
    BACKEND(Unit.BYTES, 64L << 10, 1L << 30),
    /// What Postgres says its shared memory takes, over what the model says for the same settings.
    SHARED_MEMORY_FACTOR(Unit.RATIO, 0.5, 1.5),
    /// One process of a pool of workers.
    WORKER(Unit.BYTES, 64L << 10, 16L << 30),
    /// An empty Redis.
    REDIS_BASE(Unit.BYTES, 64L << 10, 1L << 30),
    /// Memory of a Redis beside its base, over the memory it counts itself.
    FRAGMENTATION(Unit.RATIO, 1, 4),
    /// One client of PgBouncer.
    CLIENT(Unit.BYTES, 1, 16L << 20),
    /// Series in a Prometheus at once.
    SERIES(Unit.COUNT, 1, 100_000_000),
    /// One series of a Prometheus.
    SERIES_MEMORY(Unit.BYTES, 1, 1L << 20),
    /// The most that one container held under load and could not have dropped.
    PEAK(Unit.BYTES, 64L << 10, 1L << 40);

    private final Unit unit;
    private final double least;
    private final double most;

    Constant(Unit unit, double least, double most) {
        this.unit = unit;
        this.least = least;
        this.most = most;
    }

    /// What a value counts.
    public enum Unit {
        BYTES, COUNT, RATIO;

        /// `bytes`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Unit unit() {
        return unit;
    }

    /// Whether a value can be one: outside of this range something else was measured.
    public boolean admits(double value) {
        return value >= least && value <= most;
    }

    /// `shared_memory_factor`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// In sentences: `shared memory factor`.
    public String words() {
        return word().replace('_', ' ');
    }

    public static Optional<Constant> of(String word) {
        return Stream.of(values()).filter(constant -> constant.word().equals(word)).findFirst();
    }
}
