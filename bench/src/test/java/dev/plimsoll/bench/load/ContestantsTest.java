package dev.plimsoll.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.plimsoll.kinds.PostgresParameters;
import dev.plimsoll.units.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContestantsTest {
    private static final MemorySize GIGABYTE = MemorySize.ofGigabytes(1);

    @ParameterizedTest
    @ValueSource(longs = {512, 1024, 2048, 4096})
    void planStaysWithinTheLimit(long megabytes) {
        var limit = MemorySize.ofMegabytes(megabytes);
        assertThat(Forecast.ceiling(Contestants.planned(limit))).isLessThan(limit);
    }

    @Test
    void planHasTheConnectionsThatTheLimitCanPayFor() {
        var small = Contestants.planned(GIGABYTE);
        assertThat(small.connections()).isBetween(20, 124);
        assertThat(small.pools(small.poolSize())).isFalse();
        assertThat(small.pools(120)).isTrue();
        assertThat(small.open(120)).isEqualTo(small.poolSize());
        assertThat(Contestants.planned(MemorySize.ofGigabytes(4)).connections()).isEqualTo(125);
        assertThat(Contestants.planned(MemorySize.ofGigabytes(4)).pools(120)).isFalse();
    }

    @Test
    void planWithoutRoomSaysSo() {
        assertThatThrownBy(() -> Contestants.planned(MemorySize.ofMegabytes(64)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no room for Postgres in 64 MB");
    }

    @Test
    void planIsForPostgresAndNotForItsContainer() {
        assertThat(Contestants.planned(GIGABYTE).settings().keySet()).isNotEmpty().allSatisfy(name -> assertThat(
                PostgresParameters.find(name, Installation.MAJOR)).as(name).isPresent());
    }

    /// Its output for 1 GB, 2 CPUs, web, SSD, Linux and version 15.
    @Test
    void pgTuneIsAsItPublishesItself() {
        assertThat(Contestants.pgTune(GIGABYTE).settings()).containsExactly(entry("max_connections", "200"),
                entry("shared_buffers", "256MB"), entry("effective_cache_size", "768MB"),
                entry("maintenance_work_mem", "64MB"), entry("checkpoint_completion_target", "0.9"),
                entry("wal_buffers", "7864kB"), entry("default_statistics_target", "100"),
                entry("random_page_cost", "1.1"), entry("effective_io_concurrency", "200"), entry("work_mem", "4MB"),
                entry("huge_pages", "off"), entry("min_wal_size", "1GB"), entry("max_wal_size", "4GB"),
                entry("wal_compression", "lz4"), entry("jit", "off"));
    }

    @Test
    void stockHasTheBuiltInConnectionsAndTakesNoMore() {
        var stock = Contestants.stock();
        assertThat(stock.connections()).isEqualTo(100);
        assertThat(stock.pools(120)).isFalse();
        assertThat(stock.memory().parallelWorkers()).isEqualTo(8);
        assertThat(stock.flags()).containsExactly("-c", "shared_buffers=128MB");
    }

    @Test
    void forecastGrowsWithTheConnectionsAndTheWork() {
        var plan = Contestants.planned(GIGABYTE);
        var select = new Step("a", "a", Step.Kind.SELECT, 20);
        var mixed = new Step("b", "b", Step.Kind.MIXED, 20);
        var more = new Step("c", "c", Step.Kind.MIXED, 35);
        assertThat(Forecast.of(plan, mixed)).isGreaterThan(Forecast.of(plan, select));
        assertThat(Forecast.of(plan, more)).isGreaterThan(Forecast.of(plan, mixed))
                .isLessThan(Forecast.ceiling(plan));
    }
}
