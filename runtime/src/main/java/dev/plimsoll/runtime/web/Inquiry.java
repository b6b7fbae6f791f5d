package dev.plimsoll.runtime.web;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks one part of a service, a question at a time: a part that hangs holds one thread, however often it is asked.
///
/// The threads are the platform's, as a part that hangs by computing would hold one of the few that all virtual threads
/// share.
final class Inquiry {
    private final HealthChecks.Check check;
    private final long limitNanos;
    private Optional<Question> last = Optional.empty();

    Inquiry(HealthChecks.Check check, long limitNanos) {
        this.check = check;
        this.limitNanos = limitNanos;
    }

    /// Asks, unless the last question is still under way: then its answer is the answer.
    synchronized Question begin() {
        var question = last.filter(Question::isUnderWay).orElseGet(Question::new);
        last = Optional.of(question);
        return question;
    }

    final class Question {
        private final long began = System.nanoTime();
        private final FutureTask<Health.Part> answer = new FutureTask<>(this::ask);
        private final Thread thread = Thread.ofPlatform().daemon().name("health of " + check.name()).start(answer);

        private boolean isUnderWay() {
            return !answer.isDone();
        }

        /// Waits until the limit has passed since the question began, not since this call.
        Health.Part await() throws InterruptedException {
            try {
                return answer.get(limitNanos - (System.nanoTime() - began), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                // Not by cancelling: the question is under way until its thread has left the part.
                thread.interrupt();
                var limit = TimeUnit.NANOSECONDS.toMillis(limitNanos);
                return down("no answer within " + limit + " ms", limit);
            } catch (ExecutionException failure) {
                return down(answer.exceptionNow(), millis());
            }
        }

        private Health.Part ask() {
            try {
                var given = check.answer().call();
                return new Health.Part(given.state(), check.need(), given.detail(), millis());
            } catch (Exception failure) {
                return down(failure, millis());
            }
        }

        private Health.Part down(Throwable failure, long millis) {
            return down(Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName()), millis);
        }

        private Health.Part down(String detail, long millis) {
            return new Health.Part(Health.State.DOWN, check.need(), detail, millis);
        }

        private long millis() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        }
    }
}
