package dev.plimsoll.runtime.semantic;

import dev.plimsoll.runtime.tag.Stamp;
import java.time.Duration;
import java.util.OptionalDouble;

/// An answer to be kept. Refusals, errors and guesses are none: a cache would repeat them.
///
/// @param text of the answer, not blank
/// @param stamp of the tags of all documents that it was made from, taken before they were retrieved
/// @param ttl how long it may be given, ten years at most; a hit does not prolong it
/// @param weakest similarity of the question to the last of the sources that it was made from; a new document that is
/// more similar would have taken its place. From -1 to 1. Absent when it is not known: then any new document ends the
/// answer
public record Answer(String text, Stamp stamp, Duration ttl, OptionalDouble weakest) {
    private static final Duration LONGEST = Duration.ofDays(3_650);
    /// By which a cosine may be beyond 1 when it was computed in floats.
    private static final double ROUNDING = 0.001;

    public Answer {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a blank answer is not kept");
        }
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("an answer is kept for a positive time, not " + ttl);
        }
        if (ttl.compareTo(LONGEST) > 0) {
            ttl = LONGEST;
        }
        // Of what is not a number nothing is more similar.
        if (weakest.isPresent() && !(Math.abs(weakest.getAsDouble()) <= 1 + ROUNDING)) {
            throw new IllegalArgumentException("the similarity of a source is from -1 to 1, not " + weakest
                    .getAsDouble());
        }
    }
}
