package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.audit.AuditResult;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
    @Test
    void usersTextIsNoMarkup() {
        assertThat(MarkdownReport.of(Samples.rich())).contains("25 \\| &lt;pool> &#64;team: `a*b`");
    }

    @Test
    void staysBelowTheSizeOfAComment() {
        var rich = Samples.rich();
        var one = rich.result().findings().getFirst();
        var many = new AuditResult(Samples.RULES, Collections.nCopies(1000, one), List.of(), List.of());
        var report = MarkdownReport
                .of(new Audited(rich.version(), rich.directory(), rich.stack(), rich.host(), many));
        assertThat(report.length()).isLessThan(61_000);
        assertThat(report).contains(" more, for which there is no room here.");
    }
}
