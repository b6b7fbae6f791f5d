package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThisMachineTest {
    @Test
    void readsWhatTheKernelSays() {
        var meminfo = "MemTotal:        4026520 kB\nMemFree:  1 kB\nSwapTotal:       1048572 kB\n";
        var host = new ThisMachine(meminfo, 2, Optional.of(MemorySize.ofGigabytes(40))).facts().host();
        assertThat(host.memory()).isEqualTo(MemorySize.ofKilobytes(4_026_520));
        assertThat(host.swap()).isEqualTo(MemorySize.ofKilobytes(1_048_572));
        assertThat(host.cpus()).isEqualTo(Millicores.ofCores(2));
        assertThat(host.disk()).contains(MemorySize.ofGigabytes(40));
        assertThat(host.assumed()).isFalse();
    }

    @Test
    void saysWhenTheKernelSaysNothing() {
        var machine = new ThisMachine("", 2, Optional.empty());
        assertThatThrownBy(machine::facts).isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("Leave out --detect");
    }
}
