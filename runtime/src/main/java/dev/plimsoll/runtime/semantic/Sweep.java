package dev.plimsoll.runtime.semantic;

import java.util.Optional;

/// A hand that goes round the slots of a scope and frees what has expired, or else the soonest to expire.
final class Sweep {
    /// Slots that each insert looks at, to free what has expired: more than are inserted, so expired entries never
    /// pile up.
    private static final int SWEPT = 8;
    /// Neighbours of which the soonest to expire makes room.
    private static final int WEIGHED = 16;

    private final Pieces pieces;
    private int piece;
    private int slot;

    Sweep(Pieces pieces) {
        this.pieces = pieces;
    }

    /// Frees what has expired of the next few slots.
    void goOn(long now) {
        for (var at = 0; at < SWEPT && !pieces.isEmpty(); at++) {
            step();
            freeExpired(pieces.all().get(piece), slot, now);
        }
    }

    /// Frees all that has expired.
    void goRound(long now) {
        for (var each : pieces.all()) {
            for (var at = 0; at < each.slots(); at++) {
                freeExpired(each, at, now);
            }
        }
    }

    /// Frees the soonest to expire of the slots before the hand, and says where it was; none where there are no pieces.
    Optional<Room> evict() {
        if (pieces.isEmpty()) {
            return Optional.empty();
        }
        step();
        var weighed = pieces.all().get(piece);
        var soonest = slot;
        for (var at = 1; at < WEIGHED; at++) {
            var next = (slot + at) % weighed.slots();
            if (weighed.expiry(next) < weighed.expiry(soonest)) {
                soonest = next;
            }
        }
        weighed.free(soonest);
        return Optional.of(new Room(piece, soonest / Piece.GROUP, 0));
    }

    private void step() {
        slot++;
        if (piece >= pieces.all().size() || slot >= pieces.all().get(piece).slots()) {
            slot = 0;
            piece = piece + 1 >= pieces.all().size() ? 0 : piece + 1;
        }
    }

    private static void freeExpired(Piece piece, int slot, long now) {
        if (piece.expiry(slot) != 0 && piece.expiry(slot) <= now) {
            piece.free(slot);
        }
    }
}
