package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.redis.UnreachableException;
import dev.plimsoll.runtime.tag.Held;
import dev.plimsoll.runtime.tag.HeldGenerations;
import dev.plimsoll.runtime.tag.Stamp;
import dev.plimsoll.runtime.tag.Tag;
import java.util.List;
import java.util.Optional;

/// One search for a key's value beyond the process: in Redis, else by the loader, under a claim that keeps other
/// processes from loading the same meanwhile. Without Redis it is the loader alone.
final class Fetch<K, V> {
    /// A waiting process looks again after 1, 2, 4, ... ms.
    private static final long SHORTEST_PAUSE = 1;
    private static final long LONGEST_PAUSE = 25;

    private final Loading<K, V> loading;
    private final HeldGenerations generations;
    private final Optional<SharedValues> shared;
    private final CachePolicy policy;
    private final String key;
    private final List<Tag> tags;
    /// Whether a stale value is no answer, as somebody has it already.
    private final boolean renewing;
    private Held held;
    private boolean checked;

    /// A value and where it came from.
    record Outcome<V>(Kept<V> kept, Source source) {}

    enum Source {
        REDIS, LOADER
    }

    Fetch(Loading<K, V> loading, HeldGenerations generations, Optional<SharedValues> shared, CachePolicy policy,
            String key,
            List<Tag> tags, boolean renewing) {
        this.loading = loading;
        this.generations = generations;
        this.shared = shared;
        this.policy = policy;
        this.key = key;
        this.tags = tags;
        this.renewing = renewing;
        held = generations.hold(tags);
    }

    /// The generations before anything was searched.
    Held held() {
        return held;
    }

    Outcome<V> run() {
        try {
            return shared.isPresent() ? search(shared.get()) : alone();
        } catch (UnreachableException away) {
            return alone();
        }
    }

    private Outcome<V> alone() {
        return new Outcome<>(loading.load(key, held), Source.LOADER);
    }

    private Outcome<V> search(SharedValues redis) throws UnreachableException {
        for (var pause = SHORTEST_PAUSE;; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
            var stamp = held.stamp();
            if (stamp.isEmpty()) {
                return alone();
            }
            var found = find(redis, stamp.get());
            if (found.isPresent()) {
                return new Outcome<>(found.get(), Source.REDIS);
            }
            if (held.stamp().equals(stamp)) {
                var claim = redis.claim(key, stamp.get(), policy.lease());
                if (claim.isPresent()) {
                    return claimed(redis, stamp.get(), claim.get());
                }
                sleep(pause);
            }
            if (!held.isCurrent()) {
                held = generations.hold(tags);
            }
        }
    }

    /// Another process may have stored a value and given its claim back just before.
    private Outcome<V> claimed(SharedValues redis, Stamp stamp, SharedValues.Claim claim) {
        try {
            var found = find(redis, stamp);
            if (found.isPresent()) {
                redis.release(claim);
                return new Outcome<>(found.get(), Source.REDIS);
            }
        } catch (UnreachableException away) {
            // Then it is loaded all the same.
        }
        return new Outcome<>(loading.load(key, held, redis, stamp, claim), Source.LOADER);
    }

    private Optional<Kept<V>> find(SharedValues redis, Stamp stamp) throws UnreachableException {
        var found = redis.read(key);
        if (found.isPresent() && !checked && !found.get().stored().stamp().equals(stamp)) {
            checked = true;
            held = generations.check(tags, held);
        }
        return found.filter(value -> held.stamp().filter(value.stored().stamp()::equals).isPresent())
                .flatMap(value -> loading.decode(key, held, value))
                .filter(kept -> !renewing || !kept.isDue(System.nanoTime()));
    }

    private void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LoadFailedException(key, interrupted);
        }
    }
}
