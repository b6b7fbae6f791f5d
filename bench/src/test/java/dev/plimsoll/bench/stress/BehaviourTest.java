package dev.plimsoll.bench.stress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BehaviourTest {
    private static final long MILLI = 1_000_000;

    @Test
    void aQueueKeepsUpWithWhatItCarriesAndFallsBehindAboveThat() {
        var carried = Behaviour.queue(2, 0.01);
        var tooMuch = Behaviour.queue(2, 0.01);
        var latency = 0L;
        var grown = 0L;
        for (var request = 0L; request < 100; request++) {
            latency = carried.answersAt(request * 5 * MILLI) - request * 5 * MILLI;
            grown = tooMuch.answersAt(request * 4 * MILLI) - request * 4 * MILLI;
        }
        assertThat(latency).isEqualTo(10 * MILLI);
        assertThat(grown).isEqualTo((10 + 98 / 2 * 2) * MILLI);
    }

    @Test
    void aCacheFallsOutAboveItsRate() {
        var server = Behaviour.cacheThatFallsOut(1, 3, 0.001, 0.1);
        for (var request = 0L; request < 3; request++) {
            var arrival = request * 10 * MILLI;
            assertThat(server.answersAt(arrival)).isEqualTo(arrival + MILLI);
        }
        assertThat(server.answersAt(30 * MILLI)).isEqualTo(130 * MILLI);
        assertThat(server.answersAt(2_000 * MILLI)).isEqualTo(2_001 * MILLI);
    }

    @Test
    void theTruthAboutAFreezeIsWhatUsersWait() {
        // A tenth of all requests comes within the freeze, and waits half a second at most.
        assertThat(Behaviour.Freezing.truth(500, 0.5)).isEqualTo(2);
        assertThat(Behaviour.Freezing.truth(500, 0.95)).isBetween(249.0, 253.0);
        assertThat(Behaviour.Freezing.truth(500, 0.9999)).isEqualTo(500);
    }
}
