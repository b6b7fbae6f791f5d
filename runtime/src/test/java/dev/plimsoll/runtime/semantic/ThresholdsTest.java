package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
    private static final int MOST = 2_000;
    private final Thresholds thresholds = new Thresholds(Threshold.Calibrated.usual(), new SplittableRandom(6));

    @Test
    void forgetTheScopeThatNobodyAskedForTheLongest() {
        learn("asked");
        learn("not asked");
        for (var at = 0; at < MOST - 1; at++) {
            assertThat(thresholds.serving(VectorIndexTest.scope("asked"))).isPresent();
            thresholds.judge(VectorIndexTest.scope("tenant " + at), 0.95, true);
        }
        assertThat(thresholds.serving(VectorIndexTest.scope("asked"))).isPresent();
        assertThat(thresholds.serving(VectorIndexTest.scope("not asked"))).isEmpty();
    }

    private void learn(String tenant) {
        for (var at = 0; at < 600; at++) {
            thresholds.judge(VectorIndexTest.scope(tenant), 0.95, true);
        }
    }
}
