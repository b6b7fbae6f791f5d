package dev.plimsoll.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BaselineTest {
    private static Finding finding(String service, int line, String message) {
        return new Finding("MEM001", Severity.HIGH, Confidence.CERTAIN, Optional.of(service),
                Location.ofLine("compose.yml", line), message, "mend it");
    }

    private static AuditResult result(Finding... findings) {
        return new AuditResult(List.of(), List.of(findings), List.of(), List.of());
    }

    private static Baseline written(Baseline baseline) {
        return Baseline.parse("b.json", JsonMapper.shared().writeValueAsString(baseline.document()));
    }

    @Test
    void survivesWritingAndReading() {
        var baseline = Baseline.of(result(finding("api", 3, "needs 512 MB"), finding("db", 9, "too \"large\"")));
        assertThat(written(baseline)).isEqualTo(baseline);
    }

    @Test
    void hidesWhatItRecordedAfterLinesAndFiguresMoved() {
        var baseline = written(Baseline.of(result(finding("api", 3, "needs 512 MB of 4 GB"))));
        var later = baseline.applyTo(result(finding("api", 30, "needs 1.5 GB of 8 GB")), "b.json");
        assertThat(later.findings()).isEmpty();
        assertThat(later.suppressed()).singleElement().satisfies(suppressed -> {
            assertThat(suppressed.by()).isEqualTo(Suppressed.By.BASELINE);
            assertThat(suppressed.reason()).isEqualTo("recorded in b.json");
        });
    }

    @Test
    void leavesWhatIsNew() {
        var baseline = Baseline.of(result(finding("api", 3, "needs 512 MB")));
        assertThat(baseline.applyTo(result(finding("db", 3, "needs 512 MB")), "b").findings()).hasSize(1);
        assertThat(baseline.applyTo(result(finding("api", 3, "leaks 512 MB")), "b").findings()).hasSize(1);
    }

    @Test
    void hidesNoMoreThanItCounted() {
        var baseline = Baseline.of(result(finding("api", 3, "needs 512 MB")));
        var two = result(finding("api", 3, "needs 512 MB"), finding("api", 7, "needs 256 MB"));
        assertThat(baseline.applyTo(two, "b").findings()).hasSize(1);
    }

    @Test
    void numbersInNamesAreNoFigures() {
        assertThat(Fingerprint.of(finding("api", 1, "redis-7 and worker2 need 3 of 512MB, port 8080, 1.5GB or 20 %"))
                .message()).isEqualTo("redis-# and worker2 need # of #, port #, # or # %");
    }

    @Test
    void saysWhatIsWrongWithTheFile() {
        assertThatThrownBy(() -> Baseline.parse("b.json", "{\n\"version\": 1,,\n}")).isInstanceOf(InputException.class)
                .hasMessage("b.json: the baseline is not JSON (line 2). "
                        + "Name a file that --write-baseline wrote, or record a new one with it.");
        for (var text : List.of("", "[".repeat(5000), "[]", "{}", "{\"version\": 2, \"findings\": []}",
                "{\"version\": 1}",
                "{\"version\": \"x\", \"findings\": []}", "{\"version\": 1, \"findings\": [{\"rule\": 3}]}",
                "{\"version\": 1, \"findings\": [null]}")) {
            assertThatThrownBy(() -> Baseline.parse("b.json", text)).as(text).isInstanceOf(InputException.class);
        }
    }
}
