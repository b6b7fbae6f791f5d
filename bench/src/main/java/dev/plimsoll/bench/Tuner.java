package dev.plimsoll.bench;

import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.function.BiFunction;

/// A tool that computes Postgres settings from a server's memory and CPUs.
///
/// @param settings from the server's memory and whole CPUs
public record Tuner(String name, BiFunction<MemorySize, Integer, Tuned> settings) {
    /// In the order of the comparison.
    public static final List<Tuner> OTHERS = List.of(
            new Tuner("PGTune, web", PgTune.Workload.WEB::settings),
            new Tuner("PGTune, oltp", PgTune.Workload.OLTP::settings),
            new Tuner("PGTune, dw", PgTune.Workload.DW::settings),
            new Tuner("PGTune, mixed", PgTune.Workload.MIXED::settings),
            new Tuner("timescaledb-tune", TimescaleTune::settings),
            new Tuner("pgconfig, WEB", PgConfig::web),
            new Tuner("pg_configurator", PgConfigurator::settings));

    /// A thirty-second of shared_buffers, at most 16 MB: what the server takes when nobody sets wal_buffers.
    static MemorySize ownWalBuffers(MemorySize sharedBuffers) {
        return sharedBuffers.dividedBy(32).min(MemorySize.ofMegabytes(16));
    }
}
