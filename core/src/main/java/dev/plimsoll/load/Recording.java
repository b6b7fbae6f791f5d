package dev.plimsoll.load;

import dev.plimsoll.load.Counts.Failure;
import dev.plimsoll.load.Stage.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Everything that is kept of one profile while it runs. A second is summed up once all that was due in it must have
/// ended, so memory does not grow with the load. Not safe for several threads.
public final class Recording {
    private final Arrivals arrivals;
    private final long mostMicros;
    private final int keptSeconds;
    private final Totals before;
    private final Totals measured;
    private final Tally lag;
    private final Map<Integer, Slot> open = new TreeMap<>();
    private final List<Second> closed = new ArrayList<>();
    private long ended;
    private long planned;
    /// The slot that was asked for last, which is nearly always the one that is asked for next.
    private int currentSecond = -1;
    private Optional<Slot> current = Optional.empty();

    /// What is known of one second.
    private static final class Slot {
        final Phase phase;
        final Tally tally;
        final Tally lag;
        long answered;
        long failed;
        int connections;
        long waiting;

        Slot(Phase phase, long mostMicros) {
            this.phase = phase;
            tally = new Tally(mostMicros);
            lag = new Tally(mostMicros);
        }
    }

    /// @param timeout after which a request is given up, from when it was due
    public Recording(Arrivals arrivals, int requests, Duration timeout) {
        this.arrivals = arrivals;
        mostMicros = timeout.toNanos() / 1000 * 2;
        // The stop conditions look back, too, however soon requests are given up.
        keptSeconds = Math.max((int) timeout.toSeconds() + 2, StopConditions.WINDOW);
        before = new Totals(requests, mostMicros);
        measured = new Totals(requests, mostMicros);
        lag = new Tally(mostMicros);
    }

    /// A request became due and was taken up.
    ///
    /// @param lagMicros how late
    public void due(int second, Phase phase, int request, long lagMicros) {
        planned++;
        var slot = slot(second);
        slot.tally.plan();
        slot.lag.time(lagMicros);
        totals(phase).ifPresent(totals -> totals.due(request));
        if (phase == Phase.MEASURED) {
            lag.time(lagMicros);
        }
    }

    private Optional<Totals> totals(Phase phase) {
        return switch (phase) {
            case WARM_UP, BASE -> Optional.of(before);
            case MEASURED -> Optional.of(measured);
            case RECOVERY -> Optional.empty();
        };
    }

    /// @param endedIn second since the profile's start
    public void ended(Ended one, int endedIn) {
        ended++;
        slot(one.second()).tally.end(one);
        if (one.completed()) {
            slot(endedIn).answered++;
        }
        if (one.failure().isPresent()) {
            slot(endedIn).failed++;
        }
        totals(one.phase()).ifPresent(totals -> totals.ended(one));
    }

    /// Lets the phases before the measured one count as well. For a load that had to end before the measured phase said
    /// anything: what ended it came before. To be called once, at the end.
    public void countFromTheStart() {
        measured.add(before);
    }

    /// The state of the connections at a second's end; sums up seconds that can no longer change.
    public void tick(int second, int connections, long waiting) {
        var slot = slot(second);
        slot.connections = connections;
        slot.waiting = waiting;
        currentSecond = -1;
        open.entrySet().removeIf(entry -> {
            var old = entry.getKey() < second - keptSeconds;
            if (old) {
                closed.add(second(entry.getKey(), entry.getValue()));
            }
            return old;
        });
    }

    /// What is known of a second so far.
    public Optional<Second> second(int at) {
        return Optional.ofNullable(open.get(at)).map(slot -> second(at, slot));
    }

    /// Requests that failed in a second, whenever they were due; 0 when it is summed up already.
    public long failedIn(int at) {
        return Optional.ofNullable(open.get(at)).map(slot -> slot.failed).orElse(0L);
    }

    private Second second(int at, Slot slot) {
        return new Second(at, slot.phase, rate(at), slot.tally.counts(), slot.answered, slot.tally.latency(), slot.lag
                .latency().p99(), slot.connections, slot.waiting);
    }

    private Slot slot(int second) {
        if (second != currentSecond || current.isEmpty()) {
            current = Optional.of(open.computeIfAbsent(second, at -> new Slot(phase(at), mostMicros)));
            currentSecond = second;
        }
        return current.get();
    }

    private Phase phase(int second) {
        return switch (arrivals) {
            case Arrivals.Open(List<Stage> stages) -> Schedule.at(stages, second).phase();
            case Arrivals.Closed(int clients, Duration warmUp, Duration measuredSpan) -> second < warmUp.toSeconds()
                    ? Phase.WARM_UP
                    : Phase.MEASURED;
        };
    }

    private double rate(int second) {
        return arrivals instanceof Arrivals.Open(List<Stage> stages) ? Schedule.at(stages, second + 0.5).rate() : 0;
    }

    public long outstanding() {
        return planned - ended;
    }

    /// Share of what ended in the measured phase that failed.
    public double errorRate() {
        return measured.counts().errorRate();
    }

    public Counts counts() {
        return measured.counts();
    }

    public Latency latency() {
        return measured.latency();
    }

    public Latency serviceTime() {
        return measured.serviceTime();
    }

    public Latency lag() {
        return lag.latency();
    }

    public List<Latency.Point> curve() {
        return measured.curve();
    }

    /// All seconds up to now, in order.
    public List<Second> seconds() {
        var all = new ArrayList<>(closed);
        open.forEach((at, slot) -> all.add(second(at, slot)));
        return all;
    }

    /// @param names of the requests
    public List<ProfileRun.OneRequest> requests(List<String> names) {
        return measured.requests(names);
    }

    /// A request that was due and found no place in the queue.
    public static Ended refused(int request, int second, Phase phase) {
        return new Ended(request, second, phase, 0, Optional.empty(), false, false, Optional.of(
                Failure.QUEUE_FULL), 0);
    }
}
