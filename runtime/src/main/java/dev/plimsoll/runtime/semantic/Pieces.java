package dev.plimsoll.runtime.semantic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The pieces of one scope and the memory that they take. All but [#bytes] is for one thread at a time.
final class Pieces {
    /// A scope with few questions takes little, and pieces double up to the largest.
    private static final int SMALLEST = 64;
    static final int LARGEST = 1024;
    /// A piece is sparse when at most one slot in so many is taken.
    private static final int SPARSE = 4;

    private final int width;
    private final Allowance allowance;
    private final List<Piece> pieces = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();

    Pieces(int width, Allowance allowance) {
        this.width = width;
        this.allowance = allowance;
    }

    List<Piece> all() {
        return pieces;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    int size() {
        return pieces.stream().mapToInt(Piece::size).sum();
    }

    /// Of the allowance.
    long bytes() {
        return bytes.get();
    }

    /// A free slot, in the first pieces that have some so that the last ones can empty, or in a new one; none when
    /// there is none to be had.
    Optional<Room> room(Code code) {
        var room = Room.of(pieces, code, width);
        if (room.isPresent() && (room.get().resembles(width) || !Room.mayGrow(pieces))) {
            return room;
        }
        return grow() ? Optional.of(new Room(pieces.size() - 1, 0, 0)) : room;
    }

    private boolean grow() {
        var slots = pieces.isEmpty() ? SMALLEST : Math.min(LARGEST, 2 * pieces.getLast().slots());
        var more = Piece.bytes(slots, width);
        if (!allowance.take(more)) {
            return false;
        }
        bytes.addAndGet(more);
        pieces.add(new Piece(slots, width));
        return true;
    }

    boolean drop(long id) {
        for (var piece : pieces) {
            var slot = piece.find(id);
            if (slot >= 0) {
                piece.free(slot);
                return true;
            }
        }
        return false;
    }

    void giveBackEmpty() {
        for (var at = pieces.size() - 1; at >= 0; at--) {
            if (pieces.get(at).size() == 0) {
                giveBack(pieces.get(at));
            }
        }
    }

    /// Gives back sparse pieces, whose entries go to others that have room for all of them.
    void pack() {
        for (var piece : List.copyOf(pieces)) {
            if (piece.size() * SPARSE <= piece.slots()) {
                var others = others(piece);
                if (others.stream().mapToInt(other -> other.slots() - other.size()).sum() >= piece.size()) {
                    move(piece, others);
                    giveBack(piece);
                }
            }
        }
    }

    /// Gives back the piece with the fewest entries. Those for which others have no room are lost.
    void giveUpOne() {
        pieces.stream().min(Comparator.comparingInt(Piece::size)).ifPresent(fewest -> {
            move(fewest, others(fewest));
            giveBack(fewest);
        });
    }

    void clear() {
        List.copyOf(pieces).forEach(this::giveBack);
    }

    private List<Piece> others(Piece piece) {
        return pieces.stream().filter(other -> other != piece).toList();
    }

    private void move(Piece piece, List<Piece> others) {
        for (var slot = 0; slot < piece.slots(); slot++) {
            if (piece.expiry(slot) != 0) {
                var code = piece.code(slot);
                var room = Room.of(others, code, width);
                if (room.isEmpty()) {
                    return;
                }
                others.get(room.get().piece()).add(room.get().group(), piece.id(slot), piece.expiry(slot), piece
                        .weakest(slot), code);
            }
        }
    }

    private void giveBack(Piece piece) {
        pieces.remove(piece);
        bytes.addAndGet(-Piece.bytes(piece.slots(), width));
        allowance.giveBack(Piece.bytes(piece.slots(), width));
    }
}
