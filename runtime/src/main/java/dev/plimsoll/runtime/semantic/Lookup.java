package dev.plimsoll.runtime.semantic;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// What a lookup found.
public sealed interface Lookup {
    Scope scope();

    Question question();

    /// The entry that was found, served or not, to be judged by [SemanticCache#feedback].
    Optional<Found> found();

    /// An answer to give.
    ///
    /// @param exact whether the question was the same but for spaces and marks
    record Hit(Scope scope, Question question, Found entry, boolean exact) implements Lookup {
        public String answer() {
            return entry.entry().answer();
        }

        @Override
        public Optional<Found> found() {
            return Optional.of(entry);
        }
    }

    /// Nothing to give: make the answer and store it.
    ///
    /// @param found what would be given at a lower threshold or was drawn to be checked: compare its answer with
    /// the fresh one and say how it went, always or never, whatever the outcome
    /// @param begun when the lookup was made
    record Miss(Scope scope, Question question, Reason reason, Optional<Found> found, Begun begun)
            implements
                Lookup {}

    /// An entry that a lookup found. Its verdict counts once.
    final class Found {
        private final Entry entry;
        private final double similarity;
        private final AtomicBoolean judged = new AtomicBoolean();

        /// @param similarity the exact cosine with the question
        public Found(Entry entry, double similarity) {
            this.entry = entry;
            this.similarity = similarity;
        }

        public Entry entry() {
            return entry;
        }

        public double similarity() {
            return similarity;
        }

        /// Whether nobody has judged it before.
        boolean judge() {
            return judged.compareAndSet(false, true);
        }
    }

    /// Why nothing is given.
    enum Reason {
        /// No entry is near enough.
        NOTHING_NEAR,
        /// Near entries exist, but numbers, names, negation or order of words differ.
        DIFFERENT_MEANING,
        /// The nearest entry is below the threshold.
        BELOW_THRESHOLD,
        /// The scope has no threshold yet: too few verdicts.
        NOT_CALIBRATED,
        /// The entry is good enough, and was drawn to be checked.
        CHECKED,
        /// The store or the generations cannot be asked.
        UNAVAILABLE
    }
}
