package dev.plimsoll.runtime.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Keeps any command, such as the workers of an existing queue, under a ceiling of memory: all it starts counts, while
/// it works. It knows nothing of jobs: what a killed worker held is up to its own queue.
public final class Supervisor {
    private static final long LOOK_MILLIS = 50;
    /// After so long a run the next failure is a new one. Assumption.
    private static final Duration STEADY = Duration.ofMinutes(1);

    private final SupervisorSettings settings;
    private final Consumer<String> says;
    private final Cage cage;
    private final Object lock = new Object();
    private boolean stopping;
    private volatile Memory highest = Memory.NONE;
    private final AtomicInteger starts = new AtomicInteger();

    private enum End {
        BY_ITSELF, ASKED, KILLED
    }

    private record Ended(End end, int code) {}

    /// @param says hears in plain words what is done and why
    public Supervisor(SupervisorSettings settings, Consumer<String> says) {
        this.settings = settings;
        this.says = says;
        cage = new Cage(settings.ceiling(), settings.process());
        cage.missing().forEach(says);
    }

    /// Runs the command until it ends well by itself or [#stop] is called, and starts it again otherwise.
    ///
    /// @return its last exit code
    /// @throws IOException if there is no such program: what does not exist is not started again and again
    public int run() throws IOException, InterruptedException {
        var program = settings.command().get(0);
        if (Cage.program(program).isEmpty()) {
            throw new IOException("`" + program + "` is no program that can be run"
                    + (program.contains("/") ? "" : ", or is in no directory of PATH"));
        }
        var backoff = settings.backoff();
        while (true) {
            var began = System.nanoTime();
            var ended = runOnce();
            if (isStopping() || ended.end() == End.BY_ITSELF && ended.code() == 0) {
                return ended.code();
            }
            if (ended.end() == End.ASKED) {
                continue;
            }
            if (System.nanoTime() - began > STEADY.toNanos()) {
                backoff = settings.backoff();
            }
            says.accept(
                    "it ended with code " + ended.code() + " and is started again in " + backoff.toMillis() + " ms");
            if (pause(backoff)) {
                return ended.code();
            }
            backoff = backoff.multipliedBy(2).compareTo(settings.longest()) > 0
                    ? settings.longest()
                    : backoff
                            .multipliedBy(2);
        }
    }

    private Ended runOnce() throws IOException, InterruptedException {
        var group = cage.group();
        var builder = new ProcessBuilder(cage.around(settings.command(), group)).inheritIO();
        builder.environment().put(Origin.VARIABLE, Origin.self().toString());
        var process = Spawner.start(builder);
        starts.incrementAndGet();
        try {
            var end = watch(process, new Family(process.pid(), group));
            return new Ended(end, process.waitFor());
        } finally {
            Orphans.kill(process.toHandle(), group.stream().flatMapToLong(Cgroup::processes));
            process.onExit().join();
            group.ifPresent(Cgroup::remove);
        }
    }

    /// Returns when the command has ended or has been told to in the last way.
    private End watch(Process process, Family family) throws InterruptedException {
        var above = Optional.<Long>empty();
        var asked = Optional.<Long>empty();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            var now = family.memory(settings.soft());
            highest = Memory.max(highest, now);
            if (now.isMoreThan(settings.ceiling())) {
                says.accept("it took " + now + ", more than its ceiling of " + settings.ceiling() + ", and is killed");
                return kill(process);
            }
            if (family.kernelKills() > 0) {
                says.accept("the kernel killed one of its processes at the ceiling of " + settings.ceiling()
                        + ", and the others go with it");
                return kill(process);
            }
            killTheLarge(process, family);
            above = !now.isMoreThan(settings.soft())
                    ? Optional.empty()
                    : above.isPresent()
                            ? above
                            : Optional.of(System.nanoTime());
            var tooLong = above.filter(since -> System.nanoTime() - since > settings.patience().toNanos()).isPresent();
            if (asked.isEmpty() && (tooLong || isStopping())) {
                says.accept(isStopping()
                        ? "it is asked to end"
                        : "it held " + now + ", more than " + settings.soft()
                                + ", for " + settings.patience().toMillis() + " ms, and is asked to end");
                process.destroy();
                asked = Optional.of(System.nanoTime());
            }
            if (asked.filter(since -> System.nanoTime() - since > settings.drain().toNanos()).isPresent()) {
                says.accept("it did not end within " + settings.drain().toMillis() + " ms, and is killed");
                return kill(process);
            }
        }
        return asked.isPresent() ? End.ASKED : End.BY_ITSELF;
    }

    private static End kill(Process process) {
        process.destroyForcibly();
        return End.KILLED;
    }

    /// A single process that is too large goes alone, unless it is the first.
    private void killTheLarge(Process process, Family family) {
        if (settings.ceiling().isMoreThan(settings.process())) {
            for (var pid : family.above(settings.process())) {
                says.accept("process " + pid + " took more than " + settings.process() + ", and is killed");
                if (pid == process.pid()) {
                    process.destroyForcibly();
                } else {
                    Orphans.kill(pid);
                }
            }
        }
    }

    /// Asks the command to end, kills it when that takes too long, and lets [#run] return.
    public void stop() {
        synchronized (lock) {
            stopping = true;
            lock.notifyAll();
        }
    }

    private boolean isStopping() {
        synchronized (lock) {
            return stopping;
        }
    }

    /// Whether it was stopped meanwhile.
    private boolean pause(Duration time) throws InterruptedException {
        var end = System.nanoTime() + time.toNanos();
        synchronized (lock) {
            while (!stopping) {
                var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                lock.wait(left);
            }
            return true;
        }
    }

    /// The most it was seen to take with all it started.
    public Memory highestMemory() {
        return highest;
    }

    public int starts() {
        return starts.get();
    }
}
