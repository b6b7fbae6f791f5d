package dev.plimsoll.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.verify.Check.Verdict;
import org.junit.jupiter.api.Test;

class RisksTest {
    private static final String BACKUP = "a backup is recent";
    private static final String SINGLE = "its only container stays up";

    private static Check check(RunningStack stack, String service, String what) {
        return stack.verified("risks").results().getFirst().checks().stream().filter(check -> check.service().filter(
                service::equals).isPresent() && check.what().equals(what)).findFirst().orElseThrow();
    }

    @Test
    void withoutAnArchiveTheAgeOfABackupIsNotKnownAndTheRemedyIsToMakeOne() {
        var check = check(RunningStack.healthy().with("db", "postgres.setting.archive_mode", "off"), "db", BACKUP);
        assertThat(check.verdict()).isEqualTo(Verdict.NOT_RUN);
        assertThat(check.found()).startsWith("its write-ahead log is not archived");
        assertThat(check.remedy()).contains("archive_mode", "try to restore");
    }

    @Test
    void anArchiveTellsHowMuchARestoreWouldLose() {
        var archiving = RunningStack.healthy().with("db", "postgres.setting.archive_mode", "on").with("db",
                "postgres.archive.last_success", "1800");
        assertThat(check(archiving, "db", BACKUP)).satisfies(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(check.found()).isEqualTo("probability 0.00, impact 1.00, risk 0.00: the last segment of its "
                    + "write-ahead log was archived 0.5 h ago");
        });
        assertThat(check(archiving.with("db", "postgres.archive.last_success", "172800"), "db", BACKUP).verdict())
                .as("a server at rest has nothing to archive").isEqualTo(Verdict.ADVICE);
    }

    @Test
    void anArchiveWithoutASegmentSaysNothingYet() {
        var check = check(RunningStack.healthy().with("db", "postgres.setting.archive_mode", "on").with("db",
                "postgres.archive.last_success", "-1"), "db", BACKUP);
        assertThat(check.verdict()).isEqualTo(Verdict.NOT_RUN);
        assertThat(check.found()).isEqualTo("archive_mode is on, and no segment was archived yet");
    }

    @Test
    void aSingleContainerThatStaysUpIsNoFinding() {
        assertThat(check(RunningStack.healthy(), "db", SINGLE)).satisfies(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(check.found()).isEqualTo("probability 0.00, impact 0.43, risk 0.00: 0 restarts, 0 kills, up for "
                    + "0.1 days; 2 of 6 other services need it");
        });
    }

    @Test
    void aSingleContainerThatEndsOftenIsAdvised() {
        var check = check(RunningStack.healthy().with("db", "container.restarts", "2"), "db", SINGLE);
        assertThat(check.verdict()).isEqualTo(Verdict.ADVICE);
        assertThat(check.found()).startsWith("probability 0.96, impact 0.43, risk 0.41: 2 restarts");
    }

    @Test
    void oldFailuresLoseTheirWeight() {
        assertThat(check(RunningStack.healthy().with("db", "container.restarts", "2").with("db", "container.age",
                "2592000"), "db", SINGLE).found()).startsWith("probability 0.06");
    }
}
