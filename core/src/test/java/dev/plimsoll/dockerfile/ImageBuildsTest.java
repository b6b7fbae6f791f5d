package dev.plimsoll.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.BuiltImage;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is read from the Dockerfile of a service that is built here.
class ImageBuildsTest {
    private static Stack stack(String build, String... files) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("compose.yml", "services:\n  it:\n    build: " + build + "\n");
        for (var at = 0; at < files.length; at += 2) {
            texts.put(files[at], files[at + 1]);
        }
        return ComposeLoader.load(ProjectFiles.of(texts), ComposeLoader.Request.of("compose.yml"));
    }

    private static Service service(String build, String... files) {
        return stack(build, files).services().firstEntry().getValue();
    }

    private static BuiltImage image(String dockerfile) {
        return service(".", "Dockerfile", dockerfile).built().orElseThrow();
    }

    private static Optional<String> base(String dockerfile) {
        return image(dockerfile).base().map(Located::value);
    }

    private static List<String> texts(Optional<List<Located<String>>> words) {
        return words.orElseThrow().stream().map(Located::value).toList();
    }

    private static Optional<String> variable(String dockerfile, String name) {
        return Optional.ofNullable(image(dockerfile).environment().get(name)).map(Located::value);
    }

    @Test
    void theLastStageIsTheImage() {
        assertThat(base("""
                FROM node:22 AS build
                RUN npm ci
                FROM nginx:1.27
                COPY --from=build /app /usr/share/nginx/html
                """)).contains("nginx:1.27");
    }

    @Test
    void aTargetNamesAnotherStage() {
        var dockerfile = """
                FROM python:3.12 AS base
                FROM base AS Dev
                CMD ["flask", "run"]
                FROM base AS production
                CMD ["gunicorn", "a:b"]
                """;
        assertThat(texts(service("{context: ., target: dev}", "Dockerfile", dockerfile).built().orElseThrow()
                .command())).containsExactly("flask", "run");
        assertThat(texts(service("{context: ., target: '2'}", "Dockerfile", dockerfile).built().orElseThrow()
                .command())).containsExactly("gunicorn", "a:b");
        assertThat(service("{context: ., target: none}", "Dockerfile", dockerfile).built()).isEmpty();
    }

    @Test
    void aStageInheritsWhatTheOneItIsMadeFromSays() {
        var image = image("""
                FROM python:3.12-slim AS base
                ENV WEB_CONCURRENCY=4
                WORKDIR /app
                CMD ["gunicorn", "a:b"]
                FROM base
                RUN true
                """);
        assertThat(image.base().map(Located::value)).contains("python:3.12-slim");
        assertThat(image.environment()).containsKey("WEB_CONCURRENCY");
        assertThat(image.workingDirectory()).contains("/app");
        assertThat(texts(image.command())).containsExactly("gunicorn", "a:b");
    }

    @Test
    void argumentsOfTheBuildChooseTheBase() {
        var dockerfile = "ARG VERSION=15\nFROM --platform=$BUILDPLATFORM postgres:${VERSION}-alpine\n";
        assertThat(base(dockerfile)).contains("postgres:15-alpine");
        assertThat(service("{context: ., args: {VERSION: 17}}", "Dockerfile", dockerfile).built().flatMap(
                BuiltImage::base).map(Located::value)).contains("postgres:17-alpine");
        assertThat(base("ARG VERSION\nFROM postgres:$VERSION\n")).isEmpty();
        assertThat(base("ARG A=1\nARG B=${A}6\nFROM postgres:${B}\n")).contains("postgres:16");
    }

    @Test
    void anArgumentBeforeTheFirstStageIsSeenInsideOnlyWhereItIsNamedAgain() {
        var dockerfile = "ARG A=1\nFROM a\n%sENV B=$A\n";
        assertThat(variable(dockerfile.formatted(""), "B")).isEmpty();
        assertThat(variable(dockerfile.formatted("ARG A\n"), "B")).contains("1");
        assertThat(variable(dockerfile.formatted("ARG A=2\n"), "B")).contains("2");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', value = {"A=1 B=2;1", "A='x y';x y", "A=\"x $B.\";x .",
            "A=x\\ y C=3;x y", "A x y z;x y z", "A=${N:-4};4", "A=${N:-${M:-5}};5", "A=${N:+6};``", "A='$N';$N",
            "A=\\$N;$N", "A=a$;a$"})
    void variablesAreReadAsBuildKitReadsThem(String text, String value) {
        assertThat(variable("FROM a\nENV B=\nENV " + text + "\n", "A")).contains(value);
    }

    @ParameterizedTest
    @CsvSource({"A=$PATH:/b", "A=${N#x}", "A=${N", "A=x$N"})
    void whatIsNotKnownIsNoVariable(String text) {
        assertThat(variable("FROM a\nENV " + text + "\n", "A")).isEmpty();
    }

    @Test
    void theOldValueCountsWithinALine() {
        assertThat(variable("FROM a\nENV A=1\nENV A=2 B=$A\n", "B")).contains("1");
    }

    @Test
    void linesGoOnBehindABackslashAndPastComments() {
        var image = image("""
                # syntax=docker/dockerfile:1
                FROM a
                ENV A=1 \\
                    # not this: B=2 \\

                    C=3
                CMD ["x", \\
                     "y"]
                """);
        assertThat(image.environment()).containsOnlyKeys("A", "C");
        assertThat(texts(image.command())).containsExactly("x", "y");
    }

    @Test
    void aDirectiveChangesTheBackslash() {
        assertThat(variable("# escape=`\nFROM a\nENV A=C:\\\\x `\n  B=`$N\n", "A")).contains("C:\\\\x");
        assertThat(variable("# escape=`\nFROM a\nENV A=1 `\n  B=`$N\n", "B")).contains("$N");
    }

    @Test
    void heredocsAreNoInstructions() {
        assertThat(base("FROM a\nRUN <<EOF\nFROM b\nEOF\nCOPY <<-'X' /x\n\tFROM c\n\tX\nENV A=1\n")).contains("a");
        assertThat(variable("FROM a\nRUN <<EOF\nENV A=2\nEOF\nENV B=1\n", "A")).isEmpty();
    }

    @Test
    void aTextIsForAShellAndAListForNone() {
        assertThat(texts(image("FROM a\nCMD gunicorn -w 4 a:b\n").command())).containsExactly("/bin/sh", "-c",
                "gunicorn -w 4 a:b");
        assertThat(texts(image("FROM a\nSHELL [\"bash\", \"-ec\"]\nCMD a\n").command())).containsExactly("bash",
                "-ec", "a");
        assertThat(texts(image("FROM a\nCMD ['no', 'json']\n").command())).containsExactly("/bin/sh", "-c",
                "['no', 'json']");
    }

    @Test
    void anEntrypointDoesAwayWithTheCommandBeforeIt() {
        assertThat(texts(image("FROM a AS b\nCMD [\"x\"]\nFROM b\nENTRYPOINT [\"y\"]\n").command())).isEmpty();
        assertThat(texts(image("FROM a\nCMD [\"x\"]\nENTRYPOINT [\"y\"]\n").command())).containsExactly("x");
    }

    @Test
    void composeStartsAnotherCommandOrEntrypoint() {
        var dockerfile = "FROM a\nENTRYPOINT [\"e\"]\nCMD [\"c\"]\n";
        assertThat(start("", dockerfile)).containsExactly("e", "c");
        assertThat(start("\n    command: x y", dockerfile)).containsExactly("e", "x", "y");
        assertThat(start("\n    entrypoint: z", dockerfile)).containsExactly("z");
        assertThat(start("\n    entrypoint: []", dockerfile)).containsExactly("c");
    }

    private static List<String> start(String body, String dockerfile) {
        return service("." + body, "Dockerfile", dockerfile).start().stream().map(Located::value).toList();
    }

    @Test
    void theEnvironmentOfComposeWins() {
        var service = service(".\n    environment: {A: 2}", "Dockerfile", "FROM a\nENV A=1 B=3\n");
        assertThat(service.variable("A").map(Located::value)).contains("2");
        assertThat(service.variable("B").map(Located::value)).contains("3");
        assertThat(service.variable("B").map(found -> found.where().toString())).contains("Dockerfile:2");
        assertThat(service.writtenEnvironment()).containsOnlyKeys("A");
    }

    @Test
    void healthchecksAreKnown() {
        assertThat(image("FROM a\nHEALTHCHECK --interval=5s CMD curl -f http://localhost/ || exit 1\n").healthcheck()
                .orElseThrow().test()).containsExactly("CMD-SHELL", "curl -f http://localhost/ || exit 1");
        assertThat(image("FROM a\nHEALTHCHECK CMD [\"x\", \"y\"]\n").healthcheck().orElseThrow().test())
                .containsExactly("CMD", "x", "y");
        assertThat(image("FROM a\nHEALTHCHECK NONE\n").healthcheck().orElseThrow().disabled()).isTrue();
    }

    @Test
    void aHealthcheckIsThatOfTheImagesOwnCommand() {
        var dockerfile = "FROM a\nHEALTHCHECK CMD curl -f localhost:8000\nCMD [\"web\"]\n";
        assertThat(service(".", "Dockerfile", dockerfile).knownHealthcheck()).isPresent();
        assertThat(service(".\n    command: worker", "Dockerfile", dockerfile).knownHealthcheck()).isEmpty();
        assertThat(service(".\n    entrypoint: worker", "Dockerfile", dockerfile).knownHealthcheck()).isEmpty();
        assertThat(service(".\n    command: worker\n    healthcheck: {test: [CMD, x]}", "Dockerfile", dockerfile)
                .knownHealthcheck().orElseThrow().test()).containsExactly("CMD", "x");
    }

    @Test
    void copiedFilesAreFoundInTheContext() {
        var stack = stack("{context: app, dockerfile: docker/Dockerfile}", "app/docker/Dockerfile", """
                FROM a
                WORKDIR /srv
                COPY --chown=1:1 conf/a.conf /etc/a.conf
                COPY scripts bin/start.sh ./bin/
                COPY conf/*.d /etc/d/
                COPY --from=other conf/a.conf /etc/other.conf
                ADD . /all
                """, "app/conf/a.conf", "1", "app/scripts/b.sh", "2", "app/bin/start.sh", "3");
        assertThat(at(stack, "/etc/a.conf")).contains("app/conf/a.conf");
        assertThat(at(stack, "/srv/bin/b.sh")).contains("app/scripts/b.sh");
        assertThat(at(stack, "/srv/bin/start.sh")).contains("app/bin/start.sh");
        assertThat(at(stack, "/all/conf/a.conf")).contains("app/conf/a.conf");
        assertThat(at(stack, "/etc/other.conf")).isEmpty();
        assertThat(at(stack, "/etc/d/a.conf")).isEmpty();
    }

    @Test
    void whatIsMountedLiesOverWhatIsCopied() {
        var stack = stack(".\n    volumes: ['./other:/etc/a']", "Dockerfile", "FROM a\nCOPY a.conf /etc/a/a.conf\n",
                "a.conf", "1", "other/a.conf", "2");
        assertThat(at(stack, "/etc/a/a.conf")).contains("other/a.conf");
    }

    private static Optional<String> at(Stack stack, String path) {
        return stack.fileAt(stack.services().firstEntry().getValue(), path).map(Stack.MountedFile::path);
    }

    @Test
    void aDockerfileMayStandInTheComposeFile() {
        var service = service("\n      context: .\n      dockerfile_inline: |\n        FROM redis:7\n        ENV A=1");
        assertThat(service.foundation().orElseThrow().reference()).isEqualTo("redis:7");
        assertThat(service.variable("A").map(found -> found.where().line())).contains(7);
    }

    @Test
    void whatCannotBeReadIsNotKnown() {
        assertThat(service(".").built()).isEmpty();
        assertThat(service("https://example.com/a.git").built()).isEmpty();
        assertThat(service(".", "Dockerfile", "").built()).isEmpty();
        assertThat(base("FROM scratch\n")).isEmpty();
        assertThat(service("{context: ., additional_contexts: {a: ./a}}", "Dockerfile", "FROM a\n").built().flatMap(
                BuiltImage::base)).isEmpty();
    }

    @Test
    void allThatAStageSaysIsInherited() {
        var image = image("""
                FROM a AS b
                ARG W=4
                ENV U=$V
                SHELL ["bash", "-c"]
                COPY x /x
                HEALTHCHECK CMD y
                ENTRYPOINT ["z"]
                FROM b
                ENV X=$W
                CMD c
                """);
        assertThat(image.environment()).hasEntrySatisfying("X", value -> assertThat(value.value()).isEqualTo("4"));
        assertThat(image.sources("/x")).isNotEmpty();
        assertThat(image.healthcheck()).isPresent();
        assertThat(texts(image.entrypoint())).containsExactly("z");
        assertThat(texts(image.command())).containsExactly("bash", "-c", "c");
    }

    @Test
    void anArgumentWithoutAValueIsEmptyUnlessBuildKitGivesOne() {
        assertThat(variable("FROM a\nARG P\nENV A=x${P}y\n", "A")).contains("xy");
        assertThat(variable("FROM a\nARG TARGETARCH\nENV A=$TARGETARCH\n", "A")).isEmpty();
        assertThat(image("FROM a\nENV A=$B C=1\n").unknownVariables()).containsExactly("A");
        assertThat(variable("FROM a\nARG A=1\nENV A=$U\nENV B=$A\n", "B")).isEmpty();
        var given = service("{context: ., args: [A]}", "Dockerfile", "FROM a\nARG A=1\nENV B=$A\n", ".env", "A=7\n");
        assertThat(given.variable("B").map(Located::value)).contains("7");
        assertThat(variable("FROM a\nARG A=1\nENV B=$A\n", "B")).contains("1");
    }

    @Test
    void aValueThatIsGivenBeatsTheDefaultOfAStage() {
        assertThat(service("{context: ., args: {A: 7}}", "Dockerfile", "FROM a\nARG A=1\nENV B=$A\n").variable("B").map(
                Located::value)).contains("7");
    }

    @Test
    void theLastCopyLiesOverTheOthers() {
        var dockerfile = "FROM a\nCOPY one /f\nCOPY two /f\n";
        var stack = stack(".", "Dockerfile", dockerfile, "one", "1", "two", "2");
        assertThat(at(stack, "/f")).contains("two");
        assertThat(image("FROM a\nCOPY one /d/\n").sources("/d")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {"COPY --from=x /e /app/e.sh", "COPY --from=x /app /app",
            "COPY <<EOF /app/e.sh\\nx\\nEOF", "COPY conf/*.sh /app/", "WORKDIR $U/app\\nCOPY . ."})
    void whatComesFromElsewhereHidesWhatLiesBelow(String later) {
        var stack = stack(".", "Dockerfile", "FROM a\nCOPY . /app\n" + later.replace("\\n", "\n") + "\n", "e.sh", "1");
        assertThat(at(stack, "/app/e.sh")).isEmpty();
    }

    @Test
    void aVolumeHidesWhatIsCopiedThere() {
        var stack = stack(".\n    volumes: ['data:/d']\nvolumes: {data: {}}", "Dockerfile", "FROM a\nCOPY f /d/f\n",
                "f",
                "1");
        assertThat(at(stack, "/d/f")).isEmpty();
    }

    @Test
    void composesWorkingDirectoryWins() {
        var dockerfile = "FROM a\nWORKDIR /a\n";
        assertThat(service(".", "Dockerfile", dockerfile).workingDirectory()).isEqualTo("/a");
        assertThat(service(".\n    working_dir: /b", "Dockerfile", dockerfile).workingDirectory()).isEqualTo("/b");
    }

    @Test
    void anEmptyCommandIsTheImages() {
        assertThat(start("\n    command: []", "FROM a\nCMD [\"c\"]\n")).containsExactly("c");
    }

    @Test
    void intervalsAloneKeepTheImagesHealthcheck() {
        assertThat(service(".\n    healthcheck: {interval: 5s}", "Dockerfile", "FROM a\nHEALTHCHECK CMD x\n")
                .knownHealthcheck().orElseThrow().test()).containsExactly("CMD-SHELL", "x");
        assertThat(service(".\n    healthcheck: {disable: true}", "Dockerfile", "FROM a\nHEALTHCHECK CMD x\n")
                .knownHealthcheck().orElseThrow().disabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {"RUN cat <<<word", "RUN python -c 'print(1<<n)'"})
    void aShiftOrAHereStringIsNoHeredoc(String run) {
        assertThat(texts(image("FROM a\n" + run + "\nCMD [\"c\"]\n").command())).containsExactly("c");
    }

    @Test
    void backslashesInQuotesAndAtTheEndAreThemselves() {
        assertThat(variable("FROM a\nENV A=\"x\\y\"\n", "A")).contains("x\\y");
        assertThat(texts(image("FROM a\nENV P=C:\\\\\nCMD [\"c\"]\n").command())).containsExactly("c");
    }

    @Test
    void whatCommandsSpeakOfMayBeHidden() {
        var image = image(
                "FROM a\nRUN sed -i x /etc/a.conf\nRUN <<EOF\necho y > /etc/b.conf\nEOF\nCOPY c.conf /etc/\n");
        assertThat(image.mayHide("/etc/a.conf")).isTrue();
        assertThat(image.mayHide("/etc/b.conf")).isTrue();
        assertThat(image.mayHide("c.conf")).isFalse();
    }

    @Test
    void hostileDockerfilesAreBounded() {
        var doubling = "FROM a\nENV A=xxxxxxxxxxxxxxxx\n" + "ENV A=$A$A\n".repeat(60);
        assertThat(image(doubling).unknownVariables()).containsExactly("A");
        var path = "/" + "d".repeat(100_000);
        assertThat(image("FROM a\nCOPY " + "a ".repeat(40_000) + path + "\n").copies()).hasSizeLessThan(2000);
        assertThat(image("FROM a\nWORKDIR " + path + "\n" + "COPY a b\n".repeat(9_000)).copies())
                .hasSizeLessThan(2000);
        assertThat(service(".", "Dockerfile", "FROM a\n".repeat(101) + "CMD x\n").built()).isEmpty();
        assertThat(service(".", "Dockerfile", "FROM a\n" + "#".repeat(300_000)).built()).isEmpty();
    }
}
