package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrometheusSizingTest {
    private static List<String> retention(String flags) {
        var service = Examples.service("image: prom/prometheus:v2.55.0\ncommand: [--config.file=/p.yml" + flags + "]");
        var sizing = service.kind().sizing(service, Host.TYPICAL);
        return sizing.at(MemorySize.ofMegabytes(200L), 0).choices().stream().filter(choice -> choice.setting().contains(
                "retention")).map(choice -> choice.setting().replace("--storage.tsdb.retention.", "") + " "
                        + choice
                                .value())
                .toList();
    }

    /// A second bound would delete what the first one keeps.
    @Test
    void keepsTheRetentionThatSomebodyChoseAndAddsNone() {
        assertThat(retention(", --storage.tsdb.retention.time=1y")).containsExactly("time 1y");
        assertThat(retention(", --storage.tsdb.retention.size=20GB")).containsExactly("size 20GB");
        assertThat(retention(", --storage.tsdb.retention=90d")).containsExactly("time 90d");
        assertThat(retention("")).containsExactly("time 7d", "size 500MB");
    }
}
