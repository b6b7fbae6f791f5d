package dev.plimsoll.runtime.semantic;

import java.util.concurrent.atomic.AtomicReference;

/// The newest position that this process knows of. Whoever follows the changes says which run they are of.
final class Newest {
    private final AtomicReference<Position> known = new AtomicReference<>(Position.UNKNOWN);

    Position get() {
        return known.get();
    }

    /// Of the run that is followed from now on.
    void begin(Position newest) {
        known.set(newest);
    }

    /// A position of another run says nothing.
    void learn(Position at) {
        known.updateAndGet(newest -> at.isOfRunOf(newest) && at.isAfter(newest) ? at : newest);
    }
}
