package dev.plimsoll.runtime.semantic;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets no answer outlive a document that may change it: neither one that is kept, nor one that is being made.
final class Freshness {
    private static final Logger LOG = LoggerFactory.getLogger(Freshness.class);

    private final VectorIndex index;
    private final EntryStore store;
    private final Removals removals;
    private final Clock clock;
    private final Documents documents;
    private final AtomicLong untold = new AtomicLong();

    Freshness(VectorIndex index, EntryStore store, Removals removals, Clock clock) {
        this.index = index;
        this.store = store;
        this.removals = removals;
        this.clock = clock;
        documents = new Documents(index.dimensions());
    }

    /// Of an answer that is begun now.
    Begun begun() {
        return new Begun(store.position(), untold.get());
    }

    /// Whether a document that came after the answer was begun may change it, or one that is lost with a former run of
    /// the server. After one that could not be told, whose place among the changes nobody knows, any answer is taken
    /// for outdated.
    boolean isOutdated(Entry entry, Begun begun) {
        return untold.get() != begun.untold() || isOutdated(entry);
    }

    /// The same for an answer of another process, where it is known up to where changes had been told.
    boolean isOutdated(Entry entry) {
        return !entry.begun().isOfRunOf(store.position())
                || documents.affect(entry.scope(), entry.vector(), entry.weakest(), entry.begun());
    }

    /// Takes the answers that a document may change out of index and store.
    ///
    /// @return how many they are
    int apply(Change.DocumentAdded added, Position at) {
        var ended = end(added, at);
        removals.remove(added.scope(), ended);
        return ended.size();
    }

    /// Takes the answers that a document may change out of the index, and returns them. Of those that are near the
    /// edge the store tells; one that it cannot tell of now ends too.
    List<Long> end(Change.DocumentAdded added, Position at) {
        if (added.vector().length != index.dimensions()) {
            return List.of();
        }
        documents.add(at, added.scope(), added.vector());
        var affected = index.affected(added.scope(), added.vector(), clock.millis());
        var ended = new ArrayList<>(affected.stream().filter(Affected::surely).map(Affected::id).toList());
        ended.forEach(id -> index.remove(added.scope(), id));
        var doubtful = affected.stream().filter(entry -> !entry.surely()).map(Affected::id).toList();
        for (var batch : Batches.of(doubtful)) {
            var changed = changed(added, batch);
            changed.forEach(id -> index.remove(added.scope(), id));
            ended.addAll(changed);
        }
        return ended;
    }

    /// All but those that the store holds and the document leaves as they are.
    private List<Long> changed(Change.DocumentAdded added, List<Long> ids) {
        var changed = new ArrayList<>(ids);
        try {
            store.find(added.scope(), ids).stream().filter(entry -> Question.dot(entry.vector(), added
                    .vector()) <= entry.weakest()).map(Entry::id).forEach(changed::remove);
        } catch (StoreException away) {
            LOG.debug("{} answers end unread", ids.size(), away);
        }
        return changed;
    }

    /// The same for a document that the other processes could not be told of. They hear of the removals at least, once
    /// the store can be asked.
    void applyUntold(Change.DocumentAdded added) {
        untold.incrementAndGet();
        var ended = index.affected(added.scope(), added.vector(), clock.millis()).stream().map(Affected::id).toList();
        ended.forEach(id -> index.remove(added.scope(), id));
        removals.remove(added.scope(), ended);
    }
}
