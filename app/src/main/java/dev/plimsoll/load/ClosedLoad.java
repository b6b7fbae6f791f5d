package dev.plimsoll.load;

import dev.plimsoll.load.Stage.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Clients that each wait for their answer before they ask again.
final class ClosedLoad {
    private final int clients;
    private final Recorder recorder;
    private final long measuredFrom;
    private final long end;
    private int running;

    ClosedLoad(int clients, Recorder recorder, Duration warmUp, Duration measured) {
        this.clients = clients;
        this.recorder = recorder;
        measuredFrom = recorder.start() + warmUp.toNanos();
        end = measuredFrom + measured.toNanos();
    }

    boolean isOver(long now) {
        return now >= end;
    }

    /// First requests of the clients that have none under way.
    synchronized List<Job> start(long now) {
        var jobs = new ArrayList<Job>();
        while (running < clients && now >= recorder.start() && now < end) {
            running++;
            jobs.add(job(now));
        }
        return jobs;
    }

    /// The next request of a client whose last one was answered.
    synchronized Optional<Job> next(long now) {
        if (now < end && running > 0) {
            return Optional.of(job(now));
        }
        running = Math.max(0, running - 1);
        return Optional.empty();
    }

    /// A request failed; its client starts anew after a moment.
    synchronized void lost() {
        running = Math.max(0, running - 1);
    }

    private Job job(long now) {
        return recorder.due(now, now < measuredFrom ? Phase.WARM_UP : Phase.MEASURED, now);
    }
}
