package dev.plimsoll.spring.cache;

import dev.plimsoll.runtime.cache.Caches;
import org.springframework.context.event.EventListener;

/// Hears events at once.
public final class Invalidations {
    private final Caches caches;

    public Invalidations(Caches caches) {
        this.caches = caches;
    }

    @EventListener
    public void hear(Invalidation invalidation) {
        caches.sync(invalidation.event(), invalidation.text());
    }
}
