package dev.plimsoll.runtime.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The entries of one scope. It grows by pieces while the allowance lasts; then the soonest to expire of a few
/// neighbours
/// makes room. Nothing is ever rebuilt.
final class Segment {
    /// A scope with few questions takes little, and pieces double up to the largest.
    private static final int SMALLEST_PIECE = 64;
    static final int LARGEST_PIECE = 1024;
    /// Slots that each insert looks at, to free what has expired: more than are inserted, so expired entries never
    /// pile up.
    private static final int SWEPT = 8;
    /// Neighbours of which the soonest to expire makes room.
    private static final int WEIGHED = 16;
    /// Four deviations of the estimate, whose deviation is about 0.125 / sqrt(width).
    private static final double DOUBT = 0.5;
    /// Doubts by which a document's estimate may be off: six deviations.
    private static final double MARGIN = 1.5;

    private final int width;
    private final Allowance allowance;
    private final List<Piece> pieces = new ArrayList<>();
    private final Lock reading;
    private final Lock writing;
    private int sweptPiece;
    private int sweptSlot;

    Segment(int width, Allowance allowance) {
        this.width = width;
        this.allowance = allowance;
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
            nearest.scan(pieces, probe, reach, now);
            var near = new ArrayList<Near>();
            for (var at = 0; at < nearest.size(); at++) {
                var piece = pieces.get(nearest.piece(at));
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
            for (var piece : pieces) {
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

    /// Puts an entry in, in place of one with the same identifier. False when there is no room at all.
    boolean put(long id, long expiry, float weakest, Code code, long now) {
        writing.lock();
        try {
            drop(id);
            sweep(now);
            var room = room(code);
            room.ifPresent(found -> pieces.get(found.piece()).add(found.group(), id, expiry, weakest, code));
            return room.isPresent();
        } finally {
            writing.unlock();
        }
    }

    boolean remove(long id) {
        writing.lock();
        try {
            var removed = drop(id);
            giveBackEmpty();
            return removed;
        } finally {
            writing.unlock();
        }
    }

    /// Whether the entry is here and lives after `now`.
    boolean contains(long id, long now) {
        reading.lock();
        try {
            for (var piece : pieces) {
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

    /// Frees all that has expired.
    void purge(long now) {
        writing.lock();
        try {
            for (var piece : pieces) {
                for (var slot = 0; slot < piece.slots(); slot++) {
                    freeExpired(piece, slot, now);
                }
            }
            giveBackEmpty();
        } finally {
            writing.unlock();
        }
    }

    /// Gives back everything.
    void clear() {
        writing.lock();
        try {
            pieces.forEach(piece -> allowance.giveBack(Piece.bytes(piece.slots(), width)));
            pieces.clear();
        } finally {
            writing.unlock();
        }
    }

    int size() {
        reading.lock();
        try {
            return pieces.stream().mapToInt(Piece::size).sum();
        } finally {
            reading.unlock();
        }
    }

    private boolean drop(long id) {
        for (var piece : pieces) {
            var slot = piece.find(id);
            if (slot >= 0) {
                piece.free(slot);
                return true;
            }
        }
        return false;
    }

    /// A free slot, in the first pieces that have some so that the last ones can empty; none when there is none to be
    /// had.
    private Optional<Room> room(Code code) {
        var room = Room.of(pieces, code, width);
        if (room.isPresent() && (room.get().resembles(width) || !Room.mayGrow(pieces))) {
            return room;
        }
        var slots = pieces.isEmpty() ? SMALLEST_PIECE : Math.min(LARGEST_PIECE, 2 * pieces.getLast().slots());
        if (allowance.take(Piece.bytes(slots, width))) {
            pieces.add(new Piece(slots, width));
            return Optional.of(new Room(pieces.size() - 1, 0, 0));
        }
        return room.isPresent() || pieces.isEmpty() ? room : Optional.of(evict());
    }

    /// Frees the soonest to expire of the slots before the hand, and says where it was.
    private Room evict() {
        step();
        var piece = pieces.get(sweptPiece);
        var soonest = sweptSlot;
        for (var at = 1; at < WEIGHED; at++) {
            var slot = (sweptSlot + at) % piece.slots();
            if (piece.expiry(slot) < piece.expiry(soonest)) {
                soonest = slot;
            }
        }
        piece.free(soonest);
        return new Room(sweptPiece, soonest / Piece.GROUP, 0);
    }

    private void sweep(long now) {
        for (var at = 0; at < SWEPT && !pieces.isEmpty(); at++) {
            step();
            freeExpired(pieces.get(sweptPiece), sweptSlot, now);
        }
        giveBackEmpty();
    }

    private void step() {
        sweptSlot++;
        if (sweptPiece >= pieces.size() || sweptSlot >= pieces.get(sweptPiece).slots()) {
            sweptSlot = 0;
            sweptPiece = sweptPiece + 1 >= pieces.size() ? 0 : sweptPiece + 1;
        }
    }

    private static void freeExpired(Piece piece, int slot, long now) {
        if (piece.expiry(slot) != 0 && piece.expiry(slot) <= now) {
            piece.free(slot);
        }
    }

    private void giveBackEmpty() {
        while (!pieces.isEmpty() && pieces.getLast().size() == 0) {
            allowance.giveBack(Piece.bytes(pieces.removeLast().slots(), width));
        }
    }
}
