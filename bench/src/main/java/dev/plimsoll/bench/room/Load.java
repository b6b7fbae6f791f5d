package dev.plimsoll.bench.room;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// Clients that ask again as soon as they are answered.
final class Load {
    private Load() {}

    /// @param times of all requests, sorted, in nanoseconds
    @SuppressWarnings("ArrayRecordComponent") // Millions of numbers, made once and only read.
    record Result(double seconds, int failed, long[] times) {
        double perSecond() {
            return (times.length - failed) / seconds;
        }

        double failedPercent() {
            return times.length == 0 ? 0 : 100.0 * failed / times.length;
        }

        double millis(int percentile) {
            return times.length == 0 ? 0 : times[Math.min(times.length - 1, times.length * percentile / 100)] / 1e6;
        }
    }

    /// @param request given its number, tells whether it was served
    static Result run(int clients, Duration time, IntFunction<Boolean> request) {
        var times = new ConcurrentLinkedQueue<Long>();
        var failed = new AtomicInteger();
        var number = new AtomicInteger();
        var began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var client = 0; client < clients; client++) {
                threads.execute(() -> {
                    while (System.nanoTime() - began < time.toNanos()) {
                        var from = System.nanoTime();
                        if (!request.apply(number.getAndIncrement())) {
                            failed.incrementAndGet();
                        }
                        times.add(System.nanoTime() - from);
                    }
                });
            }
        }
        var sorted = times.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Result((System.nanoTime() - began) / 1e9, failed.get(), sorted);
    }
}
