package dev.plimsoll.render;

import java.util.List;

/// Every renderer, in the order in which their patches are laid: a later one wins for the same key.
public final class Renderers {
    static final List<Renderer> ALL = List.of(
            new ServiceLimits(),
            new ServiceHealth(),
            new ServiceLife(),
            new ServicePorts(),
            new PostgresConf(),
            new RedisConf(),
            new PgBouncerConf(),
            new PrometheusConf(),
            new ApplicationSettings(),
            new ApplicationPools(),
            new OwnVariables());

    private Renderers() {}
}
