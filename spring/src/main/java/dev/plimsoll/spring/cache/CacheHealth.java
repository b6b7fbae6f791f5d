package dev.plimsoll.spring.cache;

import dev.plimsoll.runtime.cache.Caches;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether Redis answers. The service works without it, so it is never down for that.
public final class CacheHealth implements HealthIndicator {
    static final String DEGRADED = "DEGRADED";

    private final Caches caches;

    public CacheHealth(Caches caches) {
        this.caches = caches;
    }

    @Override
    public Health health() {
        return caches.connected()
                ? Health.up().build()
                : Health.status(DEGRADED).withDetail("redis", "no answer; values are loaded each time").build();
    }
}
