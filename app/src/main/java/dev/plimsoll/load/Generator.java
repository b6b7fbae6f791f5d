package dev.plimsoll.load;

import dev.plimsoll.load.Arrivals.Closed;
import dev.plimsoll.load.Arrivals.Open;
import dev.plimsoll.load.Stage.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Runs loads, one after the other, over connections that stay open.
public final class Generator implements AutoCloseable {
    private static final long NANOS = 1_000_000_000;
    private static final double P99_MILLIS = 500;
    /// Seconds between the look that ends a load early and its end, in which nothing more is started.
    private static final double STOPPING = 0.2;
    /// A reader that rests less than this is the bottleneck itself. Assumption.
    private static final double MOST_BUSY = 0.95;
    /// Beyond the timeout, for an engine that has lost count.
    private static final long GRACE = 3 * NANOS;

    private final Traffic traffic;
    private final Limits limits;
    private final Engine engine;
    private final Composer composer;
    private final StopConditions stops;
    private final Danger danger;
    private final Live live;
    private final long started = System.nanoTime();
    private final List<Double> busy = new ArrayList<>();

    public Generator(Endpoint endpoint, Traffic traffic, Limits limits, StopConditions stops, Danger danger,
            Live live) {
        this.traffic = traffic;
        this.limits = limits;
        this.stops = stops;
        this.danger = danger;
        this.live = live;
        engine = Engines.of(endpoint, limits);
        composer = new Composer(endpoint, traffic, new SplittableRandom().nextLong());
    }

    /// What a load gave, before anybody judges it.
    ///
    /// @param startedAt seconds since the generator's start
    /// @param measuredSeconds that what counts really lasted
    /// @param stopped why it ended early
    /// @param unanswered what was under way when patience ended
    record Sent(Recording recording, double startedAt, double measuredSeconds, Validity validity,
            Optional<String> stopped, long unanswered) {}

    /// Seconds since this generator's start, which is moment zero of every time axis.
    public double elapsed() {
        return (System.nanoTime() - started) / (double) NANOS;
    }

    public ProfileRun run(Profile profile) throws InterruptedException {
        var sent = send(profile.name(), profile.arrivals(), p99(profile.objectives()), limits.timeout());
        var recording = sent.recording();
        return new ProfileRun(profile, sent.startedAt(), sent.measuredSeconds(), recording.counts(), recording
                .latency(), recording.serviceTime(), recording.curve(), recording.seconds(),
                recording.requests(traffic
                        .requests().stream().map(Request::name).toList()),
                Judge.judge(profile, recording, sent
                        .measuredSeconds()),
                sent.stopped().isPresent()
                        ? sent.validity()
                        : sent.validity().measuring(recording.counts(), sent.measuredSeconds()),
                sent.stopped());
    }

    static double p99(List<Objective> objectives) {
        return objectives.stream().filter(one -> one.measure() == Objective.Measure.P99).mapToDouble(Objective::most)
                .findFirst().orElse(P99_MILLIS);
    }

    /// @param patience after the last request was due, until what is under way is given up
    Sent send(String name, Arrivals arrivals, double objectiveMillis, Duration patience) throws InterruptedException {
        var recording = new Recording(arrivals, traffic.requests().size(), limits.timeout());
        var recorder = new Recorder(recording, composer);
        var startedAt = elapsed();
        busy.clear();
        engine.busy();
        engine.begin(arrivals, recorder);
        var stopped = watch(name, arrivals, recorder, patience);
        var unanswered = recorder.read(Recording::outstanding);
        if (stopped.isPresent() || unanswered > 0) {
            engine.abandon();
        }
        var spent = Math.min((System.nanoTime() - recorder.start()) / (double) NANOS, seconds(arrivals.span()));
        var measured = Math.max(0, measured(arrivals, spent));
        var fromTheStart = stopped.isPresent() && measured < StopConditions.WINDOW;
        return recorder.read(found -> {
            // The generator's own warm-up must not speak against it.
            var validity = validity(found, arrivals, objectiveMillis, stopped.isPresent()
                    ? spent - STOPPING
                    : Double.MAX_VALUE);
            if (fromTheStart) {
                found.countFromTheStart();
            }
            return new Sent(found, startedAt, fromTheStart ? spent : measured, validity, stopped.map(
                    why -> fromTheStart ? why + "; the warm-up counts, too" : why), unanswered);
        });
    }

    private Optional<String> watch(String name, Arrivals arrivals, Recorder recorder, Duration patience)
            throws InterruptedException {
        var span = arrivals.span().toNanos();
        var giveUp = recorder.start() + span + Math.min(patience.toNanos(), limits.timeoutNanos() + GRACE);
        for (var at = 0; !isOver(recorder, giveUp); at++) {
            var next = recorder.start() + (at + 1) * NANOS;
            while (System.nanoTime() < next && !isOver(recorder, giveUp)) {
                Thread.sleep(Math.clamp((next - System.nanoTime()) / 1_000_000, 1, 50));
            }
            var second = at;
            busy.add(engine.busy());
            var last = recorder.read(recording -> {
                recording.tick(second, engine.connections(), engine.waiting());
                return recording.second(second);
            });
            var failed = recorder.read(recording -> recording.failedIn(second));
            last.ifPresent(
                    found -> live.second(name, found, failed, Math.clamp((second + 1) * (double) NANOS / span, 0, 1)));
            var reason = stops.reason(recent(recorder, second)).or(danger::reason);
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    /// The seconds of the stop conditions' window as they look now, slow answers included.
    private static List<Second> recent(Recorder recorder, int last) {
        return recorder.read(recording -> {
            var seconds = new ArrayList<Second>();
            for (var at = Math.max(0, last - StopConditions.WINDOW + 1); at <= last; at++) {
                recording.second(at).ifPresent(seconds::add);
            }
            return seconds;
        });
    }

    private boolean isOver(Recorder recorder, long giveUp) {
        return engine.isDue() && (recorder.read(Recording::outstanding) == 0 || System.nanoTime() > giveUp);
    }

    private static double seconds(Duration span) {
        return span.toNanos() / (double) NANOS;
    }

    /// How much of the measured phase lies in the first `spent` seconds.
    private static double measured(Arrivals arrivals, double spent) {
        return switch (arrivals) {
            case Closed(int clients, Duration warmUp, Duration measured) -> spent - seconds(warmUp);
            case Open(List<Stage> stages) -> {
                var start = 0.0;
                var sum = 0.0;
                for (var stage : stages) {
                    sum += stage.phase() == Phase.MEASURED ? Math.clamp(spent - start, 0, stage.seconds()) : 0;
                    start += stage.seconds();
                }
                yield sum;
            }
        };
    }

    private Validity validity(Recording recording, Arrivals arrivals, double objectiveMillis, double spent) {
        var validity = Validity.of(recording.lag(), handed(recording, arrivals, spent), objectiveMillis);
        var most = busy.stream().sorted().skip(busy.size() / 2).findFirst().orElse(0.0);
        return most > MOST_BUSY
                ? validity.with(String.format(java.util.Locale.ROOT,
                        "the generator, not the server, was the limit: its "
                                + "reader was busy for %.0f %% of the time",
                        100 * most))
                : validity;
    }

    private static double handed(Recording recording, Arrivals arrivals, double spent) {
        if (!(arrivals instanceof Open(List<Stage> stages))) {
            return 1;
        }
        var start = 0.0;
        var planned = 0.0;
        for (var stage : stages) {
            planned += stage.phase() == Phase.MEASURED ? stage.dueWithin(spent - start) : 0;
            start += stage.seconds();
        }
        // One may be due at the very end.
        return planned < 1 ? 1 : Math.min(1, (recording.counts().planned() + 1) / planned);
    }

    /// Whether the stack inside is in danger now.
    boolean isInDanger() {
        return danger.reason().isPresent();
    }

    /// @param cpuSeconds of this program so far
    /// @param peakBytes its peak memory; empty where the system does not tell
    public LoadRun.Generator description(double cpuSeconds, Optional<Long> peakBytes) {
        return new LoadRun.Generator(engine.name(), java.lang.Runtime.getRuntime().availableProcessors(), engine
                .mostConnections(), cpuSeconds, peakBytes);
    }

    @Override
    public void close() {
        engine.close();
    }
}
