package dev.plimsoll.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/// A server with a known knee, in simulated time: several workers and one queue.
final class Simulated {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final int workers;
    private final Service service;
    private final boolean poisson;
    private final Random random;
    private double elapsed;
    /// Moments at which each worker is free again, within one step.
    private PriorityQueue<Double> free = new PriorityQueue<>();

    /// How long one request takes.
    interface Service {
        /// @param rate requests per second that arrive now
        /// @return seconds
        double seconds(double rate, double now, Random random);
    }

    Simulated(int workers, Service service, boolean poisson, long seed) {
        this.workers = workers;
        this.service = service;
        this.poisson = poisson;
        random = new Random(seed);
    }

    /// Requests take the same time each: the D of M/D/c.
    static Service constant(double seconds) {
        return (_, _, _) -> seconds;
    }

    static Service exponential(double seconds) {
        return (_, _, random) -> -Math.log(1 - random.nextDouble()) * seconds;
    }

    /// A cache that holds up to a rate; above it most look-ups go to the database.
    static Service cacheThatFallsOut(double knee, double hit, double miss) {
        return (rate, _, random) -> {
            var hitRate = rate <= knee ? 0.95 : 0.3;
            return -Math.log(1 - random.nextDouble()) * (random.nextDouble() < hitRate ? hit : miss);
        };
    }

    Cliff search(CliffSearch search) {
        var steps = new java.util.ArrayList<Cliff.Step>();
        for (var next = search.next(steps, now()); next.isPresent(); next = search.next(steps, now())) {
            steps.add(run(search, next.get()));
        }
        return search.result(steps, Optional.empty());
    }

    private Duration now() {
        return Duration.ofMillis(Math.round(elapsed * 1000));
    }

    private Cliff.Step run(CliffSearch search, CliffSearch.Trial trial) {
        var recording = record(trial.level(), trial.span().toMillis() / 1000.0, 1);
        var validity = Validity.of(recording.lag(), 1, 500);
        var startedAt = elapsed;
        elapsed += trial.span().toMillis() / 1000.0 + 2;
        var judgement = StepJudge.judge(search.objectives(), recording, validity, recording.outstanding());
        return new Cliff.Step(trial.level(), trial.purpose(), startedAt, trial.span(), recording.counts(), recording
                .latency(), validity, 0, judgement.outcome(), judgement.why());
    }

    /// One step on an empty server, after a second to settle.
    ///
    /// @param patience seconds after it; what would end later stays without an end
    Recording record(double rate, double seconds, double patience) {
        var stages = List.of(Stage.constant(Stage.Phase.WARM_UP, rate, Duration.ofSeconds(1)), Stage.constant(
                Stage.Phase.MEASURED, rate, Duration.ofMillis(Math.round(seconds * 1000))));
        var recording = new Recording(new Arrivals.Open(stages), 1, TIMEOUT);
        free = new PriorityQueue<>();
        for (var at = 0; at < workers; at++) {
            free.add(0.0);
        }
        var schedule = new Schedule(stages);
        var at = 0.0;
        var last = 0;
        while (schedule.hasNext()) {
            var phase = schedule.phase();
            var planned = schedule.next() / 1e9;
            at = poisson ? at - Math.log(1 - random.nextDouble()) / rate : planned;
            serve(recording, phase, at, rate, 1 + seconds + patience);
            if ((int) at > last) {
                last = (int) at;
                recording.tick(last, workers, 0);
            }
        }
        return recording;
    }

    private void serve(Recording recording, Stage.Phase phase, double at, double rate, double patience) {
        recording.due((int) at, phase, 0, 10);
        var begin = Math.max(at, free.remove());
        var end = begin + service.seconds(rate, at, random);
        free.add(end);
        if (end - at > TIMEOUT.toSeconds()) {
            recording.ended(
                    new Ended(0, (int) at, phase, TIMEOUT.toMillis() * 1000, Optional.empty(), false, false, Optional
                            .of(Counts.Failure.TIMEOUT), 0),
                    (int) end);
        } else if (end <= patience) {
            var micros = Math.round((end - at) * 1e6);
            recording.ended(
                    new Ended(0, (int) at, phase, micros, Optional.of(micros), true, false, Optional.empty(), 10),
                    (int) end);
        }
    }

    /// The highest rate at which p99 of 200,000 requests keeps to the objective, within 0.5 %.
    double truth(double guess, double objectiveMillis) {
        var low = guess * 0.7;
        var high = guess * 1.1;
        while (high / low > 1.005) {
            var middle = Math.sqrt(low * high);
            var recording = record(middle, 200_000 / middle, Double.MAX_VALUE);
            if (Latency.millis(recording.latency().p99()) <= objectiveMillis) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
