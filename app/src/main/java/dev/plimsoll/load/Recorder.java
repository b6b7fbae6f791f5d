package dev.plimsoll.load;

import dev.plimsoll.load.Counts.Failure;
import dev.plimsoll.load.Stage.Phase;
import java.util.Optional;
import java.util.function.Function;

/// A recording that several threads write to.
final class Recorder {
    private static final long NANOS = 1_000_000_000;

    private final Recording recording;
    private final Composer composer;
    private volatile long start;

    Recorder(Recording recording, Composer composer) {
        this.recording = recording;
        this.composer = composer;
    }

    /// @param start the profile's first moment, in the nanoseconds of the system's clock
    void start(long start) {
        this.start = start;
    }

    long start() {
        return start;
    }

    /// A request became due: composes it.
    Job due(long due, Phase phase, long now) {
        var composed = composer.next();
        var second = second(due);
        synchronized (recording) {
            recording.due(second, phase, composed.number(), (now - due) / 1000);
        }
        return new Job(composed, due, second, phase, false, this);
    }

    /// A whole answer came.
    ///
    /// @param sent when it was written
    void answered(Job job, long sent, AnswerReader answer) {
        var now = System.nanoTime();
        var request = job.composed().request();
        var failure = request.expects(answer.status())
                ? composer.learn(request, answer.body()) ? Optional.<Failure>empty() : Optional.of(Failure.CONTENT)
                : Optional.of(Failure.STATUS);
        end(new Ended(job.composed().number(), job.second(), job.phase(), (now - job.due()) / 1000, Optional.of((now
                - sent) / 1000), true, request.isUnexpectedRedirect(answer.status()), failure, answer.bytes()), now);
    }

    /// @param sent when it was written; empty when it was not
    void failed(Job job, Optional<Long> sent, Failure why) {
        var now = System.nanoTime();
        end(new Ended(job.composed().number(), job.second(), job.phase(), (now - job.due()) / 1000, sent.map(at -> (now
                - at) / 1000), false, false, Optional.of(why), 0), now);
    }

    private void end(Ended ended, long now) {
        synchronized (recording) {
            recording.ended(ended, second(now));
        }
    }

    int second(long nanos) {
        return (int) Math.max(0, (nanos - start) / NANOS);
    }

    /// Reads the recording while nobody writes to it.
    <T> T read(Function<Recording, T> question) {
        synchronized (recording) {
            return question.apply(recording);
        }
    }
}
