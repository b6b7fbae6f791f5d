package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.run.Exclusive;
import dev.plimsoll.store.RenderedDirectory;
import dev.plimsoll.store.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderCommandTest extends RenderedProject {
    @Test
    void leavesTheUsersFilesAlone() throws IOException {
        assertThat(render().code()).isZero();
        assertThat(read("compose.yml")).isEqualTo(COMPOSE);
        assertThat(rendered()).containsKeys("plimsoll/compose.plimsoll.yml", "plimsoll/plimsoll.lock.yml",
                "plimsoll/SECURITY.md", "plimsoll/.env", "plimsoll/.env.example", "plimsoll/.gitignore");
    }

    @Test
    void theCommandForComposeNamesWhatTheRenderingWasMadeWith() throws IOException {
        render("--profile", "full", "--profile", "*", "-p", "store");
        assertThat(read("plimsoll/compose.plimsoll.yml"))
                .contains("docker compose -p store --profile '*' --profile full "
                        + "--env-file plimsoll/.env -f compose.yml -f plimsoll/compose.plimsoll.yml up -d\n");
    }

    /// The first one may mount files from there.
    @Test
    void refusesToRenderAnotherStackOverAnEarlierOne() throws IOException {
        render();
        var other = directory.resolve("other.yml");
        Files.writeString(other, COMPOSE);
        var before = rendered();
        var refused = Run.of("render", other);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("the rendering of compose.yml, of which no file is named now")
                .contains("--out");
        assertThat(rendered()).isEqualTo(before);
        assertThat(Run.of("render", directory.resolve("compose.yml"), other).code()).isZero();
        assertThat(Run.of("render", other).code()).as("one of its files").isZero();
        assertThat(Run.of("render", directory.resolve("compose.yml"), "--force").code()).isZero();
        Files.move(directory.resolve("compose.yml"), directory.resolve("renamed.yml"));
        assertThat(Run.of("render", directory.resolve("renamed.yml")).code()).isZero();
    }

    @Test
    void givesTheSameBytesTwice() throws IOException {
        render();
        var before = rendered();
        assertThat(render().out()).contains("is up to date");
        assertThat(rendered()).isEqualTo(before);
    }

    @Test
    void drawsSecretsOf256BitsThatOnlyTheOwnerReads() throws IOException {
        render();
        assertThat(read("plimsoll/.env")).containsPattern("(?m)^SHOP_DB_PASSWORD=[0-9a-f]{64}$")
                .containsPattern("(?m)^STRIPE_SECRET_KEY=$");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("plimsoll/.env"))))
                .isEqualTo("rw-------");
        assertThat(read("plimsoll/.env.example")).contains("SHOP_DB_PASSWORD=\n").contains("compose.yml:6");
    }

    @Test
    void exampleNamesVariablesThatMayStayAndNoValueThatIsSet() throws IOException {
        Files.writeString(directory.resolve("compose.yml"), """
                services:
                  api:
                    image: example/web:${TAG:-1.2}
                    environment: {KEY: "${KEY}", ADMIN_PASSWORD: "${ADMIN_PASSWORD:-admin}", MODE: "${MODE:-}"}
                """);
        Files.writeString(directory.resolve(".env"), "KEY=only for me\n");
        render();
        assertThat(read("plimsoll/.env.example")).contains("; this is its default\n# TAG=1.2\n", "; set it\n# KEY=\n",
                "so set your own\n# ADMIN_PASSWORD=admin\n", "; may be empty\n# MODE=\n").doesNotContain("only for me");
    }

    @Test
    void neverOverwritesAnEnvFile() throws IOException {
        Files.createDirectories(directory.resolve("plimsoll"));
        Files.writeString(directory.resolve("plimsoll/.env"), "# mine\nSHOP_DB_PASSWORD='kept # as it is'");
        render();
        assertThat(read("plimsoll/.env")).startsWith("# mine\nSHOP_DB_PASSWORD='kept # as it is'\n")
                .endsWith("STRIPE_SECRET_KEY=\n");
    }

    @Test
    void keepsTheRenderingBeforeAndBringsItBack() throws IOException {
        render("--memory", "4GB");
        var small = rendered();
        render("--memory", "8GB");
        var large = rendered();
        assertThat(large).isNotEqualTo(small);

        assertThat(render("--rollback").code()).isZero();
        assertThat(rendered()).isEqualTo(small);
        render("--rollback");
        assertThat(rendered()).isEqualTo(large);
    }

    @Test
    void removesWhatIsNoLongerRendered() throws IOException {
        render();
        Files.writeString(directory.resolve("compose.yml"), "services: {api: {image: example/web:1}}");
        render();
        assertThat(rendered()).doesNotContainKey("plimsoll/.env.example").containsKey("plimsoll/.env");
    }

    @Test
    void doesNotOverwriteWhatWasEditedByHand() throws IOException {
        render();
        var file = directory.resolve("plimsoll/compose.plimsoll.yml");
        Files.writeString(file, "# mine\n" + Files.readString(file));

        var refused = render("--memory", "8GB");
        assertThat(refused.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refused.err()).contains("compose.plimsoll.yml: this file was edited since it was rendered");
        assertThat(Files.readString(file)).startsWith("# mine");

        assertThat(render("--memory", "8GB", "--force").code()).isZero();
        assertThat(Files.readString(file)).doesNotContain("# mine");
    }

    @Test
    void doesNotOverwriteWhatItNeverWrote() throws IOException {
        Files.createDirectories(directory.resolve("plimsoll"));
        Files.writeString(directory.resolve("plimsoll/SECURITY.md"), "mine\n");
        var refused = render();
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("SECURITY.md", "not of an earlier rendering", "--force");
        assertThat(rendered()).containsOnlyKeys("plimsoll/SECURITY.md");
        assertThat(read("plimsoll/SECURITY.md")).isEqualTo("mine\n");
        assertThat(render("--force").code()).isZero();
        assertThat(read("plimsoll/SECURITY.md")).isNotEqualTo("mine\n");
    }

    @Test
    void aDamagedLockIsSetAsideOnRequest() throws IOException {
        render();
        Files.writeString(directory.resolve("plimsoll/plimsoll.lock.yml"), "garbage");
        var refused = render();
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("plimsoll render --force");
        assertThat(render("--force").code()).isZero();
        assertThat(read("plimsoll/plimsoll.lock.yml.damaged")).isEqualTo("garbage");
        assertThat(render().out()).contains("is up to date");
    }

    @ParameterizedTest
    @CsvSource({"--rollback, --diff", "--rollback, --in-place", "--in-place, --sizes=2GB"})
    void refusesWhatDoesNotGoTogether(String one, String other) throws IOException {
        render();
        render("--memory", "2GB");
        var before = rendered();
        var refused = render(one, other);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("does not go with");
        assertThat(rendered()).isEqualTo(before);
        assertThat(read("compose.yml")).isEqualTo(COMPOSE);
    }

    @Test
    void aSizeWithoutAUnitIsNotTakenForBytes() {
        var refused = render("--memory", "4");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("`4` is not a size with its unit");
    }

    @Test
    void nothingIsWrittenForAServerOnWhichNothingHasAPlace() {
        var refused = render("--memory", "2MB");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("no service has a place");
        assertThat(directory.resolve("plimsoll")).doesNotExist();
    }

    @Test
    void rollsBackAlsoWhereARenderedFileWasRemoved() throws IOException {
        render();
        Files.delete(directory.resolve("plimsoll/SECURITY.md"));
        render("--memory", "2GB");
        assertThat(render("--rollback").code()).isZero();
        assertThat(read("plimsoll/plimsoll.lock.yml")).doesNotContain("memory: 2GB");
    }

    @Test
    void showsTheDifferenceWithoutWriting() throws IOException {
        render("--memory", "4GB");
        var before = rendered();
        var diff = render("--memory", "8GB", "--diff");
        assertThat(diff.out()).contains("--- a/compose.plimsoll.yml", "+++ b/compose.plimsoll.yml")
                .doesNotContainPattern("[0-9a-f]{64}=");
        assertThat(rendered()).isEqualTo(before);
    }

    @Test
    void rendersTheUpgradePathWithSharedSecrets() throws IOException {
        var run = render("--sizes", "2GB,4GB,8GB,16GB");
        assertThat(run.code()).isZero();
        assertThat(run.out().lines().filter(line -> line.matches("\\d+ GB: .*"))).hasSize(4);
        assertThat(run.out()).contains("Each has a directory of its own", directory.resolve("plimsoll/2gb") + ",");
        assertThat(rendered()).containsKeys("plimsoll/2gb/plimsoll.lock.yml", "plimsoll/16gb/compose.plimsoll.yml",
                "plimsoll/.env").doesNotContainKey("plimsoll/2gb/.env");
        assertThat(read("plimsoll/.gitignore").lines()).contains(".env");
        assertThat(render("--sizes", "2GB,4GB", "--diff").out()).contains("--- 2gb/compose.plimsoll.yml",
                "+++ 4gb/compose.plimsoll.yml");
    }

    @Test
    void secretsThatOthersMayReadAreNoticed() throws IOException {
        Files.writeString(directory.resolve("compose.yml"), COMPOSE + "  redis: {image: 'redis:8'}\n");
        render();
        var rendered = new RenderedDirectory(directory.resolve("plimsoll"));
        assertThat(rendered.exposed()).isEmpty();
        Files.setPosixFilePermissions(directory.resolve("plimsoll/.env"), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(rendered.exposed()).containsExactly(".env");
        Files.setPosixFilePermissions(directory.resolve("plimsoll/redis/private"), PosixFilePermissions.fromString(
                "rwxr-xr-x"));
        assertThat(rendered.exposed()).containsExactly(".env", "redis/private");
    }

    @Test
    void whatWasRenderedFromIsKeptToBeComparedLater() throws IOException {
        assertThat(render().code()).isZero();
        var rendered = new RenderedDirectory(directory.resolve("plimsoll"));
        assertThat(rendered.changedSources()).isEmpty();
        Files.writeString(directory.resolve("compose.yml"), COMPOSE + "# one more line\n");
        assertThat(rendered.changedSources()).containsExactly("../compose.yml");
        assertThat(render().code()).isZero();
        assertThat(rendered.changedSources()).isEmpty();
    }

    @Test
    void saysWhatItRemoved() throws IOException {
        Files.writeString(directory.resolve("compose.yml"), COMPOSE + "  cache: {image: 'redis:8'}\n");
        assertThat(render().out()).contains("  .env\n");
        Files.writeString(directory.resolve("compose.yml"), COMPOSE);
        assertThat(render().out()).contains("cache/redis.conf (removed)").doesNotContain("  .env\n");
    }

    @Test
    void saysThatNothingWouldChange() {
        render();
        assertThat(render("--diff").out()).isEqualTo("Nothing would change.\n");
        assertThat(render("--rollback", "--memory", "4GB").err()).contains("does not go with --memory");
    }

    @Test
    void aRenderingThatWasCutOffIsFinished() throws IOException {
        render("--memory", "4GB");
        var before = rendered();
        cutOff("--memory", "2GB");
        assertThat(render("--memory", "2GB").code()).isZero();
        var finished = rendered();
        render("--rollback");
        assertThat(rendered()).containsAllEntriesOf(without(before, "plimsoll/db/postgresql.conf"));
        render("--rollback");
        assertThat(rendered()).isEqualTo(finished);
    }

    @Test
    void aRenderingThatWasCutOffIsTakenBack() throws IOException {
        render("--memory", "4GB");
        var before = rendered();
        cutOff("--memory", "2GB");
        assertThat(render("--rollback").code()).isZero();
        assertThat(rendered()).isEqualTo(without(before, "plimsoll/db/postgresql.conf"));
        assertThat(render("--memory", "4GB").code()).isZero();
        assertThat(rendered()).isEqualTo(before);
    }

    /// A directory in the way of one file ends the writing in the middle.
    private void cutOff(Object... options) throws IOException {
        var inTheWay = directory.resolve("plimsoll/db/postgresql.conf");
        Files.delete(inTheWay);
        Files.createDirectories(inTheWay.resolve("x"));
        assertThat(render(options).code()).isEqualTo(ExitCode.BAD_INPUT);
        Trees.delete(inTheWay);
    }

    private static Map<String, String> without(Map<String, String> files, String path) {
        var others = new TreeMap<>(files);
        others.remove(path);
        return others;
    }

    @Test
    void anEmptySecretGetsAValueAndKeepsIt() throws IOException {
        render();
        var env = read("plimsoll/.env");
        Files.writeString(directory.resolve("plimsoll/.env"), env.replaceAll("SHOP_DB_PASSWORD=.*",
                "SHOP_DB_PASSWORD=") + "MINE=1\n");
        render();
        var drawn = read("plimsoll/.env");
        assertThat(drawn).containsOnlyOnce("SHOP_DB_PASSWORD=").containsPattern("(?m)^SHOP_DB_PASSWORD=[0-9a-f]{64}$")
                .contains("MINE=1\n");
        render();
        assertThat(read("plimsoll/.env")).isEqualTo(drawn);
    }

    @Test
    void aFileThatIsNotUtf8IsNamed() throws IOException {
        var latin = COMPOSE.replace("the database", "die Datenb\u00e4nke").getBytes(StandardCharsets.ISO_8859_1);
        Files.write(directory.resolve("compose.yml"), latin);
        assertThat(render().err()).contains("compose.yml: the file is not valid UTF-8");
        assertThat(directory.resolve("plimsoll/compose.plimsoll.yml")).doesNotExist();
        writeProject();
        render();
        Files.write(directory.resolve("plimsoll/.env"), new byte[]{'X', '=', (byte) 0xe9, '\n'});
        assertThat(render().err()).contains("plimsoll/.env: the file is not valid UTF-8");
    }

    @Test
    void twoDoNotRenderAtOnce() {
        render();
        try (var _ = Exclusive.toRender(directory.resolve("plimsoll/.plimsoll"))) {
            var run = render("--memory", "2GB");
            assertThat(run.code()).isEqualTo(ExitCode.MISSING);
            assertThat(run.err()).contains("is being rendered by another `plimsoll`");
        }
        assertThat(render("--memory", "2GB").out()).contains("Wrote ");
    }

    @Test
    void namesWhatCannotBeWritten() throws IOException {
        Files.writeString(directory.resolve("plimsoll"), "a file in the way");
        var run = render();
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("the directory cannot be written").doesNotContain("Exception:");
    }
}
