package dev.plimsoll.load;

import dev.plimsoll.load.Composer.Composed;
import dev.plimsoll.load.Counts.Failure;
import dev.plimsoll.load.Stage.Phase;
import java.util.Optional;

/// One request on its way.
///
/// @param due in the nanoseconds of the system's clock
/// @param second since the profile's start
/// @param again whether it was sent before, on a connection that the server had closed meanwhile
/// @param recorder of the load it belongs to
record Job(Composed composed, long due, int second, Phase phase, boolean again, Recorder recorder) {
    Job repeated() {
        return new Job(composed, due, second, phase, true, recorder);
    }

    /// A whole answer came.
    ///
    /// @param sent when it was written
    void answered(long sent, AnswerReader answer) {
        recorder.answered(this, sent, answer);
    }

    /// @param sent when it was written; empty when it was not
    void failed(Optional<Long> sent, Failure why) {
        recorder.failed(this, sent, why);
    }
}
