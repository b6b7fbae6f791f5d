package dev.plimsoll.runtime.semantic;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The vectors of all scopes of one process, each scope by itself: a lookup never reads another scope's.
public final class VectorIndex {
    /// Dimensions of the common embedding models; fewer would make codes of padding.
    static final int LEAST_DIMENSIONS = 2 * Radius.STEP;
    static final int MOST_DIMENSIONS = 4096;
    /// Thresholds whose radii are kept; they are rounded down to a thousandth, which only widens the radius.
    private static final double GRAIN = 1000;
    /// In milliseconds. Where memory is short all scopes are gone through for what has expired, which takes a few
    /// milliseconds with 64 MB, and not at each insert.
    private static final long BETWEEN_TIDYING = 1_000;

    private final int dimensions;
    private final Rotation rotation;
    private final Allowance allowance;
    private final ConcurrentMap<Scope, Segment> segments = new ConcurrentHashMap<>();
    /// When all scopes were last tidied, in milliseconds since 1970.
    private final AtomicLong tidied = new AtomicLong();
    private final ConcurrentMap<Integer, Radius> radii = new ConcurrentHashMap<>();
    private final ArrayBlockingQueue<Nearest> buffers = new ArrayBlockingQueue<>(2 * Runtime.getRuntime()
            .availableProcessors());

    /// @param dimensions of the vectors, 128 to 4,096
    /// @param key of the rotation; any number, better not a public one
    /// @param bytes that the entries may take at most
    public VectorIndex(int dimensions, long key, long bytes) {
        if (dimensions < LEAST_DIMENSIONS || dimensions > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("dimensions must be " + LEAST_DIMENSIONS + " to " + MOST_DIMENSIONS
                    + ", not " + dimensions);
        }
        this.dimensions = dimensions;
        rotation = new Rotation(dimensions, key);
        allowance = new Allowance(bytes);
    }

    public int dimensions() {
        return dimensions;
    }

    /// Bytes that the entries take now.
    public long bytes() {
        return allowance.taken();
    }

    /// Entries of a scope, expired ones that were not swept yet included.
    public int size(Scope scope) {
        return segment(scope).map(Segment::size).orElse(0);
    }

    /// Entries of all scopes, likewise.
    public int size() {
        return segments.values().stream().mapToInt(Segment::size).sum();
    }

    /// For the tests: scopes that take memory.
    int scopes() {
        return segments.size();
    }

    /// Puts an entry in, in place of one with the same identifier. Where memory is short, what has expired goes first,
    /// of all scopes; then the soonest to expire of a few in this scope; for a scope that has no memory, a piece of the
    /// scope that takes most.
    ///
    /// @param vector of length one
    /// @param expiry and `now` in milliseconds since 1970
    /// @param weakest similarity of the sources that the answer was made from
    /// @return whether there was room
    public boolean put(Scope scope, long id, float[] vector, long expiry, float weakest, long now) {
        var code = Code.of(rotation.apply(vector));
        var last = tidied.get();
        if (Math.abs(now - last) >= BETWEEN_TIDYING) {
            if (fits(scope, segment -> segment.put(id, expiry, weakest, code, now, false))) {
                return true;
            }
            if (tidied.compareAndSet(last, now)) {
                segments.keySet().forEach(each -> change(each, segment -> segment.tidy(now)));
            }
        }
        Predicate<Segment> putting = segment -> segment.put(id, expiry, weakest, code, now, true);
        return fits(scope, putting) || takeFromLargest() && fits(scope, putting);
    }

    private boolean fits(Scope scope, Predicate<Segment> putting) {
        var done = new AtomicBoolean();
        // Inside of compute, so that no segment takes an entry while it is being forgotten.
        segments.compute(scope, (same, present) -> {
            var segment = Optional.ofNullable(present).orElseGet(() -> new Segment(rotation.width(), allowance));
            done.set(putting.test(segment));
            return segment.bytes() == 0 ? null : segment;
        });
        return done.get();
    }

    public boolean remove(Scope scope, long id) {
        var removed = new AtomicBoolean();
        change(scope, segment -> removed.set(segment.remove(id)));
        return removed.get();
    }

    public boolean contains(Scope scope, long id, long now) {
        return segment(scope).map(segment -> segment.contains(id, now)).orElse(false);
    }

    /// Forgets a scope.
    public void clear(Scope scope) {
        change(scope, Segment::clear);
    }

    /// Forgets everything.
    public void clear() {
        segments.keySet().forEach(this::clear);
    }

    /// Entries whose cosine is probably at the threshold or above, the nearest first. Of entries exactly at the
    /// threshold at most 4 in 10,000 are missed, of nearer ones fewer, unless more than [Nearest#KEPT] are near
    /// enough to be compared; that a returned one reaches it remains to be checked.
    public List<Near> near(Scope scope, float[] vector, double threshold, long now) {
        var segment = segments.get(scope);
        if (segment == null) {
            return List.of();
        }
        var nearest = Optional.ofNullable(buffers.poll())
                .orElseGet(() -> new Nearest(rotation.width()));
        var near = segment.near(new Probe(rotation.apply(vector)), radius(threshold), threshold, now, nearest);
        buffers.offer(nearest);
        return near;
    }

    /// Entries of a scope whose answer a document with this vector may change.
    List<Affected> affected(Scope scope, float[] document, long now) {
        return segment(scope).map(segment -> segment.affected(new Probe(rotation.apply(document)), now))
                .orElse(List.of());
    }

    private Optional<Segment> segment(Scope scope) {
        return Optional.ofNullable(segments.get(scope));
    }

    private Radius radius(double threshold) {
        return radii.computeIfAbsent((int) (threshold * GRAIN), grains -> new Radius(rotation.width(), grains / GRAIN));
    }

    /// A scope with nothing left is forgotten.
    private void change(Scope scope, Consumer<Segment> work) {
        segments.computeIfPresent(scope, (same, segment) -> {
            work.accept(segment);
            return segment.bytes() == 0 ? null : segment;
        });
    }

    /// A piece of the scope that takes most is given back. Of scopes that take the same, the one gives whose last entry
    /// expires first.
    ///
    /// @return whether there was one
    private boolean takeFromLargest() {
        var largest = segments.entrySet().stream().max(Map.Entry.comparingByValue(Comparator.comparingLong(
                Segment::bytes).thenComparing(Comparator.comparingLong(Segment::lastExpiry).reversed())));
        largest.ifPresent(entry -> change(entry.getKey(), Segment::giveUpOne));
        return largest.isPresent();
    }
}
