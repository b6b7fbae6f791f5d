package dev.plimsoll.observe;

import java.util.List;

/// Every probe, in the order in which they look.
public final class Probes {
    private Probes() {}

    /// Those that count what memory depends on, what changes fastest first: it has to fit the memory read before it.
    public static List<Probe> ofMemory() {
        return List.of(new ContainerProbe(), new CgroupProbe(), new PostgresStateProbe(), new PostgresConfigProbe(),
                new RedisProbe(), new PgBouncerProbe(), new PrometheusProbe());
    }

    /// Those that look every few seconds while a load runs.
    public static List<Probe> ofLoad() {
        return List.of(new CgroupProbe(), new LoadProbe());
    }

    /// @param directory the absolute path of the rendered directory, with `/`
    public static List<Probe> of(String directory) {
        return List.of(new ContainerProbe(), new CgroupProbe(), new FileProbe(directory), new PostgresConfigProbe(),
                new PostgresStateProbe(), new PostgresBackendsProbe(), new RedisProbe(), new PgBouncerProbe(),
                new PrometheusProbe(), new AlertmanagerProbe());
    }
}
