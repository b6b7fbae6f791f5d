package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.source.InputException;
import org.junit.jupiter.api.Test;

class LoadRunJsonTest {
    @Test
    void readsBackWhatItWrote() {
        var run = LoadRuns.sample(2000);
        assertThat(LoadRunJson.read("run.json", LoadRunJson.text(run))).isEqualTo(run);
    }

    @Test
    void sameRunGivesTheSameBytes() {
        assertThat(LoadRunJson.text(LoadRuns.sample(2000))).isEqualTo(LoadRunJson.text(LoadRuns.sample(2000)));
    }

    @Test
    void verdictsAreThereForOtherReaders() {
        assertThat(LoadRunJson.text(LoadRuns.sample(2000))).contains("\"passed\" : false", "\"model\" : \"open\"",
                "\"started\" : \"2026-03-01T12:00:00.500Z\"", "\"span\" : 60.000000000", "\"phase\" : \"warm_up\"");
    }

    @Test
    void namesTheLineOfBrokenJson() {
        assertThatThrownBy(() -> LoadRunJson.read("run.json", "{\"format\": 1,\n  oops"))
                .isInstanceOf(InputException.class).hasMessageContaining("run.json:2");
    }

    @Test
    void refusesWhatLacksAPart() {
        var cut = LoadRunJson.text(LoadRuns.sample(2000)).replace("\"generator\"", "\"generators\"");
        assertThatThrownBy(() -> LoadRunJson.read("run.json", cut)).isInstanceOf(InputException.class)
                .hasMessageContaining("generator").hasMessageContaining("plimsoll stress");
    }

    @Test
    void runsOfBeforeRedirectsWereCountedAreRead() {
        var run = LoadRuns.sample(2000);
        var text = LoadRunJson.text(run);
        var old = text.replaceAll("\"redirected\" : \\d+,\\s*", "");
        assertThat(old).isNotEqualTo(text);
        assertThat(LoadRunJson.read("run.json", old)).isEqualTo(run);
    }

    @Test
    void refusesAnotherFormat() {
        assertThatThrownBy(() -> LoadRunJson.read("run.json", "{\"format\": 7}")).isInstanceOf(InputException.class)
                .hasMessageContaining("format 7");
        assertThatThrownBy(() -> LoadRunJson.read("run.json", "[]")).isInstanceOf(InputException.class)
                .hasMessageContaining("no load run");
        assertThatThrownBy(() -> LoadRunJson.read("run.json", "")).isInstanceOf(InputException.class)
                .hasMessageContaining("no load run");
    }
}
