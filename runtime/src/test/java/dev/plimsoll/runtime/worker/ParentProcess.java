package dev.plimsoll.runtime.worker;

import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/// A parent of its own that can be killed.
final class ParentProcess {
    private ParentProcess() {}

    /// @param args the database's URL
    public static void main(String[] args) throws Exception {
        var source = new PGSimpleDataSource();
        source.setUrl(args[0]);
        var limits = Limits.of(Memory.ofMegabytes(128));
        var workers = Workers.start(source, WorkerSettings.of(4, limits, ChildCommand.java(LeakyWork.class), "sleep"));
        System.out.println("started");
        Thread.sleep(Duration.ofMinutes(5));
        workers.close();
    }
}
