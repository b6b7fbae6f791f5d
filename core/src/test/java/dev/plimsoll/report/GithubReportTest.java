package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GithubReportTest {
    private final String report = GithubReport.of(Samples.rich());

    @Test
    void eachFindingIsOneLine() {
        assertThat(report.lines().filter(line -> line.startsWith("::"))).hasSize(4);
    }

    @Test
    void levelsFollowSeverities() {
        assertThat(report.lines().filter(line -> line.startsWith("::error "))).hasSize(2);
        assertThat(report.lines().filter(line -> line.startsWith("::warning "))).hasSize(1);
        assertThat(report.lines().filter(line -> line.startsWith("::notice "))).hasSize(1);
    }

    @Test
    void pathsStartWhereTheCommandRan() {
        assertThat(report).contains("file=deploy/shop/compose.yml,line=10,");
    }

    @Test
    void propertiesAndMessagesAreEscaped() {
        assertThat(report).contains("file=deploy/shop/conf/redis 1%2C2.conf").contains("100 %25 of 100")
                .contains("<pool>%0A@team");
    }

    @Test
    void findingsAboutAFileStandAtItsFirstLine() {
        assertThat(report).contains("::notice file=deploy/shop/compose.yml,line=1,title=MEM001 missing-memory-limit::");
    }
}
