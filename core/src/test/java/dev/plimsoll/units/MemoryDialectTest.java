package dev.plimsoll.units;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryDialectTest {
    @ParameterizedTest
    @CsvSource({"COMPOSE, 512m, 536870912", "COMPOSE, 512M, 536870912", "COMPOSE, 512mb, 536870912",
            "COMPOSE, 512MiB, 536870912", "COMPOSE, 1.5g, 1610612736", "COMPOSE, .5k, 512", "COMPOSE, 1024, 1024",
            "COMPOSE, 64b, 64", "COMPOSE, 2 G, 2147483648", "COMPOSE, 0, 0",
            "REDIS, 512m, 512000000", "REDIS, 512mb, 536870912", "REDIS, 512MB, 536870912", "REDIS, 1k, 1000",
            "REDIS, 1kb, 1024", "REDIS, 2g, 2000000000", "REDIS, 2gb, 2147483648", "REDIS, 100, 100",
            "POSTGRES, 256MB, 268435456", "POSTGRES, 64kB, 65536", "POSTGRES, 1.5GB, 1610612736",
            "POSTGRES, 8 GB, 8589934592",
            "JVM, 512m, 536870912", "JVM, 2G, 2147483648", "JVM, 1048576, 1048576", "JVM, 64K, 65536",
            "PROMETHEUS, 512MB, 536870912", "PROMETHEUS, 10GiB, 10737418240", "PROMETHEUS, 1EB, 1152921504606846976",
            "GO, 1GiB, 1073741824", "GO, 512MiB, 536870912", "GO, 100, 100", "GO, 100B, 100",
            "KUBERNETES, 512Mi, 536870912", "KUBERNETES, 512M, 512000000", "KUBERNETES, 1k, 1000",
            "KUBERNETES, 1.5Gi, 1610612736"})
    void sizeIsWhatTheProgramReads(MemoryDialect dialect, String text, long bytes) {
        assertThat(dialect.parse(text)).contains(MemorySize.ofBytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"COMPOSE, 4 parrots", "COMPOSE, -1", "COMPOSE, 1e3", "COMPOSE, ''", "COMPOSE, g", "COMPOSE, 1.2.3g",
            "COMPOSE, 99999999999g", "COMPOSE, ٣g", "REDIS, 1t", "REDIS, 512mib", "POSTGRES, 256mb", "POSTGRES, 256m",
            "POSTGRES, 64KB", "POSTGRES, 256", "JVM, 512mb", "JVM, 1GiB", "GO, 512MB", "GO, 1G", "GO, 1gib",
            "KUBERNETES, 512mi", "KUBERNETES, 1KB", "PROMETHEUS, 512mb", "PROMETHEUS, 512"})
    void whatTheProgramRefusesIsNoSize(MemoryDialect dialect, String text) {
        assertThat(dialect.parse(text)).isEmpty();
    }

    @Test
    void noTextIsTooLongOrTooLarge() {
        for (var dialect : MemoryDialect.values()) {
            assertThat(dialect.parse("9".repeat(1_000_000))).isEmpty();
            assertThat(dialect.parse("9".repeat(25))).isEmpty();
        }
    }
}
