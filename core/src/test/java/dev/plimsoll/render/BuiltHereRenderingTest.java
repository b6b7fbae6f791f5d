package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is rendered for services whose Dockerfile is read: only what holds whatever else the image may have.
class BuiltHereRenderingTest {
    private static Renderer.Part of(Renderer renderer, String service, String dockerfile, String... more) {
        var files = new String[more.length + 2];
        files[0] = "Dockerfile";
        files[1] = dockerfile;
        System.arraycopy(more, 0, files, 2, more.length);
        return Tasks.production(renderer, service, files);
    }

    @Test
    void aCommandIsWrittenOnlyWhereItMeansTheSame() {
        var server = "FROM postgres:16\nENTRYPOINT [\"/own.sh\"]\n";
        assertThat(of(new PostgresConf(), "it: {build: .}", server).patches()).noneMatch(patch -> patch.path().contains(
                "command"));
        var web = "FROM python:3.13\nCMD [\"gunicorn\", \"a:b\"]\n";
        assertThat(Tasks.patch(of(new ApplicationSettings(), "it: {build: .}", web), "it", "command")).isPresent();
        assertThat(Tasks.patch(of(new ApplicationSettings(), "it: {build: ., command: []}", web), "it", "command").map(
                String::valueOf)).hasValueSatisfying(words -> assertThat(words).startsWith("[gunicorn, a:b"));
        assertThat(Tasks.patch(of(new ApplicationSettings(), "it: {build: ., entrypoint: /own.sh, x-plimsoll: {kind: "
                + "gunicorn}}", web), "it", "command")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
            "FROM redis:7\\nRUN echo requirepass x > /etc/redis.conf\\nCMD [\"redis-server\", \"/etc/redis.conf\"]",
            "FROM redis:7\\nCMD [\"redis-server\", \"/etc/unseen.conf\"]",
            "FROM redis:7\\nCOPY --from=x /redis.conf /c\\nCMD [\"redis-server\"]"})
    void aRedisWithAConfigThatIsNotSeenKeepsIt(String dockerfile) {
        var part = of(new RedisConf(), "it: {build: .}", dockerfile.replace("\\n", "\n") + "\n");
        assertThat(part.patches()).noneMatch(patch -> patch.path().contains("command"));
        assertThat(part.notes()).isNotEmpty();
        assertThat(Tasks.patch(of(new ServiceHealth(), "it: {build: .}", dockerfile.replace("\\n", "\n") + "\n"), "it",
                "healthcheck")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
            "RUN echo \"shared_preload_libraries='pg_cron'\" >> /usr/share/postgresql/postgresql.conf.sample",
            "CMD [\"postgres\", \"-c\", \"config_file=/etc/generated.conf\"]"})
    void aPostgresWithSettingsThatAreNotSeenKeepsThem(String instruction) {
        var part = of(new PostgresConf(), "it: {build: .}", "FROM postgres:16\n" + instruction + "\n");
        assertThat(part.patches()).noneMatch(patch -> patch.path().contains("command"));
        assertThat(part.notes()).anyMatch(note -> note.contains("not in force"));
    }

    @Test
    void aServerWhoseConfigIsReadIsRenderedLikeTheImageItIsMadeOf() {
        var part = of(new RedisConf(), "it: {build: .}", "FROM redis:7\nCOPY r.conf /r.conf\nCMD [\"redis-server\", "
                + "\"/r.conf\"]\n", "r.conf", "maxmemory 100mb\nport 7000\n");
        assertThat(Tasks.patch(part, "it", "command").map(String::valueOf)).contains(
                "[redis-server, /etc/plimsoll/redis.conf]");
        assertThat(Tasks.file(part, "it/redis.conf")).contains("maxmemory", "port 7000");
    }

    @Test
    void healthchecksAreAddedWhereNothingElseWasDoneToTheImage() {
        assertThat(Tasks.patch(of(new ServiceHealth(), "it: {build: .}", "FROM redis:7\nCOPY a /b\n"), "it",
                "healthcheck")).isPresent();
        for (var dockerfile : new String[]{"FROM redis:7\nRUN x\n", "FROM grafana/grafana:11.4.0\nCOPY g.ini /etc/\n",
                "FROM redis:7\nHEALTHCHECK CMD x\n"}) {
            assertThat(Tasks.patch(of(new ServiceHealth(), "it: {build: .}", dockerfile), "it", "healthcheck"))
                    .isEmpty();
        }
        assertThat(Tasks.patch(of(new ServiceHealth(), "it: {build: .}", "NO DOCKERFILE"), "it", "healthcheck"))
                .isEmpty();
    }

    @Test
    void othersWaitForTheImagesOwnHealthcheckWhereItsOwnCommandRuns() {
        var dockerfile = "FROM python:3.13\nHEALTHCHECK CMD curl -f localhost:8000\nCMD gunicorn a:b\n";
        var services = """
                web: {build: .}
                worker: {build: ., command: celery -A a worker}
                beat: {image: 'e/b:1', depends_on: [web, worker]}
                """;
        var part = of(new ServiceHealth(), services, dockerfile);
        assertThat(Tasks.patch(part, "beat", "depends_on.web.condition")).contains("service_healthy");
        assertThat(Tasks.patch(part, "beat", "depends_on.worker.condition")).isEmpty();
    }

    @Test
    void aVariableWithAnUnknownPartIsNotTakenForUnset() {
        var part = of(new ApplicationSettings(), "it: {build: .}", "FROM node:22\nENV NODE_OPTIONS=\"$NODE_OPTIONS "
                + "--require ./t.js\"\nCMD [\"node\", \"a.js\"]\n");
        assertThat(Tasks.patch(part, "it", "environment.NODE_OPTIONS")).isEmpty();
        assertThat(part.notes()).anyMatch(note -> note.contains("its Dockerfile sets NODE_OPTIONS"));
    }

    @Test
    void gunicornsArgumentsInAVariableAreNotContradicted() {
        var script = "#!/bin/sh\nexec gunicorn a:b --max-requests 7\n";
        var dockerfile = "FROM python:3.13\nCOPY start /start\nCMD /start\n";
        var part = of(new ApplicationSettings(), "it: {build: ., environment: {WEB_CONCURRENCY: 40, GUNICORN_CMD_ARGS: "
                + "'--workers=40 --max-requests-jitter=9'}, x-plimsoll: {workers: 3}}", dockerfile, "start", script);
        assertThat(part.patches()).noneMatch(patch -> patch.path().contains("WEB_CONCURRENCY") || patch.path().contains(
                "GUNICORN_CMD_ARGS"));
        assertThat(part.notes()).anyMatch(note -> note.contains("workers = 3") && note.contains("GUNICORN_CMD_ARGS"));
    }

    @Test
    void noSentenceOfTiangolosImageIsSaidOfOthers() {
        var part = Tasks.production(new ApplicationSettings(), "it: {image: 'e/a:1', x-plimsoll: {kind: gunicorn, "
                + "workers: 3}}");
        assertThat(part.patches()).noneMatch(patch -> patch.path().contains("WEB_CONCURRENCY"));
        assertThat(part.notes()).noneMatch(note -> note.contains("start script"));
    }

    @Test
    void aProgramInGoIsBoundBelowItsLimit() {
        var dockerfile = "FROM golang:1.24 AS b\nFROM scratch\nENTRYPOINT [\"/a\"]\n";
        assertThat(Tasks.patch(of(new ApplicationSettings(), "it: {build: ., mem_limit: 200m}", dockerfile), "it",
                "environment.GOMEMLIMIT").map(String::valueOf)).hasValueSatisfying(bound -> assertThat(bound).matches(
                        "\\d+MiB"));
        var chosen = of(new ApplicationSettings(), "it: {build: ., environment: {GOMEMLIMIT: 50MiB}}", dockerfile);
        assertThat(chosen.patches()).isEmpty();
        assertThat(chosen.notes()).isEmpty();
    }
}
