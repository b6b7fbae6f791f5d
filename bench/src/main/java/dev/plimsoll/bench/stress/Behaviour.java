package dev.plimsoll.bench.stress;

import java.util.ArrayDeque;
import java.util.Arrays;

/// When a server answers. Moments are those of `System.nanoTime()`; each request is asked for once, as it arrives.
interface Behaviour {
    long NANOS = 1_000_000_000;

    long answersAt(long arrival);

    static Behaviour atOnce() {
        return arrival -> arrival;
    }

    /// Workers that each take the same time, and a queue before them: it carries `workers / seconds` requests a second.
    static Behaviour queue(int workers, double seconds) {
        var free = new long[workers];
        return arrival -> busy(free, arrival, seconds);
    }

    /// A queue whose answers are fast until more than `rate` requests came within a second, as when what is asked
    /// for no longer fits a cache.
    static Behaviour cacheThatFallsOut(int workers, double rate, double hit, double miss) {
        var free = new long[workers];
        var recent = new ArrayDeque<Long>();
        return arrival -> {
            recent.addLast(arrival);
            while (arrival - recent.getFirst() > NANOS) {
                recent.removeFirst();
            }
            return busy(free, arrival, recent.size() > rate ? miss : hit);
        };
    }

    private static long busy(long[] free, long arrival, double seconds) {
        Arrays.sort(free);
        free[0] = Math.max(free[0], arrival) + Math.round(seconds * NANOS);
        return free[0];
    }

    /// Answers after 2 ms, and stands still for half a second every five.
    final class Freezing implements Behaviour {
        static final double CYCLE = 5;
        static final double FREEZE = 0.5;
        static final double SERVICE = 0.002;

        private final long start = System.nanoTime();

        @Override
        public long answersAt(long arrival) {
            var ready = arrival + Math.round(SERVICE * NANOS);
            var within = (ready - start) % Math.round(CYCLE * NANOS);
            return within < FREEZE * NANOS ? ready - within + Math.round(FREEZE * NANOS) : ready;
        }

        /// The latency in ms that this share of evenly spaced arrivals does not exceed.
        static double truth(double rate, double share) {
            var perCycle = (int) Math.round(rate * CYCLE);
            var latencies = new double[perCycle];
            for (var at = 0; at < perCycle; at++) {
                var ready = at / rate + SERVICE;
                latencies[at] = 1000 * (ready < FREEZE ? FREEZE - at / rate : SERVICE);
            }
            Arrays.sort(latencies);
            return latencies[(int) Math.min(perCycle - 1, Math.floor(share * perCycle))];
        }
    }
}
