package dev.plimsoll.runtime.semantic;

import dev.plimsoll.runtime.tag.Generations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Finds the entry to give: the index proposes, and the entry itself is checked before anything is said.
final class Search {
    /// Entries fetched first, and each time twice as many as before: the first are nearly always the answer, and where
    /// many lie just below the threshold few round trips find the one above it.
    private static final int AT_FIRST = 8;
    static final int AT_MOST = 128;

    private final VectorIndex index;
    private final EntryStore store;
    private final Generations generations;
    private final Veto veto;
    private final Refuted refuted;
    private final Counters counters;
    private final double doubt;

    Search(VectorIndex index, EntryStore store, Generations generations, Veto veto, Refuted refuted,
            Counters counters) {
        this.index = index;
        this.store = store;
        this.generations = generations;
        this.veto = veto;
        this.refuted = refuted;
        this.counters = counters;
        this.doubt = Segment.doubt(Rotation.width(index.dimensions()));
    }

    /// The entry of the same question.
    Optional<Lookup.Found> sameText(Scope scope, Question question, Instant now) {
        var id = question.id();
        if (!index.contains(scope, id, now.toEpochMilli())) {
            return Optional.empty();
        }
        return usable(scope, List.of(id), now).stream()
                .filter(entry -> Question.normalised(entry.question()).equals(question.normalised()))
                .filter(entry -> !refuted.contains(scope, entry.id(), id))
                .map(entry -> new Lookup.Found(entry, Question.dot(entry.vector(), question.vector()))).findFirst();
    }

    /// The nearest entry at or above a threshold that is not refused.
    Nearest nearest(Scope scope, Question question, double threshold, Instant now) {
        var near = index.near(scope, question.vector(), threshold, now.toEpochMilli());
        var best = Optional.<Lookup.Found>empty();
        var refused = false;
        var atOnce = AT_FIRST;
        var end = Math.min(AT_MOST, near.size());
        for (var from = 0; from < end; from += atOnce, atOnce *= 2) {
            if (best.isPresent() && near.get(from).estimate() + doubt < best.get().similarity()) {
                break;
            }
            var ids = near.subList(from, Math.min(end, from + atOnce)).stream().map(Near::id).toList();
            for (var entry : usable(scope, ids, now)) {
                var similarity = Question.dot(entry.vector(), question.vector());
                if (similarity >= threshold && similarity > best.map(Lookup.Found::similarity).orElse(-1.0)) {
                    if (isRefused(question, entry)) {
                        refused = true;
                    } else {
                        best = Optional.of(new Lookup.Found(entry, similarity));
                    }
                }
            }
        }
        return new Nearest(best, refused);
    }

    private boolean isRefused(Question question, Entry entry) {
        return refuted.contains(entry.scope(), entry.id(), question.id()) || veto.refuses(question.text(), entry
                .question());
    }

    /// Entries that may be given now. What can no more is taken out of index and store; what nobody knows of stays.
    private List<Entry> usable(Scope scope, List<Long> ids, Instant now) {
        var missing = new HashSet<>(ids);
        var usable = new ArrayList<Entry>();
        var ended = new ArrayList<Long>();
        for (var entry : store.find(scope, ids)) {
            missing.remove(entry.id());
            if (!entry.scope().equals(scope) || entry.vector().length != index.dimensions()) {
                counters.foreign();
            } else if (!entry.expires().isAfter(now)) {
                index.remove(scope, entry.id());
            } else if (generations.isCurrent(entry.stamp())) {
                usable.add(entry);
            } else if (generations.isOutdated(entry.stamp())) {
                index.remove(scope, entry.id());
                ended.add(entry.id());
            }
        }
        missing.forEach(id -> index.remove(scope, id));
        if (!ended.isEmpty()) {
            counters.stale(ended.size());
            store.remove(scope, ended);
        }
        return usable;
    }

    /// @param refused whether a nearer entry was refused
    record Nearest(Optional<Lookup.Found> found, boolean refused) {}
}
