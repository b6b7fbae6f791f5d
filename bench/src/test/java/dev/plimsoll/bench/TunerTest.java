package dev.plimsoll.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.units.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pins what each tool's published formulas give.
class TunerTest {
    private static MemorySize gigabytes(int count) {
        return MemorySize.ofGigabytes(count);
    }

    /// (memory - shared_buffers) / ((connections + 8 workers) * 3) / divisor, at least 4 MB: 1260 kB at 1 GB for web
    /// becomes 4096 kB.
    @ParameterizedTest
    @CsvSource({"WEB,1,200,256,4096,64", "WEB,4,200,1024,5041,256", "OLTP,8,300,2048,6808,512",
            "DW,4,40,1024,10922,512", "MIXED,4,100,1024,4854,256", "MIXED,2,100,512,4096,128"})
    void pgTune(PgTune.Workload workload, int memory, int connections, int sharedMb, int workMemKb, int maintenanceMb) {
        var tuned = workload.settings(gigabytes(memory), 2);
        assertThat(tuned.connections()).isEqualTo(connections);
        assertThat(tuned.sharedBuffers()).isEqualTo(MemorySize.ofMegabytes(sharedMb));
        assertThat(tuned.workMem()).isEqualTo(MemorySize.ofKilobytes(workMemKb));
        assertThat(tuned.maintenanceWorkMem()).isEqualTo(MemorySize.ofMegabytes(maintenanceMb));
        assertThat(tuned.parallelWorkers()).isEqualTo(8);
    }

    @Test
    void pgTuneTakesTheCpusAsWorkersFromFourOn() {
        var tuned = PgTune.Workload.WEB.settings(gigabytes(16), 4);
        assertThat(tuned.parallelWorkers()).isEqualTo(4);
        assertThat(tuned.workMem()).isEqualTo(MemorySize.ofKilobytes(20560));
        assertThat(tuned.walBuffers()).isEqualTo(MemorySize.ofMegabytes(16));
    }

    @ParameterizedTest
    @CsvSource({"1,25,16384,128", "2,25,32768,256", "4,50,32768,512", "6,75,32768,768", "8,100,32768,1024",
            "32,100,131072,2047"})
    void timescaleTune(int memory, int connections, int workMemKb, int maintenanceMb) {
        var tuned = TimescaleTune.settings(gigabytes(memory), 2);
        assertThat(tuned.connections()).isEqualTo(connections);
        assertThat(tuned.workMem()).isEqualTo(MemorySize.ofKilobytes(workMemKb));
        assertThat(tuned.maintenanceWorkMem()).isEqualTo(MemorySize.ofMegabytes(maintenanceMb));
        assertThat(tuned.autovacuumWorkers()).isEqualTo(10);
        assertThat(tuned.sharedBuffers()).isEqualTo(gigabytes(memory).dividedBy(4));
    }

    @Test
    void timescaleTuneHalvesWorkMemOnFourCpus() {
        assertThat(TimescaleTune.settings(gigabytes(4), 4).workMem()).isEqualTo(MemorySize.ofMegabytes(16));
    }

    @ParameterizedTest
    @CsvSource({"1,256,2621", "4,1024,10485"})
    void pgConfig(int memory, int sharedMb, int workMemKb) {
        var tuned = PgConfig.web(gigabytes(memory), 2);
        assertThat(tuned.sharedBuffers().megabytes()).isEqualTo(sharedMb);
        assertThat(tuned.workMem().kilobytes()).isEqualTo(workMemKb);
        assertThat(tuned.maintenanceWorkMem()).isEqualTo(gigabytes(memory).dividedBy(20));
    }

    @ParameterizedTest
    @CsvSource({"1,465,10000", "4,2401,12645", "8,4981,26235"})
    void pgConfigurator(int memory, int sharedMb, int workMemKb) {
        var tuned = PgConfigurator.settings(gigabytes(memory), 2);
        assertThat(tuned.sharedBuffers().megabytes()).isEqualTo(sharedMb);
        assertThat(tuned.workMem().kilobytes()).isEqualTo(workMemKb);
        assertThat(tuned.connections()).isEqualTo(50);
    }

    @Test
    void pgConfiguratorIsKnownForSmallServersOnly() {
        assertThatThrownBy(() -> PgConfigurator.settings(gigabytes(4), 8)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("up to four CPUs: 8");
    }
}
