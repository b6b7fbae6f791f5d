package dev.plimsoll.bench.worker;

import dev.plimsoll.runtime.worker.Memory;
import dev.plimsoll.runtime.worker.Supervisor;
import dev.plimsoll.runtime.worker.SupervisorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The same load with Celery of Debian's packages: acknowledged late, requeued when a worker is lost, a memory
/// limit per child of three quarters of the ceiling.
final class Celery {
    /// Debian's, whatever else is on the PATH.
    private static final String PYTHON = "/usr/bin/python3";
    /// Keeps the machine alive when nothing else does.
    private static final Memory WALL = Memory.ofMegabytes(6144);
    /// For Celery's main process.
    private static final Memory MAIN = Memory.ofMegabytes(64);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    /// Without a job done: what was unacknowledged when its worker died comes back after an hour with Redis.
    private static final Duration STALLED = Duration.ofSeconds(30);

    private final Load load;
    private final Path directory;
    private final Path effects;

    Celery(Load load, Path directory) {
        this.load = load;
        this.directory = directory;
        effects = directory.resolve("effects");
    }

    void run(boolean supervised) throws IOException, InterruptedException {
        requireTools();
        try (var script = Objects.requireNonNull(Celery.class.getResourceAsStream("/worker/leaking.py"),
                "leaking.py is missing")) {
            Files.write(directory.resolve("leaking.py"), script.readAllBytes());
        }
        var port = QueueServer.freePort();
        var redis = new ProcessBuilder("redis-server", "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save",
                "", "--dir", directory.toString()).redirectOutput(directory.resolve("redis.log").toFile()).start();
        try {
            TimeUnit.SECONDS.sleep(1);
            python(port, "leaking.py", String.valueOf(load.jobs()), String.valueOf(load.leak()));
            var before = Cpu.now();
            var began = System.nanoTime();
            var supervisor = new Supervisor(settings(port, supervised), line -> System.err.println("supervisor: "
                    + line));
            work(supervisor);
            var took = Duration.ofNanos(System.nanoTime() - began);
            redis.destroy();
            redis.waitFor();
            report(supervised, supervisor, took, before);
        } finally {
            redis.destroy();
        }
    }

    private static void requireTools() throws IOException, InterruptedException {
        var check = new ProcessBuilder(PYTHON, "-c", "import celery, redis").redirectErrorStream(true).start();
        check.getInputStream().readAllBytes();
        if (check.waitFor() != 0 || !Files.isExecutable(Path.of("/usr/bin/redis-server"))) {
            throw new IllegalStateException("Celery is not here; on Debian 12: apt-get install python3-celery "
                    + "python3-redis redis-server");
        }
    }

    private List<String> environment(int port) {
        return List.of("/usr/bin/env", "PYTHONPATH=" + directory, "BROKER=redis://127.0.0.1:" + port + "/0",
                LeakingWork.EFFECTS + "=" + effects);
    }

    private void python(int port, String script, String... arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(environment(port));
        words.addAll(List.of(PYTHON, directory.resolve(script).toString()));
        words.addAll(List.of(arguments));
        if (new ProcessBuilder(words).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("jobs could not be queued");
        }
    }

    private SupervisorSettings settings(int port, boolean supervised) {
        var words = new ArrayList<>(environment(port));
        words.addAll(List.of(PYTHON, "-m", "celery", "-A", "leaking", "worker", "--pool", "prefork", "--concurrency",
                String.valueOf(load.slots()), "--max-memory-per-child",
                String.valueOf(load.ceiling().percent(75).bytes()
                        / 1024),
                "--loglevel", "ERROR", "--without-gossip", "--without-mingle"));
        var settings = SupervisorSettings.of(supervised ? load.budget().plus(MAIN) : WALL, words);
        return supervised ? settings.withProcess(load.ceiling()) : settings;
    }

    /// Until all jobs have left something behind, nothing more happens, or the time is over.
    private void work(Supervisor supervisor) throws IOException, InterruptedException {
        try (var thread = Executors.newSingleThreadExecutor()) {
            var running = thread.submit(supervisor::run);
            var end = System.nanoTime() + LONGEST.toNanos();
            var done = 0L;
            var stalled = System.nanoTime();
            while (done < load.jobs() && System.nanoTime() < end && !running.isDone() && System.nanoTime()
                    - stalled < STALLED.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(500);
                var now = Effects.read(effects).jobs();
                stalled = now > done ? System.nanoTime() : stalled;
                done = now;
            }
            supervisor.stop();
        }
    }

    private void report(boolean supervised, Supervisor supervisor, Duration took, Cpu before) throws IOException {
        var after = Cpu.now();
        var done = Effects.read(effects);
        System.out.println("celery" + (supervised ? ", supervised: " : ": ") + load);
        System.out.printf("done %d, not done when it ended %d, work done to its end more than once: %d jobs%n", done
                .jobs(), load.jobs() - done.jobs(), done.again());
        System.out.printf("memory: budget %s, highest %s (%d %%), starts %d%n", load.budget(), supervisor
                .highestMemory(), supervisor.highestMemory().bytes() * 100 / load.budget().bytes(),
                supervisor
                        .starts());
        System.out.printf("kernel kills for memory on this machine %d%n", after.kills() - before.kills());
        System.out.println(after.since(before, took, done.jobs()));
    }
}
