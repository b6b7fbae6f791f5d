package dev.plimsoll.spring.web;

import dev.plimsoll.runtime.web.Drain;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Out of service while draining, so that a balancer sees the service go.
public final class DrainHealth implements HealthIndicator {
    private final Drain drain;

    public DrainHealth(Drain drain) {
        this.drain = drain;
    }

    @Override
    public Health health() {
        return (drain.draining() ? Health.outOfService() : Health.up()).withDetail("active", drain.active()).build();
    }
}
