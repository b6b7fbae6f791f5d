package dev.plimsoll.runtime.semantic;

import java.util.List;

/// What one process tells the others that share a store.
public sealed interface Change {
    /// An entry was put into the store.
    record Stored(Scope scope, long id) implements Change {}

    /// Entries were removed from the store.
    record Removed(Scope scope, List<Long> ids) implements Change {
        public Removed {
            ids = List.copyOf(ids);
        }
    }

    /// A document was added whose part has this vector, of length one.
    @SuppressWarnings("ArrayRecordComponent")
    record DocumentAdded(Scope scope, float[] vector) implements Change {}

    /// Somebody compared an entry with a fresh answer to a question.
    ///
    /// @param counts whether the verdict says something about the scope's false hits
    record Judged(Scope scope, long entry, long question, double similarity, boolean right, boolean counts)
            implements
                Change {}

    /// What was told before anybody listened here. Those who listened then have done to the store what was to be done,
    /// and it may hold something newer since.
    record Past(Change change) implements Change {}

    /// Some changes cannot be known any more: what follows starts anew.
    record Lost() implements Change {}
}
