package dev.plimsoll.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.units.MemorySize;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// What the files of real cgroups say: one process with 20 MB of its own and 4 MB of tmpfs in a group of 64 MB and a
/// fifth of a CPU, after another one was killed there.
class CgroupFilesTest {
    private static final Offset<Double> NEAR = Offset.offset(1e-6);
    private static final CgroupFixture V1 = CgroupFixture.of("v1-hybrid.txt");
    private static final CgroupFixture V2 = CgroupFixture.of("v2.txt");
    private static final String V1_MEMORY = "/sys/fs/cgroup/memory/plimsoll/cache/";
    private static final String V2_GROUP = "/sys/fs/cgroup/plimsoll/cache/";

    @Test
    void version1HasADirectoryForEachController() {
        assertThat(V1.place()).isEqualTo(new CgroupPlace(1, "/sys/fs/cgroup/memory/plimsoll/cache",
                java.util.List.of("/sys/fs/cgroup/cpu/plimsoll/cache", "/sys/fs/cgroup/cpuacct/plimsoll/cache"),
                Optional.of("/sys/fs/cgroup/pids/plimsoll/cache"),
                Optional.of("/sys/fs/cgroup/unified/plimsoll/cache"), "/sys/fs/cgroup/memory"));
    }

    @Test
    void version2HasOneDirectory() {
        assertThat(V2.place().version()).isEqualTo(2);
        assertThat(V2.place().memory()).isEqualTo("/sys/fs/cgroup/plimsoll/cache");
        assertThat(V2.place().files()).contains("/sys/fs/cgroup/plimsoll/memory.max", "/sys/fs/cgroup/memory.max");
    }

    @Test
    void readsVersion1() {
        var reading = V1.reading();
        assertThat(reading.version()).isEqualTo(1);
        assertThat(reading.current().bytes()).isEqualTo(32_559_104);
        assertThat(reading.workingSet().bytes()).isEqualTo(32_559_104);
        assertThat(reading.anonymous().bytes()).isEqualTo(28_016_640);
        assertThat(reading.shared()).isEqualTo(MemorySize.ofMegabytes(4));
        assertThat(reading.file()).isEqualTo(MemorySize.ZERO);
        assertThat(reading.kernel()).contains(MemorySize.ofBytes(176_128));
        assertThat(reading.peak()).contains(MemorySize.ofMegabytes(64));
        assertThat(reading.limit()).contains(MemorySize.ofMegabytes(64));
        assertThat(reading.oomKills()).isEqualTo(1);
        assertThat(reading.limitHits()).as("version 1 does not count them").isEmpty();
        assertThat(reading.cpu()).isCloseTo(0.752577791, NEAR);
        assertThat(reading.throttled()).isCloseTo(2.435920542, NEAR);
        assertThat(reading.periods().share()).isCloseTo(35.0 / 42, NEAR);
        assertThat(reading.pids()).contains(1L);
    }

    @Test
    void pressureOfAHybridMachineStandsInTheTreeOfVersion2() {
        assertThat(V1.reading().cpuPressure().orElseThrow()).isCloseTo(0.027, NEAR);
        assertThat(V1.reading().memoryPressure()).contains(0.0);
    }

    @Test
    void readsVersion2() {
        var reading = V2.reading();
        assertThat(reading.version()).isEqualTo(2);
        assertThat(reading.shared()).isEqualTo(MemorySize.ofMegabytes(4));
        assertThat(reading.anonymous()).isBetween(MemorySize.ofMegabytes(20), MemorySize.ofMegabytes(32));
        assertThat(reading.limit()).contains(MemorySize.ofMegabytes(64));
        assertThat(reading.oomKills()).isEqualTo(1);
        assertThat(reading.limitHits().orElseThrow()).isPositive();
        assertThat(reading.cpu()).isBetween(0.1, 10.0);
        assertThat(reading.periods().share()).isBetween(0.1, 1.0);
        assertThat(reading.pids()).contains(1L);
    }

    /// Linux before 5.18 has no line `kernel`.
    @Test
    void onOlderKernelsTheKernelsMemoryIsTheSumOfItsParts() {
        var stat = V2.text(V2_GROUP + "memory.stat")
                .replaceAll("(?m)^(?:kernel|slab|kernel_stack|pagetables|percpu|sock)"
                        + " .*\n", "");
        assertThat(V2.with(V2_GROUP + "memory.stat", stat).reading().kernel()).isEmpty();
        assertThat(V2.with(V2_GROUP + "memory.stat", stat + "kernel_stack 1048576\npagetables 2097152\npercpu 0\nsock "
                + "0\nslab 4194304\nslab_reclaimable 2097152\n").reading().kernel()).contains(MemorySize.ofMegabytes(
                        7));
        assertThat(V2.reading().kernel()).isPresent();
    }

    @Test
    void withoutPressureFilesThereIsNoPressure() {
        assertThat(V2.reading().memoryPressure()).isEmpty();
    }

    @Test
    void theTightestLimitOfTheGroupsAboveCountsInVersion2() {
        assertThat(V2.with("/sys/fs/cgroup/plimsoll/memory.max", "33554432\n").reading().limit())
                .contains(MemorySize.ofMegabytes(32));
        assertThat(V2.with(V2_GROUP + "memory.max", "max\n").reading().limit()).contains(MemorySize.ofMegabytes(128));
        assertThat(V2.with(V2_GROUP + "memory.max", "max\n").with("/sys/fs/cgroup/plimsoll/memory.max", "max\n")
                .reading().limit()).isEmpty();
    }

    @Test
    void theHighestNumberOfVersion1IsNoLimit() {
        var stat = V1.text(V1_MEMORY + "memory.stat").replace("hierarchical_memory_limit 67108864",
                "hierarchical_memory_limit 9223372036854771712");
        assertThat(V1.with(V1_MEMORY + "memory.stat", stat)
                .with(V1_MEMORY + "memory.limit_in_bytes", "9223372036854771712\n").reading().limit()).isEmpty();
    }

    @Test
    void inactiveFilePagesAreNoPartOfTheWorkingSet() {
        var stat = V1.text(V1_MEMORY + "memory.stat").replace("total_inactive_file 0", "total_inactive_file 1048576");
        var reading = V1.with(V1_MEMORY + "memory.stat", stat).reading();
        assertThat(reading.current().minus(reading.workingSet())).isEqualTo(MemorySize.ofMegabytes(1));
    }

    @Test
    void withoutAPeakFileThePeakIsUnknown() {
        assertThat(V2.without(V2_GROUP + "memory.peak").reading().peak()).isEmpty();
    }

    @Test
    void theRootOfVersion2SaysNothingOfMemory() {
        var root = CgroupPlace.of("0::/\n", "1 0 0:1 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n").orElseThrow();
        assertThat(CgroupFiles.reading(root, Map.of("/sys/fs/cgroup/cpu.stat", "usage_usec 7\n"))).isEmpty();
    }

    @Test
    void theRootOfAMountIsCutFromThePath() {
        var place = CgroupPlace.of("0::/docker/abc/inner\n",
                "1 0 0:1 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n").orElseThrow();
        assertThat(place.memory()).isEqualTo("/sys/fs/cgroup/inner");
    }

    @Test
    void aMachineWithoutCgroupsHasNoPlace() {
        assertThat(CgroupPlace.of("", "")).isEmpty();
        assertThat(CgroupPlace.of("4:memory:/x\n", "1 0 0:1 / / rw - ext4 /dev/sda rw\n")).isEmpty();
    }
}
