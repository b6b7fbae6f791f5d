package dev.plimsoll.runtime.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The entries of one scope. It grows by pieces while the allowance lasts; then the soonest to expire of a few
/// neighbours makes room.
final class Segment {
    /// Four deviations of the estimate, whose deviation is about 0.125 / sqrt(width).
    private static final double DOUBT = 0.5;
    /// Doubts by which a document's estimate may be off: six deviations.
    private static final double MARGIN = 1.5;

    private final int width;
    private final Pieces pieces;
    private final Sweep sweep;
    private final Lock reading;
    private final Lock writing;
    /// When the last of all entries that were ever put in expires, in milliseconds since 1970.
    private volatile long lastExpiry;

    Segment(int width, Allowance allowance) {
        this.width = width;
        pieces = new Pieces(width, allowance);
        sweep = new Sweep(pieces);
        var lock = new ReentrantReadWriteLock();
        reading = lock.readLock();
        writing = lock.writeLock();
    }

    /// How much lower than the true cosine an estimate may be.
    static double doubt(int width) {
        return DOUBT / Math.sqrt(width);
    }

    /// Entries that are probably at the threshold or above, the nearest first.
    List<Near> near(Probe probe, Radius reach, double threshold, long now, Nearest nearest) {
        reading.lock();
        try {
            nearest.scan(pieces.all(), probe, reach, now);
            var near = new ArrayList<Near>();
            for (var at = 0; at < nearest.size(); at++) {
                var piece = pieces.all().get(nearest.piece(at));
                var slot = nearest.slot(at);
                var estimate = piece.cosine(probe, slot);
                if (estimate >= threshold - doubt(width)) {
                    near.add(new Near(piece.id(slot), estimate));
                }
            }
            near.sort(null);
            return near;
        } finally {
            reading.unlock();
        }
    }

    /// Entries whose answer a document with this vector may change.
    List<Affected> affected(Probe document, long now) {
        var margin = doubt(width) * MARGIN;
        reading.lock();
        try {
            var affected = new ArrayList<Affected>();
            for (var piece : pieces.all()) {
                for (var slot = 0; slot < piece.slots(); slot++) {
                    if (piece.expiry(slot) > now) {
                        var above = piece.cosine(document, slot) - piece.weakest(slot);
                        if (above >= -margin) {
                            affected.add(new Affected(piece.id(slot), above > margin));
                        }
                    }
                }
            }
            return affected;
        } finally {
            reading.unlock();
        }
    }

    /// Puts an entry in, in place of one with the same identifier.
    ///
    /// @param evicts whether the soonest to expire makes room if there is none
    /// @return whether there was room
    boolean put(long id, long expiry, float weakest, Code code, long now, boolean evicts) {
        writing.lock();
        try {
            pieces.drop(id);
            sweep.goOn(now);
            var room = pieces.room(code).or(() -> evicts ? sweep.evict() : Optional.empty());
            room.ifPresent(found -> {
                pieces.all().get(found.piece()).add(found.group(), id, expiry, weakest, code);
                lastExpiry = Math.max(lastExpiry, expiry);
            });
            pieces.giveBackEmpty();
            return room.isPresent();
        } finally {
            writing.unlock();
        }
    }

    boolean remove(long id) {
        writing.lock();
        try {
            var removed = pieces.drop(id);
            pieces.giveBackEmpty();
            return removed;
        } finally {
            writing.unlock();
        }
    }

    /// Whether the entry is here and lives after `now`.
    boolean contains(long id, long now) {
        reading.lock();
        try {
            for (var piece : pieces.all()) {
                var slot = piece.find(id);
                if (slot >= 0) {
                    return piece.expiry(slot) > now;
                }
            }
            return false;
        } finally {
            reading.unlock();
        }
    }

    /// Frees all that has expired, and gives back the pieces that the rest does not need.
    void tidy(long now) {
        writing.lock();
        try {
            sweep.goRound(now);
            pieces.giveBackEmpty();
            pieces.pack();
        } finally {
            writing.unlock();
        }
    }

    /// Gives back one piece for others, with the entries that have no room elsewhere.
    void giveUpOne() {
        writing.lock();
        try {
            pieces.giveUpOne();
        } finally {
            writing.unlock();
        }
    }

    /// Gives back everything.
    void clear() {
        writing.lock();
        try {
            pieces.clear();
        } finally {
            writing.unlock();
        }
    }

    int size() {
        reading.lock();
        try {
            return pieces.size();
        } finally {
            reading.unlock();
        }
    }

    /// Bytes that it takes, known without waiting for those who write.
    long bytes() {
        return pieces.bytes();
    }

    long lastExpiry() {
        return lastExpiry;
    }
}
