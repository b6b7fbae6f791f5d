package dev.plimsoll.runtime.redis;

import java.util.concurrent.atomic.AtomicReference;

/// One generation of one tag as this process knows it. It is made before Redis is asked for its number, so that an
/// invalidation that arrives before the answer finds something to drop.
final class Generation {
    private enum State {
        ASKED, CURRENT, DROPPED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.ASKED);
    /// Written before the state becomes CURRENT, read after.
    private long number;

    /// A generation that is never current, for a value that may not be kept.
    static Generation dropped() {
        var generation = new Generation();
        generation.drop();
        return generation;
    }

    boolean isCurrent() {
        return state.get() == State.CURRENT;
    }

    long number() {
        return number;
    }

    /// Takes the answer; false if the generation was dropped meanwhile or is known under another number.
    synchronized boolean settle(long answer) {
        if (state.get() == State.ASKED) {
            number = answer;
            return state.compareAndSet(State.ASKED, State.CURRENT);
        }
        return isCurrent() && number == answer;
    }

    void drop() {
        state.set(State.DROPPED);
    }
}
