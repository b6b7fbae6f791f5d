package dev.plimsoll.load;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Hands requests over at the moments at which they are due. A thread of its own: a pacer that reads answers as well
/// is late whenever answers come.
final class Pacer {
    private static final long NANOS = 1_000_000_000;
    /// After the schedule's end a pacer that is still behind gives up, and the run is void.
    private static final long GRACE = NANOS;

    private final List<Stage> stages;
    private final Recorder recorder;
    private final Consumer<Job> engine;
    private volatile boolean stopped;
    private volatile boolean over;

    Pacer(List<Stage> stages, Recorder recorder, Consumer<Job> engine) {
        this.stages = stages;
        this.recorder = recorder;
        this.engine = engine;
    }

    void run() {
        var schedule = new Schedule(stages);
        var start = recorder.start();
        var end = start + Math.round(stages.stream().mapToDouble(Stage::seconds).sum() * NANOS) + GRACE;
        while (!stopped && schedule.hasNext()) {
            var phase = schedule.phase();
            var due = start + schedule.next();
            var now = System.nanoTime();
            while (now < due && !stopped) {
                LockSupport.parkNanos(due - now);
                now = System.nanoTime();
            }
            if (now > end) {
                break;
            }
            if (!stopped) {
                engine.accept(recorder.due(due, phase, now));
            }
        }
        over = true;
    }

    void stop() {
        stopped = true;
    }

    boolean isOver() {
        return over;
    }
}
