package dev.plimsoll.runtime.worker;

import java.time.Duration;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/// A parent of its own that can be killed.
final class ParentProcess {
    private ParentProcess() {}

    /// @param args the database's URL, or `deaf` for a child that does not listen
    public static void main(String[] args) throws Exception {
        if (args[0].equals("deaf")) {
            deaf();
            return;
        }
        var source = new PGSimpleDataSource();
        source.setUrl(args[0]);
        var limits = Limits.of(Memory.ofMegabytes(128));
        var workers = Workers.start(source, WorkerSettings.of(4, limits, ChildCommand.java(LeakyWork.class), "sleep"));
        System.out.println("started");
        Thread.sleep(Duration.ofMinutes(5));
        workers.close();
    }

    private static void deaf() throws Exception {
        var command = new ChildCommand.Program(List.of("/bin/sh", "-c",
                "echo '{\"ready\":true}'; exec sleep 600 > /dev/null < /dev/null"));
        try (var slots = new Slots(1, command, Limits.of(Memory.ofMegabytes(128)))) {
            slots.start();
            System.out.println("started");
            Thread.sleep(Duration.ofMinutes(5));
        }
    }
}
