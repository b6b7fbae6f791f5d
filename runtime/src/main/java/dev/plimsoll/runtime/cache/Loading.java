package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.tag.Held;
import dev.plimsoll.runtime.tag.Stamp;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes values for one key: from a loader or from what Redis holds, and keeps them.
final class Loading<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(Loading.class);
    /// A loader that takes longer no longer keeps other processes from loading the same.
    private static final Duration LONGEST_CLAIM = Duration.ofMinutes(1);

    private final CacheParts<K, V> parts;
    private final Loader<? extends V> loader;
    private final Consumer<Kept<V>> keeper;

    Loading(CacheParts<K, V> parts, Loader<? extends V> loader, Consumer<Kept<V>> keeper) {
        this.parts = parts;
        this.loader = loader;
        this.keeper = keeper;
    }

    /// A value for this process alone.
    Kept<V> load(String key, Held held) {
        var begun = System.nanoTime();
        var value = call(key, begun);
        return keep(kept(key, held, value, parts.codec().encode().apply(value).length, millisSince(begun)));
    }

    /// A value for all processes, under a claim that is given back however the loader ends.
    Kept<V> load(String key, Held held, SharedValues shared, Stamp stamp, SharedValues.Claim claim) {
        var begun = System.nanoTime();
        var renewal = renew(shared, claim);
        var stored = false;
        try {
            var value = call(key, begun);
            var bytes = parts.codec().encode().apply(value);
            var took = millisSince(begun);
            var kept = keep(kept(key, held, value, bytes.length, took));
            if (parts.generations().watching() && !held.isCurrent()) {
                // What was invalidated meanwhile must not take the place of what was loaded after it.
                return kept;
            }
            var stale = parts.policy().stale().toMillis();
            var fresh = Math.max(1, kept.freshMillis(System.nanoTime()));
            shared.store(key, new Stored(parts.codec().name(), (int) stale, (int) Math.min(took,
                    Integer.MAX_VALUE), stamp, bytes), fresh + stale, claim);
            stored = true;
            return kept;
        } finally {
            renewal.ifPresent(running -> running.cancel(false));
            if (!stored) {
                shared.release(claim);
            }
        }
    }

    /// What Redis holds; empty if it is of another format.
    Optional<Kept<V>> decode(String key, Held held, SharedValues.Found found) {
        var stored = found.stored();
        if (!stored.codec().equals(parts.codec().name())) {
            return Optional.empty();
        }
        try {
            var value = parts.codec().decode().apply(stored.value());
            return Optional
                    .of(keep(new Kept<>(value, held, weight(key, held, stored.value().length), found.livesMillis()
                            - stored.staleMillis(), stored.staleMillis(), stored.loadMillis())));
        } catch (RuntimeException unreadable) {
            LOG.warn("what is stored of `{}` cannot be decoded, so it is loaded anew: {}", key, unreadable.toString());
            return Optional.empty();
        }
    }

    private V call(String key, long begun) {
        var succeeded = false;
        try {
            V value = Objects.requireNonNull(loader.load(),
                    () -> "the loader of `" + key + "` returned null; what may be "
                            + "absent is an Optional");
            succeeded = true;
            return value;
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LoadFailedException(key, interrupted);
        } catch (Exception checked) {
            throw new LoadFailedException(key, checked);
        } finally {
            (succeeded ? parts.counters().loads : parts.counters().failures).increment();
            parts.listener().loaded(parts.template().text(), Duration.ofNanos(System.nanoTime() - begun), succeeded);
        }
    }

    private Kept<V> kept(String key, Held held, V value, int length, long took) {
        var fresh = parts.policy().fresh().toMillis();
        var off = fresh * parts.policy().jitterPercent() / 100;
        var jittered = fresh - (off == 0 ? 0 : ThreadLocalRandom.current().nextLong(off + 1));
        return new Kept<>(value, held, weight(key, held, length), jittered, parts.policy().stale().toMillis(), took);
    }

    private Kept<V> keep(Kept<V> kept) {
        if (kept.held().isCurrent()) {
            keeper.accept(kept);
        }
        return kept;
    }

    private static int weight(String key, Held held, int length) {
        var tags = held.stamp().map(stamp -> stamp.generations().keySet()).orElse(Set.of());
        var further = tags.stream().skip(1).mapToLong(tag -> NearValues.FURTHER_TAG + tag.name().length()).sum();
        return (int) Math.min(Integer.MAX_VALUE, NearValues.OVERHEAD + further + key.length() + length);
    }

    /// Empty where the caches were closed meanwhile: then the claim lasts for one lease.
    private Optional<Future<?>> renew(SharedValues shared, SharedValues.Claim claim) {
        var lease = parts.policy().lease();
        var interval = Math.max(1, lease.toMillis() / 3);
        var left = new AtomicLong(LONGEST_CLAIM.toMillis() / interval);
        try {
            return Optional.of(parts.timer().scheduleAtFixedRate(() -> {
                if (left.decrementAndGet() >= 0) {
                    shared.renew(claim, lease);
                }
            }, interval, interval, TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException closed) {
            return Optional.empty();
        }
    }

    private static long millisSince(long begun) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }
}
