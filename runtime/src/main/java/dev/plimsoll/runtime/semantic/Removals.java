package dev.plimsoll.runtime.semantic;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Entries that the store has to forget, kept until it has. One that stays is given by processes that heard of it after
/// the document that ended it.
final class Removals {
    private static final Logger LOG = LoggerFactory.getLogger(Removals.class);
    /// Removals kept for a store that takes none; beyond, the oldest are given up.
    private static final int KEPT = 1_000;

    private final EntryStore store;
    private final ArrayBlockingQueue<Removal> owed = new ArrayBlockingQueue<>(KEPT);

    private record Removal(Scope scope, List<Long> ids) {}

    Removals(EntryStore store) {
        this.store = store;
    }

    void remove(Scope scope, List<Long> ids) {
        Batches.of(ids).forEach(batch -> owe(new Removal(scope, batch)));
        settle();
    }

    /// Removes what could not be removed before, as far as the store can be asked now.
    void settle() {
        for (var next = owed.poll(); next != null; next = owed.poll()) {
            try {
                store.remove(next.scope(), next.ids());
            } catch (StoreException away) {
                LOG.debug("{} entries are removed later", next.ids().size(), away);
                owe(next);
                return;
            }
        }
    }

    private void owe(Removal removal) {
        while (!owed.offer(removal)) {
            owed.poll();
        }
    }
}
