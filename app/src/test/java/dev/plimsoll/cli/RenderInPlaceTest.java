package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The user's own Compose files, changed because the user asked for it, and brought back.
class RenderInPlaceTest extends RenderedProject {
    @Test
    void changesFilesInPlaceOnRequestAndKeepsEveryOtherByte() throws IOException {
        assertThat(render("--in-place").code()).isZero();
        assertThat(read("compose.yml"))
                .startsWith("# the shop\nservices:\n  db:\n    image: postgres:17   # the database\n")
                .contains("ports:\n      - \"127.0.0.1:5432:5432\"");
        assertThat(read("compose.yml.before-plimsoll")).isEqualTo(COMPOSE);
    }

    @Test
    void theFirstChangeInPlaceCanBeTakenBackByItself() throws IOException {
        assertThat(render("--in-place").code()).isZero();
        assertThat(read("compose.yml")).isNotEqualTo(COMPOSE);
        var back = render("--rollback");
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(read("compose.yml")).isEqualTo(COMPOSE);
    }

    @Test
    void showsHowFilesWouldChangeInPlaceAndLeavesThemAlone() throws IOException {
        var before = Files.readString(directory.resolve("compose.yml"));
        var diff = render("--in-place", "--diff");
        assertThat(diff.code()).as(diff.err()).isZero();
        assertThat(diff.out()).contains("--- a/compose.yml", "+++ b/compose.yml", "+++ b/compose.plimsoll.yml");
        assertThat(directory.resolve("compose.yml")).hasContent(before);
        assertThat(render("--in-place").code()).isZero();
        assertThat(render("--in-place", "--diff").out()).isEqualTo("Nothing would change.\n");
    }

    @Test
    void saysHowToStartFilesThatItChangedInPlace() throws IOException {
        assertThat(render("--in-place").out()).contains("\n  docker compose --env-file plimsoll/.env up -d\n");
        Files.writeString(directory.resolve(".env"), "SHOP_DB_PASSWORD=mine\n");
        assertThat(Run.of("render", "-f", directory.resolve("compose.yml"), "--in-place").out())
                .contains("\n  docker compose --env-file .env --env-file plimsoll/.env -f compose.yml up -d\n");
        assertThat(render().out()).doesNotContain("--env-file");
    }

    @Test
    void bringsFilesBackThatItChangedInPlace() throws IOException {
        render("--memory", "4GB", "--in-place");
        var small = read("compose.yml");
        render("--memory", "8GB", "--in-place");
        var large = read("compose.yml");
        assertThat(large).isNotEqualTo(small);

        assertThat(render("--rollback").out()).contains("  compose.yml\n");
        assertThat(read("compose.yml")).isEqualTo(small);
        render("--rollback");
        assertThat(read("compose.yml")).isEqualTo(large);
        assertThat(render("--memory", "8GB", "--in-place").out()).contains("is up to date");
    }

    @Test
    void theFirstChangeInPlaceCanBeTakenBackWithTheRendering() throws IOException {
        render("--memory", "4GB");
        render("--memory", "8GB");
        render("--memory", "8GB", "--in-place");
        assertThat(render("--rollback").code()).isZero();
        assertThat(read("compose.yml")).isEqualTo(COMPOSE);
    }

    @Test
    void bringsFilesBackThatTheRenderingBeforeDidNotChange() throws IOException {
        render("--memory", "4GB");
        render("--memory", "8GB", "--in-place");
        var large = read("compose.yml");

        render("--rollback");
        assertThat(read("compose.yml")).isEqualTo(COMPOSE);
        render("--rollback");
        assertThat(read("compose.yml")).isEqualTo(large);
    }

    @Test
    void doesNotRollBackHalfOfAStack() throws IOException {
        render("--memory", "4GB", "--in-place");
        render("--memory", "8GB", "--in-place");
        var before = rendered();
        Trees.delete(directory.resolve("plimsoll/.plimsoll/previous-in-place"));
        var unkept = render("--rollback");
        assertThat(unkept.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(unkept.err()).contains("compose.yml: this file was changed in place, and what it was",
                "compose.yml.before-plimsoll");

        Files.writeString(directory.resolve("compose.yml"), read("compose.yml") + "# mine\n");
        assertThat(render("--rollback").err()).contains("edited since it was rendered in place");
        assertThat(rendered()).isEqualTo(before);
        assertThat(read("compose.yml")).endsWith("# mine\n");
    }

    @Test
    void refusesToLoseAnEditOfAFileThatItChangedInPlace() throws IOException {
        assertThat(render("--in-place").code()).isZero();
        var file = directory.resolve("compose.yml");
        Files.writeString(file, read("compose.yml") + "# mine\n");
        for (var options : List.of(List.of("--in-place"), List.<String>of())) {
            var run = render(options.toArray());
            assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(run.err()).contains("edited since it was rendered in place", "compose.yml.before-plimsoll");
        }
        Files.delete(directory.resolve("compose.yml.before-plimsoll"));
        assertThat(render("--in-place").code()).isZero();
        assertThat(read("compose.yml")).contains("# mine");
    }

    @Test
    void takesAFileThatWasPutBackWithAChange() throws IOException {
        assertThat(render("--in-place").code()).isZero();
        var kept = directory.resolve("compose.yml.before-plimsoll");
        Files.writeString(kept, COMPOSE + "  cache: {image: 'redis:8'}\n");
        Files.copy(kept, directory.resolve("compose.yml"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(render("--in-place").code()).isZero();
        assertThat(read("compose.yml")).contains("cache:", "plimsoll/cache/");
    }

    /// Version control has the changed file and the kept one, and not what the one became.
    @Test
    void refusesToTakeWhatItWroteInPlaceForTheUsersWish() throws IOException {
        Files.writeString(directory.resolve("compose.yml"), COMPOSE + "  cache: {image: 'redis:8'}\n");
        assertThat(render("--in-place").code()).isZero();
        var before = rendered();
        Trees.delete(directory.resolve("plimsoll/.plimsoll"));
        for (var options : List.of(List.of("--in-place"), List.<String>of())) {
            var run = render(options.toArray());
            assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(run.err()).contains("compose.yml: this file was rendered in place", "Copy ",
                    "compose.yml.before-plimsoll over it");
        }
        assertThat(rendered()).isEqualTo(before);
        Files.copy(directory.resolve("compose.yml.before-plimsoll"), directory.resolve("compose.yml"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(render("--in-place").code()).isZero();
        assertThat(rendered()).isEqualTo(before);
    }

    /// A directory in the way of its temporary file keeps the Compose file from being replaced.
    @Test
    void aChangeInPlaceThatWasCutOffIsFinished() throws IOException {
        assertThat(render("--in-place", "--memory", "4GB").code()).isZero();
        var inTheWay = directory.resolve(".compose.yml." + ProcessHandle.current().pid() + ".tmp");
        Files.createDirectories(inTheWay.resolve("x"));
        assertThat(render("--in-place", "--memory", "2GB").code()).isEqualTo(ExitCode.BAD_INPUT);
        Trees.delete(inTheWay);
        assertThat(render("--in-place", "--memory", "2GB").err()).isEmpty();
        assertThat(render("--in-place", "--memory", "2GB").out()).contains(" is up to date.");
    }

    /// Without its lock, as after careless cleaning.
    @Test
    void aRollbackBringsTheComposeFileBackToo() throws IOException {
        render("--in-place", "--memory", "4GB");
        var before = read("compose.yml");
        render("--in-place", "--memory", "2GB");
        Files.delete(directory.resolve("plimsoll/plimsoll.lock.yml"));
        assertThat(render("--rollback").code()).isZero();
        assertThat(read("compose.yml")).isEqualTo(before);
    }

    @Test
    void nothingIsChangedInPlaceUnlessAllCanBeKept() throws IOException {
        Files.writeString(directory.resolve("more.yml"), "services:\n  cache: {image: 'redis:8'}\n");
        Files.createDirectories(directory.resolve("more.yml.before-plimsoll/x"));
        var run = Run.of("render", "--in-place", "--out", directory.resolve("plimsoll"), directory.resolve(
                "compose.yml"), directory.resolve("more.yml"));
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(read("compose.yml")).isEqualTo(COMPOSE);
    }

    @Test
    void whatWasTakenBackIsTheUsersOwnAgain() throws IOException {
        render("--in-place");
        render("--rollback");
        assertThat(read("compose.yml")).isEqualTo(COMPOSE);
        var edited = COMPOSE + "  cache: {image: 'redis:8'}\n";
        Files.writeString(directory.resolve("compose.yml"), edited);
        assertThat(render().code()).isZero();
        assertThat(render("--in-place").code()).isZero();
        assertThat(read("compose.yml.before-plimsoll")).isEqualTo(edited);
        assertThat(read("compose.yml")).contains("plimsoll/cache/");
    }

    @Test
    void aFileThatWasRenamedIsTakenAsItIs() throws IOException {
        render("--in-place");
        Files.move(directory.resolve("compose.yml"), directory.resolve("docker-compose.yml"));
        assertThat(render().code()).isZero();
    }

    @Test
    void aRollbackDoesNotMixTheFilesOfTwoRenderings() throws IOException {
        render("--in-place", "--memory", "4GB");
        render("--in-place", "--memory", "2GB");
        var compose = read("compose.yml");
        var before = rendered();
        Files.writeString(directory.resolve("plimsoll/.plimsoll/previous-in-place/.rendering"), "another");
        assertThat(render("--rollback").err()).contains("with the earlier rendering was not kept");
        assertThat(read("compose.yml")).isEqualTo(compose);
        assertThat(rendered()).isEqualTo(before);
    }
}
