package dev.plimsoll.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CachePolicyTest {
    private final CachePolicy policy = CachePolicy.fresh(Duration.ofMinutes(5));

    @Test
    void defaultsAreThese() {
        assertThat(policy).isEqualTo(new CachePolicy(Duration.ofMinutes(5), Duration.ZERO, 10, 16 << 20, Duration
                .ofSeconds(2)));
    }

    @Test
    void valuesOutOfRangeAreNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> CachePolicy.fresh(Duration.ZERO)).withMessageContaining(
                "PT0S");
        assertThatIllegalArgumentException().isThrownBy(() -> policy.stale(Duration.ofDays(21))).withMessageContaining(
                "20 days");
        assertThatIllegalArgumentException().isThrownBy(() -> policy.jitterPercent(51)).withMessageContaining("51");
        assertThatIllegalArgumentException().isThrownBy(() -> policy.bytes(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> policy.lease(Duration.ofMillis(9)))
                .withMessageContaining("10 ms");
    }
}
