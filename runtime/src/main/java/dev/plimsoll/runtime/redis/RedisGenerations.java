package dev.plimsoll.runtime.redis;

import dev.plimsoll.runtime.tag.Held;
import dev.plimsoll.runtime.tag.HeldGenerations;
import dev.plimsoll.runtime.tag.Stamp;
import dev.plimsoll.runtime.tag.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Generations that all processes on one Redis share, and that each knows without asking as long as it holds a lease.
/// An invalidation returns when every process has dropped the tags, or may no longer rely on what it knows.
public final class RedisGenerations implements HeldGenerations, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisGenerations.class);
    /// Renewals in a lease: two may be lost.
    private static final int RENEWALS = 4;
    /// Pending tags in one command.
    private static final int MOST_REPEATED = 500;

    private final RedisLink link;
    private final GenerationKeys keys;
    private final Names names;
    private final NearGenerations near = new NearGenerations();
    private final Acknowledgements acknowledgements = new Acknowledgements();
    /// What Redis has not confirmed, with a token of the last call for it.
    private final ConcurrentMap<Tag, Object> pending = new ConcurrentHashMap<>();
    private final Heard heard = new Heard();
    private volatile @Nullable Watch watch;
    private volatile long leaseEnd = System.nanoTime();
    /// Of the server that is watched. What is heard there says nothing of another one that commands go to.
    private volatile String run = "";
    private volatile boolean closed;
    private boolean complained;
    private Optional<Future<?>> tending = Optional.empty();

    private RedisGenerations(RedisLink link) {
        this.link = link;
        names = new Names(link.options().namespace());
        keys = new GenerationKeys(link, names);
    }

    public static RedisGenerations over(RedisLink link) {
        var generations = new RedisGenerations(link);
        generations.tend();
        var interval = link.options().lease().toMillis() / RENEWALS;
        generations.tending = Optional.of(link.background().scheduleWithFixedDelay(generations::tend, interval,
                interval, TimeUnit.MILLISECONDS));
        return generations;
    }

    @Override
    public Held hold(Collection<Tag> tags) {
        if (isPending(tags)) {
            return RedisHeld.unknown(this);
        }
        var generations = new ArrayList<Generation>(tags.size());
        tags.forEach(tag -> generations.add(near.of(tag)));
        if (isPending(tags)) {
            // Since then: what was just dropped must not settle on its old number.
            near.drop(tags);
            return RedisHeld.unknown(this);
        }
        return watching() && generations.stream().allMatch(Generation::isCurrent)
                ? RedisHeld.of(this, stampOf(tags, generations.stream().map(Generation::number).toList()), generations)
                : asked(tags, generations);
    }

    private boolean isPending(Collection<Tag> tags) {
        return !pending.isEmpty() && tags.stream().anyMatch(pending::containsKey);
    }

    /// Keys of generations may expire and begin anew before this process hears of it.
    @Override
    public Held check(Collection<Tag> tags, Held held) {
        try {
            var numbers = numbers(tags);
            if (held.stamp().filter(stamp -> stamp.equals(stampOf(tags, numbers))).isPresent()) {
                return held;
            }
            near.drop(tags);
            return hold(tags);
        } catch (UnreachableException away) {
            return RedisHeld.unknown(this);
        }
    }

    private Held asked(Collection<Tag> tags, List<Generation> generations) {
        try {
            var numbers = numbers(tags);
            var known = new ArrayList<Generation>(tags.size());
            for (var at = 0; at < generations.size(); at++) {
                known.add(generations.get(at).settle(numbers.get(at)) ? generations.get(at) : Generation.dropped());
            }
            return RedisHeld.of(this, stampOf(tags, numbers), known);
        } catch (UnreachableException away) {
            return RedisHeld.unknown(this);
        }
    }

    private List<Long> numbers(Collection<Tag> tags) throws UnreachableException {
        for (var attempt = 0; attempt < 2; attempt++) {
            var numbers = keys.read(tags);
            if (numbers.isPresent()) {
                return numbers.get();
            }
            for (var tag : tags) {
                beginFirst(tag);
            }
        }
        return keys.read(tags).orElseThrow(() -> new UnreachableException("Redis evicts generations at once"));
    }

    private void beginFirst(Tag tag) throws UnreachableException {
        var present = watch;
        if (present == null || !present.isOpen()) {
            keys.beginFirst(tag);
        } else {
            link.await(present.beginFirst(tag), link.options().patience());
        }
    }

    private static Stamp stampOf(Collection<Tag> tags, List<Long> numbers) {
        var stamp = new TreeMap<Tag, Long>();
        var number = numbers.iterator();
        tags.forEach(tag -> stamp.put(tag, number.next()));
        return new Stamp(stamp);
    }

    @Override
    public boolean watching() {
        return watching(System.nanoTime());
    }

    boolean watching(long now) {
        return leaseEnd - now > 0 && link.isAt(run);
    }

    @Override
    public Stamp stamp(Collection<Tag> tags) {
        return hold(tags).stamp().orElseGet(() -> unknown(tags));
    }

    /// Nothing is stamped so in Redis, so it is not current ever.
    private static Stamp unknown(Collection<Tag> tags) {
        var stamp = new TreeMap<Tag, Long>();
        tags.forEach(tag -> stamp.put(tag, ThreadLocalRandom.current().nextLong()));
        return new Stamp(stamp);
    }

    @Override
    public boolean isCurrent(Stamp stamp) {
        var tags = stamp.generations().keySet();
        return tags.isEmpty() || hold(tags).stamp().filter(stamp::equals).isPresent();
    }

    @Override
    public boolean isOutdated(Stamp stamp) {
        return hold(stamp.generations().keySet()).stamp().filter(now -> !now.equals(stamp)).isPresent();
    }

    /// @throws PendingInvalidationException if Redis does not confirm it
    @Override
    public void invalidate(Collection<Tag> tags) {
        var distinct = List.copyOf(new TreeSet<>(tags));
        near.drop(distinct);
        if (distinct.isEmpty()) {
            return;
        }
        try {
            confirm(distinct);
        } catch (UnreachableException away) {
            distinct.forEach(tag -> pending.put(tag, new Object()));
            near.drop(distinct);
            throw new PendingInvalidationException(distinct, away);
        }
    }

    private void confirm(List<Tag> tags) throws UnreachableException {
        var begun = keys.expectation(Optional.ofNullable(watch).map(Watch::member));
        var waiting = acknowledgements.expect(begun.id());
        try {
            var told = keys.begin(tags, begun);
            waiting.await(told, link.options().lease().toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted", interrupted);
        } finally {
            acknowledgements.forget(begun.id());
        }
    }

    /// Runs in the background: makes the watch anew, renews the lease and repeats what is pending.
    private void tend() {
        if (closed) {
            return;
        }
        try {
            var present = watch;
            if (present == null || !present.isOpen() || isDeaf() || link.isElsewhere(present.run())) {
                present = rewatch(present);
            }
            if (closed) {
                // Meanwhile, so that whoever closed may not have seen it.
                present.close();
                return;
            }
            present.renew();
            complained = false;
            repeatPending();
        } catch (RuntimeException away) {
            if (!complained && !closed) {
                LOG.warn("not hearing of invalidations, so nothing is kept in the process: {}", away.toString());
                complained = true;
            }
        }
    }

    /// A connection that is open but brought no renewal for two leases.
    private boolean isDeaf() {
        return System.nanoTime() - leaseEnd > link.options().lease().toNanos();
    }

    private Watch rewatch(@Nullable Watch former) {
        if (former != null) {
            former.close();
        }
        heard.lost();
        leaseEnd = System.nanoTime();
        var next = new Watch(link.client(), link.uri(), names, link.options().lease(), heard);
        // Whatever was asked before the subscription began may have missed an invalidation.
        near.clear();
        run = next.run();
        watch = next;
        link.leaveOther(next.run());
        if (former != null) {
            next.left(former.member());
        }
        return next;
    }

    private void repeatPending() {
        while (!pending.isEmpty()) {
            var some = new LinkedHashMap<Tag, Object>();
            pending.entrySet().stream().limit(MOST_REPEATED).forEach(entry -> some.put(entry.getKey(), entry
                    .getValue()));
            try {
                confirm(List.copyOf(some.keySet()));
                some.forEach(pending::remove);
            } catch (UnreachableException away) {
                // The others would wait as long, and nothing else is done meanwhile.
                LOG.debug("{} are still not invalidated", some.keySet(), away);
                return;
            }
        }
    }

    /// For the tests: the watch's number at the server.
    Optional<Long> watchId() {
        return Optional.ofNullable(watch).filter(Watch::isOpen).map(Watch::id);
    }

    @Override
    public void close() {
        closed = true;
        tending.ifPresent(task -> task.cancel(false));
        heard.lost();
        var present = watch;
        if (present != null) {
            if (present.isOpen()) {
                present.leave();
            }
            present.close();
        }
    }

    /// Runs on the watch's thread.
    private final class Heard implements Watch.Listener {
        @Override
        public void message(Watch from, String[] words) {
            switch (words[0]) {
                case "drop" -> {
                    for (var at = 3; at < words.length; at++) {
                        near.drop(Tag.of(words[at]));
                    }
                    if (words[1].equals(from.member())) {
                        acknowledgements.acknowledged(words[2], from.member());
                    } else {
                        from.acknowledge(words[1], words[2]);
                    }
                }
                case "ack" -> acknowledgements.acknowledged(words[1], words[2]);
                case "left" -> acknowledgements.left(words[1]);
                default -> LOG.debug("a later version sends {}", words[0]);
            }
        }

        @Override
        public void changed(String key) {
            near.drop(names.tag(key));
        }

        @Override
        public void flushed() {
            near.clear();
        }

        @Override
        public void lost(Watch from) {
            lost();
            if (!closed) {
                link.background().execute(RedisGenerations.this::tend);
            }
        }

        void lost() {
            leaseEnd = System.nanoTime();
            near.clear();
        }

        @Override
        public void renewed(Watch from, long since) {
            if (from.equals(watch) && from.isOpen() && !closed) {
                leaseEnd = since + link.options().lease().toNanos();
            }
        }
    }
}
