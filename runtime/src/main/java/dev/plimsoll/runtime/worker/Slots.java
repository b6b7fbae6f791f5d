package dev.plimsoll.runtime.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A fixed number of children at work, watched together. A child that has done its share is replaced, and its
/// replacement is started before it goes as long as all children together stay within the budget.
final class Slots implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);
    /// Between two looks: a child that takes 500 MB a second passes its ceiling by 10 MB where nothing else holds it.
    private static final long LOOK_BUSY = 20;
    private static final long LOOK_IDLE = 100;
    /// Of a start that failed, doubled each time; in milliseconds.
    private static final long FIRST_BACKOFF = 500;
    private static final long LAST_BACKOFF = 30_000;
    /// Assumed of a child that has just started, until some have.
    private static final Memory FRESH = Memory.ofMegabytes(32);

    private final ChildCommand command;
    private final Limits limits;
    private final Memory budget;
    private final Cage cage;
    private final List<Slot> slots = new ArrayList<>();
    private final BlockingQueue<Slot> free = new LinkedBlockingQueue<>();
    private final List<ChildProcess> alive = new CopyOnWriteArrayList<>();
    private final AtomicLong started = new AtomicLong();
    private volatile Memory fresh = FRESH;
    private volatile Memory highest = Memory.NONE;
    private volatile boolean closed;

    Slots(int count, ChildCommand command, Limits limits) {
        this.command = command;
        this.limits = limits;
        budget = new Memory(limits.ceiling().bytes() * count);
        cage = new Cage(limits.ceiling(), limits.ceiling());
        cage.missing().forEach(what -> LOG.warn("{}", what));
        for (var number = 0; number < count; number++) {
            slots.add(new Slot());
        }
    }

    /// Starts the children. Whether they can be started is tried with the first.
    void start() throws IOException, InterruptedException {
        var first = slots.get(0);
        first.put(spawn());
        free.add(first);
        thread("plimsoll-watch", this::watch);
        slots.stream().skip(1).forEach(slot -> thread("plimsoll-start", () -> refill(slot)));
    }

    private static void thread(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private ChildProcess spawn() throws IOException, InterruptedException {
        // A tenth more or less, so that children that began together do not end together.
        var spread = Math.max(0, limits.jobs() / 10);
        var child = ChildProcess.launch(command, cage, limits, limits.jobs() - spread + ThreadLocalRandom.current()
                .nextInt(2 * spread + 1), fresh);
        alive.add(child);
        try {
            child.awaitReady();
        } catch (IOException | InterruptedException failed) {
            drop(child);
            if (closed) {
                throw new InterruptedException("closed");
            }
            throw failed;
        }
        started.incrementAndGet();
        fresh = child.memory();
        if (closed) {
            drop(child);
        }
        return child;
    }

    /// Runs a job on the next free child.
    Run run(Job job) throws InterruptedException {
        var slot = free.take();
        while (!slot.child().orElseThrow().isAlive()) {
            // It ended while it had nothing to do, for which the job must not pay with an attempt.
            var dead = slot;
            thread("plimsoll-replace", () -> refill(dead));
            slot = free.take();
        }
        if (job.attempt() > 1 && slot.child().orElseThrow().hasWorked()) {
            // The verdict on a job must not be that on what others left in its child.
            renew(slot);
        }
        return run(job, slot, slot.child().orElseThrow());
    }

    private Run run(Job job, Slot slot, ChildProcess child) throws InterruptedException {
        try {
            return child.run(job);
        } finally {
            if (child.isSpent() || Thread.currentThread().isInterrupted()) {
                thread("plimsoll-replace", () -> refill(slot));
            } else {
                free.add(slot);
            }
        }
    }

    /// Whatever goes wrong, such as no further thread to be had, the slot must not be lost for it.
    private void refill(Slot slot) {
        for (var backoff = FIRST_BACKOFF; !closed; backoff = Math.min(2 * backoff, LAST_BACKOFF)) {
            try {
                renew(slot);
                free.add(slot);
                return;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error failed) {
                LOG.error("a child cannot be replaced; the next attempt is in {} ms", backoff, failed);
                Pause.milliseconds(backoff);
            }
        }
    }

    /// Puts a fresh child into the slot in place of the one there.
    private void renew(Slot slot) throws InterruptedException {
        if (hasRoom() && slot.beginToPrepare()) {
            prepare(slot);
        }
        var next = slot.takeNext();
        var old = slot.child();
        if (old.isPresent()) {
            old.get().retire();
            alive.remove(old.get());
        }
        slot.put(next.isPresent() ? next.get() : spawnAtLast());
    }

    private ChildProcess spawnAtLast() throws InterruptedException {
        for (var backoff = FIRST_BACKOFF;; backoff = Math.min(2 * backoff, LAST_BACKOFF)) {
            if (closed) {
                throw new InterruptedException("closed");
            }
            try {
                return spawn();
            } catch (IOException failed) {
                LOG.error("a child cannot be started; the next attempt is in {} ms", backoff, failed);
                Thread.sleep(backoff);
            }
        }
    }

    private boolean hasRoom() {
        return !total().plus(fresh).isMoreThan(budget);
    }

    /// Starts the replacement while the child is still there.
    private void prepare(Slot slot) {
        var next = Optional.<ChildProcess>empty();
        try {
            next = Optional.of(spawn());
        } catch (IOException failed) {
            LOG.warn("a replacement cannot be started", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            slot.prepared(next);
        }
    }

    private void watch() {
        while (!closed) {
            try {
                alive.forEach(ChildProcess::look);
                keepBudget();
                prepareReplacements();
            } catch (RuntimeException unexpected) {
                // Without a watch there are no ceilings but the kernel's.
                LOG.error("a look at the children failed", unexpected);
            }
            Pause.milliseconds(alive.stream().anyMatch(ChildProcess::isBusy) ? LOOK_BUSY : LOOK_IDLE);
        }
    }

    /// Replacements that wait are the first to go when the others need the memory.
    private void keepBudget() {
        highest = Memory.max(highest, total());
        for (var slot : slots) {
            if (total().isMoreThan(budget)) {
                slot.dropNext().ifPresent(this::drop);
            }
        }
    }

    private void prepareReplacements() {
        for (var slot : slots) {
            if (slot.child().filter(child -> child.isBusy() && child.isAboutToBeSpent()).isPresent()
                    && hasRoom() && slot.beginToPrepare()) {
                thread("plimsoll-prepare", () -> prepare(slot));
            }
        }
    }

    private void drop(ChildProcess child) {
        alive.remove(child);
        child.end();
    }

    /// Ends the child that runs a job, which another parent has taken over.
    void abandon(String kind, String job) {
        alive.stream().filter(child -> child.runs(kind, job)).forEach(child -> child.kill(Outcome.ABANDONED,
                "the lease on the job was lost"));
    }

    /// What all children take now, with all they started.
    Memory total() {
        return alive.stream().map(ChildProcess::memory).reduce(Memory.NONE, Memory::plus);
    }

    Memory highest() {
        return highest;
    }

    Memory budget() {
        return budget;
    }

    int busy() {
        return (int) alive.stream().filter(ChildProcess::isBusy).count();
    }

    long started() {
        return started.get();
    }

    @Override
    public void close() {
        closed = true;
        alive.forEach(this::drop);
    }
}
