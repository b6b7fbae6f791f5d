package dev.plimsoll.runtime.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A child process as its parent sees it. One thread runs jobs on it, another watches it.
final class ChildProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    /// To load classes on a busy machine. Assumption.
    private static final Duration START = Duration.ofSeconds(60);

    /// Percent of what the kernel grants one process at most. Memory that was allocated and not touched counts there,
    /// and not towards the soft limit.
    private static final int CROWDED = 90;

    /// Answers that wait to be read, at most.
    private static final int REPLIES = 16;
    /// Between two looks at whether there is still somebody who makes room for one, in milliseconds.
    private static final long ROOM = 100;

    /// To read what a child said before it ended, in milliseconds.
    private static final long LAST_WORDS = 1000;

    private record Verdict(Outcome outcome, String why) {}

    private record Running(Job job, long deadline) {}

    private final Process process;
    private final Optional<Cgroup> group;
    private final Family family;
    private final Limits limits;
    private final int mostJobs;
    private final Tail errors = new Tail();
    /// Empty at the end. A child that answers what nobody asked has to wait.
    private final BlockingQueue<Optional<Reply>> said = new ArrayBlockingQueue<>(REPLIES);
    private volatile boolean over;
    private final AtomicReference<Optional<Verdict>> verdict = new AtomicReference<>(Optional.empty());
    private volatile Optional<Running> running = Optional.empty();
    private volatile Memory expected;
    private volatile Memory memory;
    private volatile Memory peak = Memory.NONE;
    private volatile boolean crowded;
    private final AtomicInteger jobs = new AtomicInteger();

    private ChildProcess(Process process, Optional<Cgroup> group, Limits limits, int mostJobs,
            Memory expected) {
        this.expected = expected;
        memory = expected;
        this.process = process;
        this.group = group;
        this.limits = limits;
        this.mostJobs = mostJobs;
        family = new Family(process.pid(), group);
        var output = listen("output", process.getInputStream(), this::hear, () -> pass(Optional.empty()));
        awaitEnd(output);
        listen("errors", process.getErrorStream(), errors::add, () -> {
        });
    }

    /// Starts a child.
    ///
    /// @param expected to be taken once it is ready, and counted until then
    static ChildProcess launch(ChildCommand command, Cage cage, Limits limits, int mostJobs, Memory expected)
            throws IOException {
        var group = cage.group();
        var builder = new ProcessBuilder(cage.around(command.words(limits), group));
        builder.environment().put(Origin.VARIABLE, Origin.self().toString());
        command.notInherited().forEach(builder.environment()::remove);
        Process process;
        try {
            process = Spawner.start(builder);
        } catch (IOException failed) {
            group.ifPresent(Cgroup::remove);
            throw failed;
        }
        try {
            var child = new ChildProcess(process, group, limits, mostJobs, expected);
            child.preferForKill();
            return child;
        } catch (RuntimeException | Error failed) {
            process.destroyForcibly();
            group.ifPresent(Cgroup::remove);
            throw failed;
        }
    }

    /// When the machine runs out of memory after all, the kernel should take a child before its parent or a database.
    private void preferForKill() {
        try {
            Files.writeString(Path.of("/proc/" + process.pid() + "/oom_score_adj"), "800");
        } catch (IOException refused) {
            LOG.debug("the kernel keeps its own order of whom to kill first", refused);
        }
    }

    /// Waits until it can take jobs.
    void awaitReady() throws IOException, InterruptedException {
        var end = System.nanoTime() + START.toNanos();
        while (true) {
            var reply = said.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (reply == null || reply.isEmpty()) {
                throw new IOException("a child was not ready " + (reply == null
                        ? "after " + START.toSeconds() + " s"
                        : "when it ended") + ": " + errors.last());
            }
            if (reply.get().isReady()) {
                expected = Memory.NONE;
                measured();
                return;
            }
        }
    }

    /// What the child started may hold its output open when it is gone itself.
    private void awaitEnd(Thread output) {
        thread("end", () -> {
            try {
                process.waitFor();
                output.join(LAST_WORDS);
                pass(Optional.empty());
            } catch (InterruptedException impossible) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Thread thread(String what, Runnable work) {
        var thread = new Thread(work, "plimsoll-child-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static Thread listen(String what, InputStream stream, Consumer<String> each, Runnable end) {
        return thread(what, () -> {
            try (var lines = new Lines(stream)) {
                for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                    each.accept(line.get());
                }
            } catch (IOException closed) {
                LOG.debug("{} of a child ended", what, closed);
            } finally {
                end.run();
            }
        });
    }

    /// What a library prints does not reach the queue.
    private void hear(String line) {
        var reply = Reply.parse(line);
        if (reply.isReady() || reply.isAnswer()) {
            pass(Optional.of(reply));
        }
    }

    /// Waits for room as long as anybody may read.
    private void pass(Optional<Reply> reply) {
        try {
            while (!said.offer(reply, isUnread() ? 0 : ROOM, TimeUnit.MILLISECONDS)) {
                if (isUnread()) {
                    return;
                }
            }
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isUnread() {
        return over && running.isEmpty();
    }

    /// Runs a job and waits for its end. When interrupted it ends the child.
    Run run(Job job) throws InterruptedException {
        peak = Memory.NONE;
        // What a child said that nobody asked for, such as a second answer, settles no other job.
        said.removeIf(Optional::isPresent);
        running = Optional.of(new Running(job, System.nanoTime() + limits.wall().toNanos()));
        try {
            jobs.incrementAndGet();
            process.outputWriter(StandardCharsets.UTF_8).append(job.line()).append('\n').flush();
            return answer(job);
        } catch (IOException broken) {
            LOG.debug("a child took no job", broken);
            return gone();
        } catch (InterruptedException stopped) {
            end();
            throw stopped;
        } finally {
            running = Optional.empty();
        }
    }

    private Run answer(Job job) throws InterruptedException {
        while (true) {
            var next = said.take();
            if (next.isEmpty()) {
                return gone();
            }
            var reply = next.get();
            if (reply.isFor(job.id())) {
                look();
                if (reply.isForMemory() || reply.failure().isPresent() && kills() > 0) {
                    end();
                    return new Run(Outcome.KILLED_MEMORY, peak, reply.failure().orElse(""));
                }
                return new Run(reply.failure().isPresent() ? Outcome.FAILED : Outcome.DONE, peak, reply.failure()
                        .orElse(""));
            }
        }
    }

    private Run gone() throws InterruptedException {
        process.destroyForcibly();
        var code = process.waitFor();
        var kills = kills();
        var ended = verdict.get().orElseGet(() -> {
            if (kills > 0) {
                return new Verdict(Outcome.KILLED_MEMORY, "the kernel ended it at its ceiling of " + limits.ceiling());
            }
            return code == Child.OUT_OF_MEMORY || errors.speaksOfMemory()
                    ? new Verdict(Outcome.KILLED_MEMORY,
                            "it was refused memory below its ceiling of " + limits.ceiling() + ": " + errors.last())
                    : new Verdict(Outcome.CRASHED, "it ended with code " + code + ": " + errors.last());
        });
        end();
        return new Run(ended.outcome(), peak, ended.why());
    }

    private long kills() {
        return family.kernelKills();
    }

    /// Takes a look from the watching thread: what memory is taken now, and whether that or the time is too much.
    void look() {
        var now = measured();
        var job = running;
        if (job.isEmpty()) {
            return;
        }
        if (now.isMoreThan(limits.ceiling())) {
            kill(Outcome.KILLED_MEMORY, "it took " + now + ", more than its ceiling of " + limits.ceiling());
        } else if (System.nanoTime() - job.get().deadline() > 0) {
            kill(Outcome.KILLED_TIMEOUT, "it took longer than " + limits.wall().toMillis() + " ms");
        }
    }

    private synchronized Memory measured() {
        memory = Memory.max(family.memory(limits.soft()), expected);
        peak = Memory.max(peak, memory);
        crowded = Procfs.data(process.pid()).isMoreThan(limits.ceiling().percent(CROWDED));
        return memory;
    }

    /// Ends the child in the middle of its job.
    void kill(Outcome outcome, String why) {
        verdict.compareAndSet(Optional.empty(), Optional.of(new Verdict(outcome, why)));
        process.destroyForcibly();
        Orphans.kill(process.toHandle(), group.stream().flatMapToLong(Cgroup::processes));
    }

    boolean runs(String kind, String job) {
        return running.map(Running::job).filter(now -> now.kind().equals(kind) && now.id().equals(job)).isPresent();
    }

    boolean isBusy() {
        return running.isPresent();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean hasWorked() {
        return jobs.get() > 0;
    }

    /// Whether it must be replaced before it may take another job.
    boolean isSpent() {
        return !isAlive() || isAboutToBeSpent();
    }

    /// Whether it will be spent after the job at hand.
    boolean isAboutToBeSpent() {
        return jobs.get() >= mostJobs || memory.isMoreThan(limits.soft()) || crowded;
    }

    /// What it took at the last look, with all it started.
    Memory memory() {
        return isAlive() ? memory : Memory.NONE;
    }

    long pid() {
        return process.pid();
    }

    /// Lets it end by itself, and ends it and all it started when the grace is over.
    void retire() throws InterruptedException {
        try {
            process.outputWriter(StandardCharsets.UTF_8).close();
        } catch (IOException gone) {
            LOG.debug("a child was gone before it was replaced", gone);
        }
        process.waitFor(limits.grace().toMillis(), TimeUnit.MILLISECONDS);
        end();
    }

    /// Ends it at once with all it started.
    void end() {
        process.destroyForcibly();
        Orphans.kill(process.toHandle(), group.stream().flatMapToLong(Cgroup::processes));
        process.onExit().join();
        over = true;
        group.ifPresent(Cgroup::remove);
    }
}
