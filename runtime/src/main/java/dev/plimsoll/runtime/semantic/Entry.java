package dev.plimsoll.runtime.semantic;

import dev.plimsoll.runtime.tag.Stamp;
import java.time.Instant;

/// A kept answer with its question.
///
/// @param id of the question within its scope
/// @param vector of the question, of length one, not to be changed
/// @param stamp of the answer's tags
/// @param weakest similarity of the sources, -1 when unknown
/// @param begun what had been told when the answer was begun: of all that came later it knows nothing
@SuppressWarnings("ArrayRecordComponent")
public record Entry(Scope scope, long id, String question, float[] vector, String answer, Stamp stamp,
        Instant expires, float weakest, Position begun) {
    /// Of an answer whose sources' similarity is unknown: every document is more similar.
    static final float UNKNOWN = -1;

    static Entry of(Scope scope, Question question, Answer answer, Instant now, Position begun) {
        return new Entry(scope, question.id(), question.text(), question.vector(), answer.text(), answer.stamp(),
                now.plus(answer.ttl()), (float) answer.weakest().orElse(UNKNOWN), begun);
    }
}
