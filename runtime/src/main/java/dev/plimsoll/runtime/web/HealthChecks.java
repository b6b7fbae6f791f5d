package dev.plimsoll.runtime.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks all parts of a service at once, each for a bounded time, so that one that hangs is reported instead of hanging
/// the report.
public final class HealthChecks {
    private final Duration limit;
    private final List<Check> checks;

    /// @param limit for all checks together
    public HealthChecks(Duration limit, List<Check> checks) {
        this.limit = limit;
        this.checks = List.copyOf(checks);
    }

    /// A question to one part.
    ///
    /// @param answer the state with a detail; a thrown exception means [Health.State#DOWN]
    public record Check(String name, Health.Need need, Callable<Answer> answer) {}

    public record Answer(Health.State state, String detail) {}

    public Health ask() throws InterruptedException {
        var began = System.nanoTime();
        var deadline = began + limit.toNanos();
        var asked = new LinkedHashMap<Check, Future<Health.Part>>();
        // Not closed: that would wait for a check that hangs.
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        checks.forEach(check -> asked.put(check, threads.submit(() -> part(check, began))));
        threads.shutdown();
        Map<String, Health.Part> parts = new LinkedHashMap<>();
        for (var entry : asked.entrySet()) {
            parts.put(entry.getKey().name(), await(entry.getKey(), entry.getValue(), deadline));
        }
        return Health.of(parts);
    }

    private static Health.Part part(Check check, long began) {
        try {
            var answer = check.answer().call();
            return new Health.Part(answer.state(), check.need(), answer.detail(), since(began));
        } catch (Exception failure) {
            return new Health.Part(Health.State.DOWN, check.need(), String.valueOf(failure.getMessage()), since(
                    began));
        }
    }

    private static long since(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private Health.Part await(Check check, Future<Health.Part> answer, long deadline) throws InterruptedException {
        try {
            return answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            return new Health.Part(Health.State.DOWN, check.need(), "no answer within " + limit.toMillis() + " ms",
                    limit.toMillis());
        } catch (ExecutionException failure) {
            return new Health.Part(Health.State.DOWN, check.need(), String.valueOf(failure.getMessage()), limit
                    .toMillis());
        }
    }
}
