package dev.plimsoll.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.source.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceJsonTest {
    private static final String START = """
            {"version": "0.1.0", "project": "shop", "runtime": "docker", "when": "2026-03-01T12:00:00Z",
             "seconds": 12.5, "services": 4}
            """;

    @Test
    void aStartIsReadBackAsItWasWritten() {
        var start = new StartUp("0.1.0", "shop", "docker", Recorded.NOON, 12.5, 4);
        assertThat(EvidenceJson.startUp("s", EvidenceJson.text(start))).isEqualTo(start);
        assertThat(EvidenceJson.startUp("s", START)).isEqualTo(start);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "null", "{\"version\": 1", "{\"version\": \"1\", \"project\": null}"})
    void whatIsNoRecordIsRefusedByItsFile(String text) {
        assertThatThrownBy(() -> EvidenceJson.startUp("dir/s.json", text)).isInstanceOf(InputException.class)
                .hasMessageContaining("dir/s.json").hasMessageContaining("this is no record of a start");
        assertThatThrownBy(() -> EvidenceJson.verified("dir/v.json", text)).isInstanceOf(InputException.class)
                .hasMessageContaining("this is no verification");
    }
}
