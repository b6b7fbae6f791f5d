package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.kinds.Sizing.Choice;
import dev.plimsoll.units.MemorySize;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrometheusSizingTest {
    @Test
    void keepsTheRetentionTheUserChoseBecauseAShorterOneDeletesData() {
        var choices = new PrometheusSizing(600, Calibrated.NONE, Optional.of("90d"), Optional.empty())
                .at(MemorySize.ofMegabytes(200L),
                        0)
                .choices();
        assertThat(choices).filteredOn(choice -> choice.setting().startsWith("--storage")).extracting(Choice::value)
                .containsExactly("90d", "500MB");
        assertThat(choices).anyMatch(choice -> choice.value().equals("90d") && choice.source().contains("delete data"));
    }
}
