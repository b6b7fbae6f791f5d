package dev.plimsoll.runtime.semantic;

import java.util.List;
import java.util.Optional;

/// Where an entry may go: near to what it resembles, as a lookup reads what resembles each other together, and memory
/// that lies together is read many times faster. It is a matter of speed alone: an entry is found wherever it is.
///
/// @param piece its place among the pieces
/// @param group a free slot is in this group of slots
/// @param distance signs in which the group's first entry differs, 0 when the group is empty
record Room(int piece, int group, int distance) {
    /// Entries resemble each other when at most this share of the signs differs, which is a cosine of 0.6.
    private static final double RESEMBLING = 0.3;
    /// Pieces that are filled at the same time, at most, and one for so many that there are.
    private static final int FILLED = 8;
    private static final int PIECES = 8;

    boolean resembles(int width) {
        return distance <= RESEMBLING * width;
    }

    /// The group that the entry resembles most, an empty one when there is none that it does resemble.
    static Optional<Room> of(List<Piece> pieces, Code code, int width) {
        Room nearest = null;
        Room empty = null;
        var left = filledTogether(pieces);
        for (var at = 0; at < pieces.size() && left > 0; at++) {
            var piece = pieces.get(at);
            if (piece.isFull()) {
                continue;
            }
            left--;
            for (var group = 0; group < piece.groups(); group++) {
                if (piece.isEmpty(group)) {
                    empty = empty == null ? new Room(at, group, 0) : empty;
                } else if (!piece.isFull(group)) {
                    var distance = piece.distance(code, group);
                    nearest = nearest == null || distance < nearest.distance()
                            ? new Room(at, group, distance)
                            : nearest;
                }
            }
        }
        return Optional.ofNullable(nearest == null || empty != null && !nearest.resembles(width) ? empty : nearest);
    }

    /// Whether one more piece may be begun while others have room.
    static boolean mayGrow(List<Piece> pieces) {
        return pieces.stream().filter(piece -> !piece.isFull()).count() < filledTogether(pieces);
    }

    private static int filledTogether(List<Piece> pieces) {
        return Math.min(FILLED, 1 + pieces.size() / PIECES);
    }
}
