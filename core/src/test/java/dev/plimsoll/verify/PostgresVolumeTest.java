package dev.plimsoll.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.verify.Check.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PostgresVolumeTest {
    private static final String DATA = "/var/lib/postgresql/data";
    private static final String SETTINGS = "its volume keeps no settings of its own";
    private static final String SCRIPT = "has what the rendered init script gives";

    private static RunningStack keeping(String name, String value) {
        return RunningStack.healthy().with("db", "postgres.setting.data_directory", DATA).with("db", "postgres.setting."
                + name, value).with("db", "postgres.source." + name, "configuration file " + DATA
                        + "/postgresql.conf:700");
    }

    private static Optional<Check> check(RunningStack stack, String what) {
        return stack.verified("database").results().getFirst().checks().stream().filter(check -> check.what().equals(
                what)).findFirst();
    }

    @Test
    void aSettingThatTheVolumeWasInitialisedWithIsAdvised() {
        var check = check(keeping("effective_io_concurrency", "200"), SETTINGS).orElseThrow();
        assertThat(check.verdict()).isEqualTo(Verdict.ADVICE);
        assertThat(check.found()).isEqualTo("effective_io_concurrency = 200");
    }

    @Test
    void whatInitdbWritesByItselfIsNoFinding() {
        assertThat(check(keeping("max_wal_size", "1024"), SETTINGS)).isEmpty();
        assertThat(check(keeping("TimeZone", "Etc/UTC"), SETTINGS)).isEmpty();
        assertThat(check(keeping("listen_addresses", "*"), SETTINGS)).isEmpty();
    }

    @Test
    void moreThanInitdbWritesIsSomebodysChoice() {
        assertThat(check(keeping("max_wal_size", "8192").with("db", "postgres.unit.max_wal_size", "MB"), SETTINGS))
                .hasValueSatisfying(check -> assertThat(check.found()).isEqualTo("max_wal_size = 8192 MB"));
    }

    @Test
    void aPlannedSettingIsComparedElsewhere() {
        assertThat(check(keeping("work_mem", "4096"), SETTINGS)).isEmpty();
    }

    @Test
    void aVolumeOlderThanTheInitScriptIsAdvised() {
        var stack = RunningStack.healthy().with("db", "postgres.initialised.roles", "0").with("db",
                "postgres.initialised.functions", "0");
        assertThat(check(stack, SCRIPT)).hasValueSatisfying(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.ADVICE);
            assertThat(check.found()).isEqualTo("no role plimsoll_monitor, 0 of 6 functions");
        });
        assertThat(check(stack.with("db", "postgres.initialised.roles", "1").with("db",
                "postgres.initialised.functions", "6"), SCRIPT)).hasValueSatisfying(check -> assertThat(check.verdict())
                        .isEqualTo(Verdict.PASSED));
    }

    @Test
    void theScriptHasAsManyFunctionsAsAreAskedFor() throws IOException {
        try (var script = Objects.requireNonNull(getClass().getResourceAsStream("/render/10-plimsoll.sql"))) {
            assertThat(new String(script.readAllBytes(), StandardCharsets.UTF_8).split("FUNCTION plimsoll\\.get"))
                    .hasSize(PostgresVolume.FUNCTIONS + 1);
        }
    }
}
