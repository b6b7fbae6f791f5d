package dev.plimsoll.bench.worker;

import dev.plimsoll.runtime.worker.ChildCommand;
import dev.plimsoll.runtime.worker.Limits;
import dev.plimsoll.runtime.worker.Memory;
import dev.plimsoll.runtime.worker.WorkerSettings;
import dev.plimsoll.runtime.worker.Workers;
import java.time.Duration;

/// A parent that works on jobs until somebody kills it.
public final class KilledParent {
    private KilledParent() {}

    /// @param args the database's URL
    public static void main(String[] args) throws Exception {
        var source = QueueServer.source(args[0]);
        // Being killed is what this is about, so that it happens to a job more often than anywhere else.
        var settings = WorkerSettings.of(4, Limits.of(Memory.ofMegabytes(128)), ChildCommand.java(LeakingWork.class),
                "sleep").withAbandonments(1000);
        var workers = Workers.start(source, settings);
        System.out.println("started");
        Thread.sleep(Duration.ofHours(1));
        workers.close();
    }
}
