package dev.plimsoll.runtime.semantic;

import dev.plimsoll.runtime.tag.Generations;
import dev.plimsoll.runtime.tag.Stamp;
import dev.plimsoll.runtime.tag.Tag;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers found by the meaning of a question. Per scope and process an index holds the vectors; a store, perhaps
/// shared, holds the entries. Only what the index holds is given, so that every change it hears of reaches every entry.
public final class SemanticCache implements AutoCloseable {
    /// Of embeddings that a cache can be made for.
    public static final int LEAST_DIMENSIONS = VectorIndex.LEAST_DIMENSIONS;
    public static final int MOST_DIMENSIONS = VectorIndex.MOST_DIMENSIONS;

    private static final Logger LOG = LoggerFactory.getLogger(SemanticCache.class);

    private final EntryStore store;
    private final Removals removals;
    private final Generations generations;
    private final VectorIndex index;
    private final Thresholds thresholds;
    private final Search search;
    private final Clock clock;
    private final Refuted refuted = new Refuted();
    private final Counters counters = new Counters();
    private final Freshness freshness;
    private final EntryStore.Following following;

    SemanticCache(SemanticCacheBuilder built, EntryStore store, Generations generations) {
        this.store = store;
        removals = new Removals(store);
        this.generations = generations;
        this.clock = built.clock();
        index = new VectorIndex(built.dimensions(), built.key(), built.indexBytes());
        freshness = new Freshness(index, store, removals, clock);
        thresholds = new Thresholds(built.threshold(), built.random());
        search = new Search(index, store, generations, built.veto(), refuted, counters);
        following = store.follow(this::hear);
    }

    /// @param dimensions of the embeddings, 128 to 4,096
    public static SemanticCacheBuilder ofDimensions(int dimensions) {
        return new SemanticCacheBuilder(dimensions);
    }

    /// Looks for an answer. It never fails: a store that cannot be asked is a miss.
    public Lookup lookup(Scope scope, Question question) {
        var lookup = find(scope, checked(question));
        counters.count(lookup);
        return lookup;
    }

    private Lookup find(Scope scope, Question question) {
        var begun = freshness.begun();
        try {
            var now = clock.instant();
            var same = search.sameText(scope, question, now);
            if (same.isPresent()) {
                return new Lookup.Hit(scope, question, same.get(), true);
            }
            var aim = thresholds.aim(scope);
            if (aim.lowest().isEmpty()) {
                return new Lookup.Miss(scope, question, Lookup.Reason.NOTHING_NEAR, Optional.empty(), begun);
            }
            var nearest = search.nearest(scope, question, aim.lowest().getAsDouble(), now);
            return aim.decide(scope, question, nearest, begun);
        } catch (StoreException e) {
            return new Lookup.Miss(scope, question, Lookup.Reason.UNAVAILABLE, Optional.empty(), begun);
        }
    }

    /// Keeps the answer that a missed lookup led to.
    ///
    /// @return false when it was not kept: a tag was invalidated or a document added since, there is no room, or the
    /// store did not confirm it
    public boolean store(Lookup.Miss miss, Answer answer) {
        return store(miss.scope(), miss.question(), answer, miss.begun());
    }

    /// Keeps an answer whose tags cannot have been invalidated while it was made. Where they can, take the stamp
    /// before, and give it with an [Answer].
    public boolean store(Scope scope, Question question, String answer, Collection<Tag> tags, Duration ttl) {
        var begun = freshness.begun();
        var stamp = tags.isEmpty() ? Stamp.NONE : generations.stamp(tags);
        return store(scope, question, new Answer(answer, stamp, ttl, OptionalDouble.empty()), begun);
    }

    private boolean store(Scope scope, Question question, Answer answer, Begun begun) {
        var entry = Entry.of(scope, checked(question), answer, clock.instant(), begun.known());
        try {
            if (freshness.isOutdated(entry, begun) || !generations.isCurrent(entry.stamp())) {
                return false;
            }
            removals.settle();
            var confirmed = isConfirmed(entry);
            // What may be in the store is in the index, so that a document heard of later ends it everywhere.
            var kept = put(entry);
            // A document may have come between the question above and the index's knowing the entry.
            if (kept && freshness.isOutdated(entry, begun)) {
                index.remove(scope, entry.id());
                removals.remove(scope, List.of(entry.id()));
                return false;
            }
            if (kept && confirmed) {
                counters.keep();
            }
            return kept && confirmed;
        } catch (StoreException e) {
            return false;
        }
    }

    /// @return whether the store said in time that it keeps the entry; it may keep it all the same
    /// @throws StoreException if it surely does not, so that no other entry need make room for it
    private boolean isConfirmed(Entry entry) {
        try {
            store.put(entry);
            return true;
        } catch (StoreException failed) {
            if (failed.isRefused()) {
                throw failed;
            }
            return false;
        }
    }

    /// Ends the answers that a new document may change: those whose weakest source is less similar to the question than
    /// the document is.
    ///
    /// @param embedding of a part of the document, by the scope's model; call once for each part
    /// @return how many answers ended in this process's index
    /// @throws StoreException if the store does not confirm it. Then all answers that the document may change ended in
    /// this process, and in others once the store can be asked again. Those that only others knew may still be given:
    /// call again
    public int documentAdded(Scope scope, float[] embedding) {
        var added = new Change.DocumentAdded(scope, checked(Question.unit(embedding)));
        return freshness.apply(added, told(added));
    }

    private Position told(Change.DocumentAdded added) {
        try {
            return store.tell(added);
        } catch (StoreException away) {
            freshness.applyUntold(added);
            throw away;
        }
    }

    /// Says whether the entry of a lookup answers its question. For a missed lookup that has an entry, compare the
    /// fresh answer with the entry's. A wrong entry is not given to that question again, whoever praised it before; the
    /// threshold learns from one verdict of each lookup. Never fails: where the store cannot be told, other processes
    /// learn from their own verdicts.
    public void feedback(Lookup lookup, boolean wasRight) {
        lookup.found().ifPresent(found -> {
            var drawn = lookup instanceof Lookup.Miss;
            // Users report what is wrong more readily than what is right: unasked praise proves nothing.
            var counts = (drawn || !wasRight) && found.judge();
            if (wasRight && !counts) {
                return;
            }
            var judged = new Change.Judged(lookup.scope(), found.entry().id(), lookup.question().id(), found
                    .similarity(), wasRight, counts);
            apply(judged);
            try {
                store.tell(judged);
            } catch (StoreException away) {
                LOG.debug("other processes do not hear of a verdict", away);
            }
        });
    }

    /// The cosine from which entries of a scope are given; absent while only the same text is.
    public OptionalDouble threshold(Scope scope) {
        return thresholds.serving(scope);
    }

    public Counters counters() {
        return counters;
    }

    /// Bytes that the index takes now.
    public long indexBytes() {
        return index.bytes();
    }

    /// Entries of a scope in the index.
    public int size(Scope scope) {
        return index.size(scope);
    }

    /// Entries of all scopes in the index, expired ones that were not swept yet included.
    public int size() {
        return index.size();
    }

    /// Scopes that have found their threshold from verdicts.
    public int calibrated() {
        return thresholds.calibrated();
    }

    @Override
    public void close() {
        following.close();
    }

    private boolean put(Entry entry) {
        // A verdict on an answer to this very question was on the one that was here before.
        refuted.forget(entry.scope(), entry.id(), entry.id());
        return index.put(entry.scope(), entry.id(), entry.vector(), entry.expires().toEpochMilli(), entry.weakest(),
                clock.millis());
    }

    private void hear(Change change, Position at) {
        removals.settle();
        switch (change) {
            case Change.Stored stored -> store.find(stored.scope(), List.of(stored.id())).forEach(this::admit);
            case Change.Removed(var scope, var ids) -> ids.forEach(id -> index.remove(scope, id));
            case Change.DocumentAdded added -> freshness.apply(added, at);
            // The store may hold an answer that was made anew since.
            case Change.Past(Change.DocumentAdded added) -> freshness.end(added, at);
            case Change.Past(var told) -> hear(told, at);
            case Change.Judged judged -> apply(judged);
            case Change.Lost() -> {
                index.clear();
                thresholds.clear();
            }
        }
    }

    private void admit(Entry entry) {
        if (entry.vector().length != index.dimensions() || !entry.expires().isAfter(clock.instant())) {
            return;
        }
        if (!freshness.isOutdated(entry)) {
            put(entry);
        }
        // Of before, in place of one made anew; or a document came just now.
        if (freshness.isOutdated(entry)) {
            index.remove(entry.scope(), entry.id());
        }
    }

    private void apply(Change.Judged judged) {
        if (judged.counts()) {
            thresholds.judge(judged.scope(), judged.similarity(), judged.right());
        }
        if (!judged.right()) {
            refuted.add(judged.scope(), judged.entry(), judged.question());
        }
    }

    private Question checked(Question question) {
        checked(question.vector());
        return question;
    }

    private float[] checked(float[] vector) {
        if (vector.length != index.dimensions()) {
            throw new IllegalArgumentException(
                    "the cache is for " + index.dimensions() + " dimensions, not " + vector.length);
        }
        return vector;
    }
}
