package dev.plimsoll.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Transactions that were completed within a window.
final class Transactions {
    private static final int LATENCY = 2;
    private static final int SECONDS = 4;
    private static final int MICROSECONDS = 5;
    private static final long MILLION = 1_000_000;

    private final long[] latencies;
    private final Duration window;

    /// @param latencies in microseconds
    Transactions(LongStream latencies, Duration window) {
        this.latencies = latencies.sorted().toArray();
        this.window = window;
    }

    /// Reads the logs that `pgbench -l` has left in a directory.
    static Transactions in(Path directory, Instant start, Duration window) throws IOException {
        var from = start.toEpochMilli() * 1000;
        var to = start.plus(window).toEpochMilli() * 1000;
        LongPredicate within = end -> from <= end && end < to;
        try (var files = Files.list(directory)) {
            var latencies = LongStream.builder();
            for (var file : files.filter(Files::isRegularFile).toList()) {
                try (var lines = Files.lines(file)) {
                    completed(lines, within).forEach(latencies::add);
                }
            }
            return new Transactions(latencies.build(), window);
        }
    }

    private static LongStream completed(Stream<String> lines, LongPredicate within) {
        return lines.map(line -> line.split(" ")).filter(words -> words.length > MICROSECONDS)
                .filter(words -> words[LATENCY].chars().allMatch(Character::isDigit))
                .filter(words -> within.test(Long.parseLong(words[SECONDS]) * MILLION
                        + Long.parseLong(words[MICROSECONDS])))
                .mapToLong(words -> Long.parseLong(words[LATENCY]));
    }

    int count() {
        return latencies.length;
    }

    double perSecond() {
        return latencies.length * 1000.0 / window.toMillis();
    }

    /// The latency that 95 % of them stayed below, in ms; 0 when there were none.
    double p95() {
        return latencies.length == 0 ? 0 : latencies[(int) (0.95 * (latencies.length - 1))] / 1000.0;
    }
}
