package dev.plimsoll.runtime.semantic;

import dev.plimsoll.runtime.tag.Stamp;
import java.time.Duration;
import java.util.OptionalDouble;

/// An answer to be kept. Refusals, errors and guesses are none: a cache would repeat them.
///
/// @param text of the answer, not blank
/// @param stamp of the tags of all documents that it was made from, taken before they were retrieved
/// @param ttl how long it may be given; a hit does not prolong it
/// @param weakest similarity of the question to the last of the sources that it was made from; a new document that is
/// more similar would have taken its place. Absent when it is not known: then any new document ends the answer
public record Answer(String text, Stamp stamp, Duration ttl, OptionalDouble weakest) {
    public Answer {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a blank answer is not kept");
        }
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("an answer is kept for a positive time, not " + ttl);
        }
    }
}
