package dev.plimsoll.runtime.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Lets a job in when the bounds hold with what it will take, and keeps what was promised to those inside.
final class Admission {
    private static final long STEP = 100;

    private final Gate gate;
    private final Peaks peaks;
    private final Supplier<Reading> machine;
    private final Supplier<Memory> taken;
    private final List<Memory> inside = new ArrayList<>();
    private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);

    /// @param taken what those inside have taken of what was promised to them
    Admission(Gate gate, Peaks peaks, Supplier<Reading> machine, Supplier<Memory> taken) {
        this.gate = gate;
        this.peaks = peaks;
        this.machine = machine;
        this.taken = taken;
        Arrays.stream(Refusal.values()).forEach(refusal -> refusals.put(refusal, new LongAdder()));
    }

    /// A place inside, to be given back.
    final class Ticket implements AutoCloseable {
        private final Memory promised;

        private Ticket(Memory promised) {
            this.promised = promised;
        }

        @Override
        public void close() {
            synchronized (Admission.this) {
                inside.remove(promised);
            }
        }
    }

    /// Whether a job of any of the kinds could be let in, to be asked before one is taken from the queue.
    synchronized boolean isOpen(Collection<String> kinds) {
        var least = kinds.stream().map(peaks::expected).min(Memory::compareTo).orElse(Memory.NONE);
        return refusal(least).isEmpty();
    }

    /// Waits for a place; empty when there was none for so long.
    Optional<Ticket> enter(String kind, Duration patience) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        while (true) {
            var ticket = tryEnter(kind);
            if (ticket.isPresent() || System.nanoTime() - end > 0) {
                return ticket;
            }
            Thread.sleep(STEP);
        }
    }

    private synchronized Optional<Ticket> tryEnter(String kind) {
        var needed = peaks.expected(kind);
        if (refusal(needed).isPresent()) {
            return Optional.empty();
        }
        inside.add(needed);
        return Optional.of(new Ticket(needed));
    }

    private Optional<Refusal> refusal(Memory needed) {
        var promised = inside.stream().reduce(Memory.NONE, Memory::plus).minus(taken.get());
        var refusal = gate.refusal(machine.get(), promised, needed);
        refusal.ifPresent(reason -> refusals.getOrDefault(reason, new LongAdder()).increment());
        return refusal;
    }

    void learn(Attempt attempt) {
        peaks.learn(attempt.job().kind(), attempt.peak());
    }

    long refusals(Refusal reason) {
        return refusals.getOrDefault(reason, new LongAdder()).sum();
    }
}
