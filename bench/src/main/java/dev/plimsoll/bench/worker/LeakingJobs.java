package dev.plimsoll.bench.worker;

import dev.plimsoll.runtime.worker.ChildCommand;
import dev.plimsoll.runtime.worker.Limits;
import dev.plimsoll.runtime.worker.Memory;
import dev.plimsoll.runtime.worker.WorkerSettings;
import dev.plimsoll.runtime.worker.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Lets jobs leak in slots with a ceiling, in four ways in turns, and tells what became of jobs and memory.
public final class LeakingJobs {
    private static final List<String> OPTIONS = List.of("--jobs", "--leak", "--slots", "--ceiling", "--celery",
            "--supervised");

    private LeakingJobs() {}

    /// @param args `--jobs=10000 --leak=5 --slots=4 --ceiling=128`, the last in MB; `--celery` runs the same load with
    /// Celery, `--celery --supervised` with Celery below a supervisor
    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.parse(args, OPTIONS);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        var load = new Load(options.number("--jobs", 10_000), options.number("--leak", 5), options.number("--slots", 4),
                Memory.ofMegabytes(options.number("--ceiling", 128)));
        var directory = Files.createTempDirectory("leaking-jobs");
        var effects = directory.resolve("effects");
        if (options.has("--celery")) {
            new Celery(load, directory).run(options.has("--supervised"));
        } else if (System.getenv(LeakingWork.EFFECTS) == null) {
            again(args, effects);
        } else {
            run(load, directory);
        }
    }

    /// The children get the name of the file from the environment, which a JVM cannot set for itself.
    private static void again(String[] args, Path effects) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), LeakingJobs.class.getName()).inheritIO();
        builder.command().addAll(List.of(args));
        builder.environment().put(LeakingWork.EFFECTS, effects.toString());
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        System.exit(process.waitFor());
    }

    private static void run(Load load, Path directory) throws IOException, InterruptedException, SQLException {
        try (var server = QueueServer.start(directory)) {
            server.enqueue(LeakingWork.KINDS, load.jobs(), load.leak());
            var limits = Limits.of(load.ceiling()).withWall(Duration.ofMinutes(1));
            var settings = WorkerSettings.of(load.slots(), limits, ChildCommand.java(LeakingWork.class),
                    LeakingWork.KINDS.toArray(String[]::new));
            var before = Cpu.now();
            var began = System.nanoTime();
            var workers = Workers.start(server.source(), settings);
            server.awaitEmpty();
            var took = Duration.ofNanos(System.nanoTime() - began);
            workers.close();
            report(load, server, workers, took, before);
        }
    }

    private static void report(Load load, QueueServer server, Workers workers, Duration took, Cpu before)
            throws IOException, SQLException {
        var after = Cpu.now();
        var done = Long.parseLong(server.value(
                "select count(distinct (kind, job)) from plimsoll.job_history where outcome = 'done'"));
        var records = Long.parseLong(server.value(
                "select count(*) from plimsoll.job_history where outcome = 'done'"));
        var quarantined = Long.parseLong(server.value("select count(*) from plimsoll.job_quarantine"));
        var effects = Effects.read(Path.of(System.getenv(LeakingWork.EFFECTS)));
        System.out.println("workers: " + load);
        System.out.printf("done %d, lost %d, recorded as done twice %d, quarantined %d%n", done, load.jobs() - done
                - quarantined, records - done, quarantined);
        System.out.printf("work done to its end in more than one attempt: %d jobs%n", effects.again());
        System.out.println("attempts: " + server.value(
                "select outcome, count(*) from plimsoll.job_history group by 1 order by 1"));
        System.out.println("attempts by kind: " + server.value(
                "select kind, outcome, count(*) from plimsoll.job_history group by 1, 2 order by 1, 2"));
        System.out.printf("memory: budget %s, highest %s (%d %%)%n", workers.budget(), workers.highestMemory(), workers
                .highestMemory().bytes() * 100 / workers.budget().bytes());
        System.out.printf("kernel kills for memory on this machine %d; server processes killed %d%n", after.kills()
                - before.kills(), server.killed());
        System.out.printf("children started %d; %s%n", workers.started(), after.since(before, took, done));
    }
}
