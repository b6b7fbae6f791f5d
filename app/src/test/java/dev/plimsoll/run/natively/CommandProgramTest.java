package dev.plimsoll.run.natively;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.FreePorts;
import dev.plimsoll.run.State.PublishedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandProgramTest {
    private static final Map<String, String> PORTLESS = Map.of("DB_HOST", "db");

    private static List<String> notes(int target, Map<String, String> variables) {
        return CommandProgram.notes("job", new Addresses("job", List.of(new PublishedPort("db", target, "tcp", 1)),
                List.of("db")), variables);
    }

    /// A job that only reads DB_HOST would migrate a database outside the stack.
    @Test
    void whoCouldReachAnotherServerIsNotStarted() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var target = other.getLocalPort();
            assertThatThrownBy(() -> notes(target, PORTLESS)).isInstanceOfSatisfying(EnvironmentException.class,
                    refused -> assertThat(refused.text()).contains("told of db by DB_HOST without a port",
                            "Give job the variable DB_PORT"));
            assertThat(notes(target, Map.of("DB_HOST", "db", "DB_PORT", String.valueOf(target)))).isEmpty();
        }
    }

    @Test
    void whoCouldReachNobodyIsNamed() {
        assertThat(notes(FreePorts.pick(1).getFirst(), PORTLESS)).singleElement().asString()
                .contains("job gets DB_PORT for db");
    }

    @Test
    void whatNothingServesIsNamed() {
        assertThat(notes(5432, Map.of("METRICS", "http://db:9187/metrics"))).containsExactly(
                "job is told of what nothing serves here: db:9187 (METRICS).");
    }
}
