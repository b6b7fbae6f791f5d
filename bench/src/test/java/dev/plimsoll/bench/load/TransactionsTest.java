package dev.plimsoll.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionsTest {
    private static final Instant START = Instant.ofEpochSecond(1000);

    @TempDir
    private Path logs = Path.of("");

    /// client, transaction, microseconds, script, and when it ended
    @Test
    void onlyThoseWithinTheWindowCount() throws IOException {
        Files.write(logs.resolve("a.1"), List.of("0 1 5000 0 999 999999", "0 2 2000 0 1000 0", "1 1 4000 0 1001 5"));
        Files.write(logs.resolve("a.1.1"), List.of("2 1 6000 0 1001 999999", "2 2 8000 0 1002 0"));
        var transactions = Transactions.in(logs, START, Duration.ofSeconds(2));
        assertThat(transactions.count()).isEqualTo(3);
        assertThat(transactions.perSecond()).isEqualTo(1.5);
    }

    @Test
    void failedAndHalfWrittenLinesAreNoTransactions() throws IOException {
        Files.write(logs.resolve("a.1"), List.of("0 1 failed 0 1000 7", "0 2 20", "0 3 1000 0 1000 7"));
        var transactions = Transactions.in(logs, START, Duration.ofSeconds(1));
        assertThat(transactions.count()).isEqualTo(1);
        assertThat(transactions.p95()).isEqualTo(1);
    }

    @Test
    void fiveInAHundredAreAboveTheP95() {
        var latencies = LongStream.rangeClosed(0, 100).map(each -> (100 - each) * 1000);
        assertThat(new Transactions(latencies, Duration.ofSeconds(1)).p95()).isEqualTo(95);
    }
}
