package dev.plimsoll.spring.cache;

import dev.plimsoll.runtime.cache.Caches;
import org.springframework.transaction.event.TransactionalEventListener;

/// Hears events once the transaction that published them is committed: before, whoever loads anew would load the old.
public final class CommittedInvalidations {
    private final Caches caches;

    public CommittedInvalidations(Caches caches) {
        this.caches = caches;
    }

    @TransactionalEventListener(fallbackExecution = true)
    public void hear(Invalidation invalidation) {
        caches.sync(invalidation.event(), invalidation.text());
    }
}
