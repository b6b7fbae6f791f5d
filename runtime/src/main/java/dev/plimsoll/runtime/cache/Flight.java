package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.tag.Held;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/// One search for a key's value, which several callers may wait for.
final class Flight<V> {
    /// The flight that a thread waits for, by the thread's id.
    private static final ConcurrentMap<Long, Flight<?>> WAITING = new ConcurrentHashMap<>();
    private static final long NOBODY = -1;

    private final long begun = System.nanoTime();
    private final CompletableFuture<Optional<Held>> held = new CompletableFuture<>();
    private final CompletableFuture<V> value = new CompletableFuture<>();
    private volatile long worker = NOBODY;

    void start() {
        worker = Thread.currentThread().threadId();
    }

    boolean isMine() {
        return worker == Thread.currentThread().threadId();
    }

    /// Notes that this thread waits for it now, unless it would wait for itself: the flight's own thread waits for one
    /// of this thread's, over any number of others. Of two who do so at once at least one sees the other.
    ///
    /// @return false when it must not wait
    boolean join() {
        var me = Thread.currentThread().threadId();
        WAITING.put(me, this);
        Flight<?> next = this;
        for (var steps = WAITING.size(); steps >= 0 && next != null && !next.value.isDone(); steps--) {
            if (next.worker == me) {
                leave();
                return false;
            }
            next = WAITING.get(next.worker);
        }
        return true;
    }

    /// This thread waits no more.
    static void leave() {
        WAITING.remove(Thread.currentThread().threadId());
    }

    void holding(Held generations) {
        held.complete(Optional.of(generations));
    }

    void landed(V result) {
        held.complete(Optional.empty());
        value.complete(result);
    }

    void failed(Throwable failure) {
        held.complete(Optional.empty());
        value.completeExceptionally(failure);
    }

    /// Whether its value is right for a caller that came at this time: it began later, or nothing was invalidated
    /// between its stamp and now.
    boolean serves(long arrival) throws InterruptedException {
        if (begun - arrival >= 0) {
            return true;
        }
        return held().filter(Held::isCurrent).isPresent();
    }

    /// Whether it searches without knowing any generations, so that it serves nobody who came later.
    boolean isBlind() throws InterruptedException {
        return held().filter(known -> known.stamp().isEmpty()).isPresent();
    }

    private Optional<Held> held() throws InterruptedException {
        try {
            return held.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The value; empty if whoever searched was interrupted, or offered what is outdated, which is no business of those
    /// who wait.
    Optional<V> await() throws InterruptedException {
        try {
            return Optional.of(value.get());
        } catch (ExecutionException failed) {
            return switch (failed.getCause()) {
                case LoadFailedException wrapped when wrapped.getCause() instanceof InterruptedException ->
                    Optional.empty();
                case OutdatedException outdated -> Optional.empty();
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(failed);
            };
        }
    }

    /// Waits for the end, however it ends, and gives nothing.
    Optional<V> awaitEnd() throws InterruptedException {
        try {
            var unused = value.get();
        } catch (ExecutionException failed) {
            // That is told to those for whom it flies.
        }
        return Optional.empty();
    }
}
