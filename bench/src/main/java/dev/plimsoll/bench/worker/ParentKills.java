package dev.plimsoll.bench.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// Kills the parent of workers at random moments with SIGKILL, from its start on, and tells what became of the jobs.
public final class ParentKills {
    /// Children see the end of their input or get a signal; longer is a fault.
    private static final long CHILDREN_MILLIS = 5000;

    private final Path directory;
    private final QueueServer server;
    private long outlived;
    private long slowest;

    private ParentKills(Path directory, QueueServer server) {
        this.directory = directory;
        this.server = server;
    }

    /// @param args `--kills=100 --jobs=6000 --longest=2000 --seed=1`: a parent lives that many milliseconds at most
    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.parse(args, List.of("--kills", "--jobs", "--longest", "--seed"));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        var directory = Files.createTempDirectory("parent-kills");
        try (var server = QueueServer.start(directory)) {
            var jobs = options.number("--jobs", 6000);
            server.enqueue(List.of("sleep"), jobs, 30);
            var kills = new ParentKills(directory, server);
            var random = new SplittableRandom(options.number("--seed", 1));
            for (var number = 0; number < options.number("--kills", 100); number++) {
                kills.kill(random.nextInt(options.number("--longest", 2000)));
            }
            kills.finish(jobs, options.number("--kills", 100));
        }
    }

    private Process start() throws IOException {
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp", System.getProperty("java.class.path"), KilledParent.class
                        .getName(),
                server.url()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect
                        .appendTo(directory.resolve("parents.log").toFile()));
        builder.environment().put(LeakingWork.EFFECTS, directory.resolve("effects").toString());
        return builder.start();
    }

    private void kill(int after) throws IOException, InterruptedException {
        var parent = start();
        TimeUnit.MILLISECONDS.sleep(after);
        var children = parent.descendants().toList();
        parent.destroyForcibly().waitFor();
        var killed = System.nanoTime();
        while (children.stream().anyMatch(ProcessHandle::isAlive) && elapsed(killed) < CHILDREN_MILLIS) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
        slowest = Math.max(slowest, elapsed(killed));
        outlived += children.stream().filter(ProcessHandle::isAlive).count();
    }

    private static long elapsed(long since) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }

    private void finish(int jobs, int kills) throws Exception {
        var left = server.value("select count(*) from plimsoll.jobs where not picked");
        var held = server.value("select count(*) from plimsoll.jobs where picked");
        var began = System.nanoTime();
        var last = start();
        while (!server.value("select count(*) from plimsoll.jobs where picked and last_heartbeat < "
                + "(select max(last_heartbeat) - interval '2 seconds' from plimsoll.jobs)").equals("0")) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        var resumed = elapsed(began);
        server.awaitEmpty();
        last.destroy();
        var done = server.value("select count(distinct job) from plimsoll.job_history where outcome = 'done'");
        var records = server.value("select count(*) from plimsoll.job_history where outcome = 'done'");
        var effects = Effects.read(directory.resolve("effects"));
        System.out.printf("%d kills of a parent with 4 children; %s jobs waited and %s were held after the last%n",
                kills,
                left, held);
        System.out.printf("done %s of %d, lost %d, recorded as done twice %d, quarantined %s%n", done, jobs, jobs - Long
                .parseLong(done), Long.parseLong(records) - Long.parseLong(done), server.value(
                        "select count(*) from plimsoll.job_quarantine"));
        System.out.println("attempts: " + server.value(
                "select outcome, count(*) from plimsoll.job_history group by 1 order by 1"));
        System.out.printf("work done to its end, whose record a kill prevented, and done again: %d jobs%n", effects
                .again());
        System.out.printf("children that outlived their parent by %d ms: %d; the last went after %d ms%n",
                CHILDREN_MILLIS, outlived, slowest);
        System.out.printf("the next parent had taken back all that was held %d ms after its launch%n", resumed);
    }
}
