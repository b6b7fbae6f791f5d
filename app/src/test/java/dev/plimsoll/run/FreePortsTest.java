package dev.plimsoll.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    @Test
    void aPortThatIsTakenOnTheUsualAddressIsFreeOnAnother() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var own = FreePorts.ownAddress(taken.getLocalPort(), Optional.empty()).orElseThrow();
            assertThat(own).startsWith("127.").isNotEqualTo(FreePorts.LOOPBACK);
            assertThat(FreePorts.ownAddress(taken.getLocalPort(), Optional.of(own))).contains(own);
        }
    }

    @Test
    void aPortThatIsTakenOnAllAddressesIsFreeOnNone() throws IOException {
        try (var taken = new ServerSocket(0)) {
            assertThat(FreePorts.ownAddress(taken.getLocalPort(), Optional.empty())).isEmpty();
        }
    }
}
