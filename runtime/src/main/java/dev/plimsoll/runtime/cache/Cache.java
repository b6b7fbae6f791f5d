package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.redis.UnreachableException;
import dev.plimsoll.runtime.tag.Stamp;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Values of one kind, kept in the process and, where there is one, in Redis. A call that begins after an
/// invalidation has returned, in whichever process, gets nothing that was loaded before it.
///
/// @param <K> see [KeyTemplate]
/// @param <V> must not change, as callers share it
public final class Cache<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(Cache.class);

    private final CacheParts<K, V> parts;
    private final NearValues<K, V> near;
    private final ConcurrentMap<K, Flight<Fetch.Outcome<V>>> flights = new ConcurrentHashMap<>();

    Cache(CacheParts<K, V> parts) {
        this.parts = parts;
        near = new NearValues<>(parts.policy().bytes(), parts.counters());
    }

    /// The key's value: from the process, else from Redis, else from the loader, which runs once for all who wait. All
    /// that is thrown comes from the loader or an interruption.
    public V get(K key, Loader<? extends V> loader) {
        parts.counters().requests.increment();
        var now = System.nanoTime();
        var kept = near.get(key);
        if (kept == null || kept.isGone(now) || !kept.held().isCurrent(now)) {
            return obtain(key, loader, now);
        }
        if (kept.isDue(now)) {
            refresh(key, loader, kept);
        }
        (kept.isFresh(now) ? parts.counters().nearHits : parts.counters().staleHits).increment();
        return kept.value();
    }

    /// The key's value if it is kept and fresh, in the process or in Redis. Loads nothing; for callers that cannot give
    /// a loader. Follow a miss with [#offer].
    public Optional<V> find(K key) {
        parts.counters().requests.increment();
        var now = System.nanoTime();
        var kept = near.get(key);
        if (kept != null && kept.isFresh(now) && kept.held().isCurrent(now)) {
            parts.counters().nearHits.increment();
            return Optional.of(kept.value());
        }
        var found = stored(key).filter(value -> value.isFresh(System.nanoTime())).map(Kept::value);
        (found.isPresent() ? parts.counters().sharedHits : parts.counters().misses).increment();
        return found;
    }

    private Optional<Kept<V>> stored(K key) {
        if (parts.shared().isEmpty()) {
            return Optional.empty();
        }
        var held = parts.generations().hold(parts.template().tags(key));
        if (held.stamp().isEmpty()) {
            return Optional.empty();
        }
        try {
            var text = parts.template().render(key);
            return parts.shared().get().read(text).filter(found -> held.stamp().filter(found.stored().stamp()::equals)
                    .isPresent()).flatMap(found -> loading(key, this::notLoaded).decode(text, held, found));
        } catch (UnreachableException away) {
            return Optional.empty();
        }
    }

    private V notLoaded() {
        throw new IllegalStateException("there is no loader");
    }

    /// The generations of a key's tags, to be taken before making a value that is then offered.
    public Stamp stamp(K key) {
        return parts.generations().stamp(parts.template().tags(key));
    }

    /// Keeps a value that the caller has made since it took the stamp, unless one of the tags was invalidated since.
    ///
    /// @return what is kept of the key now, which is another value where somebody else was first; empty if nothing is
    public Optional<V> offer(K key, V value, Stamp since) {
        var tags = parts.template().tags(key);
        try {
            // Its stamp is taken before the loader runs, so that one equal before and after was equal in between.
            return Optional.of(shared(key, () -> {
                if (!parts.generations().stamp(tags).equals(since)) {
                    throw new OutdatedException();
                }
                return value;
            }, System.nanoTime()).kept().value());
        } catch (OutdatedException invalidated) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// The name of the cache in counts and listeners.
    public String name() {
        return parts.template().text();
    }

    public CacheCounts counts() {
        return parts.counters().counts(near.bytes(), near.entries());
    }

    private V obtain(K key, Loader<? extends V> loader, long arrival) {
        try {
            var outcome = shared(key, loader, arrival);
            var now = System.nanoTime();
            parts.listener().waited(name(), Duration.ofNanos(now - arrival));
            if (outcome.source() == Fetch.Source.LOADER) {
                parts.counters().misses.increment();
            } else if (outcome.kept().isFresh(now)) {
                parts.counters().sharedHits.increment();
            } else {
                parts.counters().staleHits.increment();
                refresh(key, loader, outcome.kept());
            }
            return outcome.kept().value();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LoadFailedException(parts.template().render(key), interrupted);
        }
    }

    /// One search at a time for each key, but none is joined whose value may have been invalidated before the caller
    /// came. When that cannot be known, callers wait for the search under way and share the next one.
    private Fetch.Outcome<V> shared(K key, Loader<? extends V> loader, long arrival) throws InterruptedException {
        while (true) {
            var mine = new Flight<Fetch.Outcome<V>>();
            var other = flights.putIfAbsent(key, mine);
            if (other == null) {
                return fly(key, loader, mine, false);
            }
            if (other.isMine()) {
                throw circular(key);
            }
            if (other.serves(arrival)) {
                var outcome = waiting(key, other, other::await);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            } else if (!parts.generations().watching() || other.isBlind()) {
                waiting(key, other, other::awaitEnd);
            } else if (flights.replace(key, other, mine)) {
                return fly(key, loader, mine, false);
            }
        }
    }

    private IllegalStateException circular(K key) {
        return new IllegalStateException("the loader of `" + parts.template().render(key)
                + "` asks for its own key, or for one whose loader waits for it");
    }

    /// What a wait for another flight gives.
    private interface Wait<T> {
        T end() throws InterruptedException;
    }

    private <T> T waiting(K key, Flight<?> other, Wait<T> wait) throws InterruptedException {
        if (!other.join()) {
            throw circular(key);
        }
        try {
            return wait.end();
        } finally {
            Flight.leave();
        }
    }

    private Fetch.Outcome<V> fly(K key, Loader<? extends V> loader, Flight<Fetch.Outcome<V>> flight,
            boolean renewing) {
        flight.start();
        try {
            var fetch = new Fetch<>(loading(key, loader), parts.generations(), parts.shared(), parts.policy(),
                    parts.template()
                            .render(key),
                    parts.template().tags(key), renewing);
            flight.holding(fetch.held());
            var outcome = fetch.run();
            flight.landed(outcome);
            return outcome;
        } catch (RuntimeException | Error failure) {
            flight.failed(failure);
            throw failure;
        } finally {
            flights.remove(key, flight);
        }
    }

    private Loading<K, V> loading(K key, Loader<? extends V> loader) {
        return new Loading<>(parts, loader, kept -> near.put(key, kept));
    }

    /// Loads anew in the background, unless somebody does already.
    private void refresh(K key, Loader<? extends V> loader, Kept<V> kept) {
        if (flights.containsKey(key)) {
            return;
        }
        var flight = new Flight<Fetch.Outcome<V>>();
        if (flights.putIfAbsent(key, flight) != null) {
            return;
        }
        try {
            parts.background().execute(() -> refreshNow(key, loader, kept, flight));
        } catch (RejectedExecutionException closed) {
            flights.remove(key, flight);
            flight.failed(closed);
        }
    }

    private void refreshNow(K key, Loader<? extends V> loader, Kept<V> kept, Flight<Fetch.Outcome<V>> flight) {
        try {
            var unused = Optional.of(fly(key, loader, flight, true));
        } catch (RuntimeException failure) {
            kept.postpone(System.nanoTime());
            LOG.warn("`{}` could not be loaded anew, what is kept is returned until it is too old: {}",
                    parts.template().render(key), failure.toString());
        }
    }
}
