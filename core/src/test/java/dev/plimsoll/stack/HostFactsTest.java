package dev.plimsoll.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostFactsTest {
    private static HostFacts facts(String hints) {
        var files = ProjectFiles.of(Map.of("compose.yml", hints + "services:\n  api:\n    image: api:1\n"));
        return HostFacts.of(ComposeLoader.load(files, ComposeLoader.Request.of("compose.yml")).hints());
    }

    @Test
    void withoutHintsTheServerIsTypicalAndAssumed() {
        assertThat(facts("").host()).isEqualTo(Host.TYPICAL);
        assertThat(facts("x-plimsoll: {}\n").host()).isEqualTo(Host.TYPICAL);
        assertThat(facts("x-plimsoll: {host: }\n").host()).isEqualTo(Host.TYPICAL);
    }

    @Test
    void readsEveryHint() {
        var host = facts("x-plimsoll:\n  host: {memory: 8g, cpus: 2.5, swap: 0, disk: 40g, disk_kind: nvme}\n").host();
        assertThat(host.memory()).isEqualTo(MemorySize.ofGigabytes(8));
        assertThat(host.cpus()).isEqualTo(new Millicores(2500));
        assertThat(host.swap()).isEqualTo(MemorySize.ZERO);
        assertThat(host.disk()).contains(MemorySize.ofGigabytes(40));
        assertThat(host.diskKind()).isEqualTo(Host.DiskKind.NVME);
        assertThat(host.assumed()).isFalse();
    }

    @Test
    void strongerFactsWinAndWeakerFillIn() {
        var joined = facts("x-plimsoll: {host: {memory: 8g}}\n")
                .or(facts("x-plimsoll: {host: {memory: 2g, cpus: 1}}\n"));
        assertThat(joined.memory()).contains(MemorySize.ofGigabytes(8));
        assertThat(joined.cpus()).contains(Millicores.ofCores(1));
    }

    @Test
    void cpusAloneLeaveTheMemoryAssumed() {
        assertThat(facts("x-plimsoll: {host: {cpus: 8}}\n").host().assumed()).isTrue();
    }

    @Test
    void aSizeWithoutAUnitIsNotTakenForBytes() {
        assertThat(HostFacts.memory("4")).isEmpty();
        assertThat(HostFacts.memory("1m")).isPresent();
    }

    @Test
    void saysEveryBadHintWithItsPlace() {
        assertThatThrownBy(() -> facts("""
                x-plimsoll:
                  host:
                    memory: 0
                    cpus: [2]
                    disk_kind: tape
                    ram: 4g
                """)).isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "compose.yml:3:13: `0` is no value for memory. Write a size with its unit, 1m or more, such as 512m or 4g.")
                .hasMessageContaining("compose.yml:4:11: this is no value for cpus. Write a number of cores")
                .hasMessageContaining("compose.yml:5:16: `tape` is no value for disk_kind. Write ssd, hdd or nvme.")
                .hasMessageContaining("compose.yml:6:5: `ram` says nothing about a host. Use one of memory, cpus,");
        assertThatThrownBy(() -> facts("x-plimsoll:\n  host: 4g\n"))
                .hasMessage("compose.yml:2:9: host must be a mapping. Write keys such as `memory: 4g` below it.");
    }
}
