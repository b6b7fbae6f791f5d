package dev.plimsoll.observe;

import java.util.List;

/// Every probe, in the order in which they look.
public final class Probes {
    private Probes() {}

    /// @param directory the absolute path of the rendered directory, with `/`
    public static List<Probe> of(String directory) {
        return List.of(new ContainerProbe(), new CgroupProbe(), new FileProbe(directory), new PostgresConfigProbe(),
                new PostgresStateProbe(), new RedisProbe(), new PgBouncerProbe(), new PrometheusProbe(),
                new AlertmanagerProbe());
    }
}
