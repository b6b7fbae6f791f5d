package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationSettingsTest {
    private static Renderer.Part of(String service) {
        return Tasks.production(new ApplicationSettings(), "it: " + service);
    }

    private static String command(String service) {
        return Tasks.patch(of(service), "it", "command").map(words -> String.join(" ", ((List<?>) words).stream()
                .map(String::valueOf).toList())).orElse("");
    }

    @Test
    void replacesOptionsOfUnderstoodCommands() {
        assertThat(
                command("{image: 'e/w:1', command: 'tini -- celery -A a worker -c 8 --autoscale=8,2 -l info'}"))
                .startsWith("tini -- celery -A a worker -l info --concurrency=8 ")
                .contains("--max-memory-per-child=", "--max-tasks-per-child=200");
        assertThat(command("{image: 'e/a:1', command: 'gunicorn a:b -w4 --bind :80'}"))
                .isEqualTo("gunicorn a:b --bind :80 --workers=4 --max-requests=1000 --max-requests-jitter=100");
    }

    /// Sidekiq itself reads no such variable, and a default needs no flag.
    @Test
    void sidekiqIsToldByItsFlag() {
        assertThat(of("{image: 'e/a:1', command: 'bundle exec sidekiq'}").patches()).isEmpty();
        assertThat(command("{image: 'e/a:1', command: 'bundle exec sidekiq', x-plimsoll: {workers: 3}}")).isEqualTo(
                "bundle exec sidekiq --concurrency=3");
        assertThat(Tasks.patch(of("{image: 'e/a:1', command: 'bundle exec sidekiq -q low', x-plimsoll: {workers: 3}, "
                + "environment: {SIDEKIQ_CONCURRENCY: '9'}}"), "it", "environment.SIDEKIQ_CONCURRENCY")).contains("3");
    }

    @ParameterizedTest
    @CsvSource({"confluentinc/cp-schema-registry:7.6.0,SCHEMA_REGISTRY_HEAP_OPTS",
            "confluentinc/cp-kafka-rest:7.6.0,KAFKAREST_HEAP_OPTS",
            "confluentinc/cp-ksqldb-server:7.6.0,KSQL_HEAP_OPTS",
            "cnfldemos/kafka-connect-datagen:0.6.4-7.6.0,KAFKA_HEAP_OPTS", "debezium/connect:2.7,HEAP_OPTS",
            "logstash:8.15.0,LS_JAVA_OPTS"})
    void aHeapOfTheImagesOwnIsSetWhereItsScriptReadsIt(String image, String variable) {
        var part = of("{image: '" + image + "', environment: {" + variable + ": '-Xms2g -Dx=y'}}");
        assertThat(Tasks.patch(part, "it", "environment." + variable).map(String::valueOf)).hasValueSatisfying(
                value -> assertThat(value).matches(image.startsWith("logstash")
                        ? "-Dx=y -Xms(\\d+m) -Xmx\\1"
                        : "-Dx=y -Xmx\\d+m"));
        assertThat(part.patches()).noneMatch(patch -> patch.path().contains("JAVA_TOOL_OPTIONS"));
    }

    @Test
    void gunicornsConfigKeepsWhatItMaySet() {
        var unread = of("{image: 'e/a:1', command: 'gunicorn -c conf/g.py a:b'}");
        assertThat(unread.patches()).noneMatch(patch -> patch.path().contains("command"));
        assertThat(unread.notes()).anyMatch(note -> note.contains("workers stays as it is")
                && note.contains("its config `conf/g.py` may set it"));

        assertThat(command("{image: 'e/a:1', command: 'gunicorn a:b'}")).as("./gunicorn.conf.py may be in the image")
                .isEqualTo("gunicorn a:b --max-requests=1000 --max-requests-jitter=100");
        assertThat(command("{image: 'e/a:1', command: 'gunicorn -c g.py a:b -w 3 --max-requests 50'}"))
                .isEqualTo("gunicorn -c g.py a:b --workers=3 --max-requests=50");
        assertThat(command("{image: 'e/a:1', command: 'gunicorn -c g.py a:b', x-plimsoll: {workers: 2}}"))
                .isEqualTo("gunicorn -c g.py a:b --workers=2");
    }

    @Test
    void aScriptsGunicornIsToldByVariables() {
        var part = Tasks.production(new ApplicationSettings(), "it: {build: ., environment: {WEB_CONCURRENCY: 40}, "
                + "x-plimsoll: {workers: 3}}",
                "Dockerfile", "FROM python:3.12\nCOPY start /start\nENV GUNICORN_CMD_ARGS=--preload\nCMD /start\n",
                "start", "#!/bin/sh\nexec gunicorn a:b\n");
        assertThat(Tasks.patch(part, "it", "environment.GUNICORN_CMD_ARGS")).contains(
                "--preload --max-requests=1000 --max-requests-jitter=100");
        assertThat(Tasks.patch(part, "it", "environment.WEB_CONCURRENCY")).contains("3");
        assertThat(part.notes()).isEmpty();

        var flags = of("{image: 'e/a:1', command: \"sh -c 'exec gunicorn a:b -w 3 --max-requests 5'\"}");
        assertThat(Tasks.patch(flags, "it", "environment.GUNICORN_CMD_ARGS")).contains("--max-requests-jitter=100");
    }

    @Test
    void anImageThatStartsGunicornItselfIsToldByItsVariable() {
        var part = of("{image: 'tiangolo/uvicorn-gunicorn:python3.11'}");
        assertThat(Tasks.patch(part, "it", "environment.WEB_CONCURRENCY")).contains("2");
        assertThat(part.notes()).anyMatch(note -> note.contains("max-requests = 1000") && note.contains(
                "a config of its own"));
    }

    @Test
    void aHeapInAVariableOfTheCommandIsSetInTheVariable() {
        var part = of("{image: 'eclipse-temurin:21', command: \"sh -c 'java $$JAVA_OPTS -jar a.jar'\", environment: "
                + "{JAVA_OPTS: '-Xmx300m -Dx=y'}}");
        assertThat(Tasks.patch(part, "it", "environment.JAVA_OPTS").map(String::valueOf)).hasValueSatisfying(
                value -> assertThat(value).contains("-Dx=y", "-Xmx").doesNotContain("-Xmx300m"));
    }

    @Test
    void aPrometheusOfLongAgoGetsNoFlagThatItDoesNotKnow() {
        for (var old : List.of("v2.4.2", "2.6.1", "v1.8.2")) {
            var part = of("{image: 'prom/prometheus:" + old + "'}");
            assertThat(part.patches()).noneMatch(patch -> patch.path().contains("command"));
            assertThat(part.notes()).anyMatch(note -> note.contains("before 2.7"));
        }
        assertThat(command("{image: 'prom/prometheus:v2.53.0'}")).contains("--storage.tsdb.retention.size");
        assertThat(command("{image: 'prom/prometheus:v2.7.0'}")).contains("--storage.tsdb.retention.size");
    }

    @Test
    void anAuthenticationPluginIsNoSecret() {
        assertThat(command("{image: 'mysql:8', command: '--default-authentication-plugin=mysql_native_password'}"))
                .contains("--innodb-buffer-pool-size");
    }

    @Test
    void theCommandOfTheDockerfileIsChangedWordByWord() {
        var part = Tasks.production(new ApplicationSettings(), "it: {build: .}", "Dockerfile",
                "FROM python:3.12\nCMD [\"gunicorn\", \"-w\", \"2\", \"a:b\"]\n");
        assertThat(Tasks.patch(part, "it", "command").orElseThrow()).asString().isEqualTo(
                "[gunicorn, a:b, --workers=2, --max-requests=1000, --max-requests-jitter=100]");
    }

    @Test
    void gunicornsMountedConfigIsRead() {
        var service = "it: {image: 'e/a:1', command: 'gunicorn a:b', working_dir: /app, volumes: ['./app:/app']}";
        var part = Tasks.production(new ApplicationSettings(), service, "app/gunicorn.conf.py",
                "workers = 6  # measured\nmax_requests = 77\nthreads = cores()\n");
        assertThat(Tasks.patch(part, "it", "command").orElseThrow()).asString().contains("--workers=6",
                "--max-requests=77").doesNotContain("jitter");
        var computed = Tasks.production(new ApplicationSettings(), service, "app/gunicorn.conf.py",
                "workers = 6\nif big:\n    workers = cpu_count()\n");
        assertThat(computed.patches()).noneMatch(patch -> patch.path().contains("command"));
    }

    @Test
    void aPoolWithoutChildrenHasNoneToBound() {
        var part = of("{image: 'e/w:1', command: 'celery -A a worker -P gevent -c 200', mem_limit: 512m}");
        assertThat(part.patches()).noneMatch(patch -> patch.path().contains("command"));
        assertThat(part.notes()).isEmpty();
    }

    @Test
    void leavesScriptsAloneAndNamesTheRest() {
        var part = of("{image: 'e/w:1', command: [sh, -c, 'migrate && celery -A a worker']}");
        assertThat(part.patches()).isEmpty();
        assertThat(part.notes()).singleElement().asString().contains("it: set concurrency = ",
                "max-memory-per-child = ", "its command is a script");
    }

    @Test
    void copiesNoSecretFromACommand() {
        var part = of("{image: 'e/w:1', command: 'celery -A a -b redis://:hunter2@r/0 worker'}");
        assertThat(part.patches()).isEmpty();
        assertThat(part.notes()).singleElement().asString().contains("seems to hold a secret")
                .doesNotContain("hunter2");
    }

    @Test
    void keepsOtherOptionsOfVariables() {
        var node = of("{image: 'node:22', environment: {NODE_OPTIONS: '--max-old-space-size=99 --trace-gc $$x'}}");
        assertThat(Tasks.patch(node, "it", "environment.NODE_OPTIONS").orElseThrow().toString())
                .startsWith("--trace-gc $$x --max-old-space-size=");
        var elastic = of("{image: 'elasticsearch:8.13.0', environment: {ES_JAVA_OPTS: '-Xms1g -Xmx1g -Dx=1'}}");
        assertThat(Tasks.patch(elastic, "it", "environment.ES_JAVA_OPTS").orElseThrow().toString())
                .startsWith("-Dx=1 -Xms").doesNotContain("1g");
    }

    @Test
    void setsTheHeapWhereTheUserSetsIt() {
        assertThat(command("{image: 'eclipse-temurin:21', command: 'java -Xmx512m -jar a.jar'}"))
                .matches("java -Xmx\\d+m -jar a\\.jar").doesNotContain("512m");
        var part = of("{image: 'e/j:1', command: java -jar a.jar, environment: {JAVA_OPTS: "
                + "'-Xmx512m -XX:+UseZGC'}}");
        assertThat(Tasks.patch(part, "it", "environment.JAVA_OPTS").orElseThrow().toString())
                .startsWith("-XX:+UseZGC -Xmx").doesNotContain("SerialGC", "G1GC", "512m");
        assertThat(part.notes()).anyMatch(note -> note.contains("you chose a collector"));
    }

    @Test
    void addsFlagsToTheImagesOwnCommand() {
        assertThat(command("{image: 'mysql:8.4'}")).matches("--innodb-buffer-pool-size=\\d+M --max-connections=151");
        assertThat(command("{image: 'memcached:1.6', command: 'memcached -m 64 -c 100'}")).matches(
                "memcached -c 100 -m \\d+");
        assertThat(command("{image: 'prom/prometheus:v3.4.2'}")).startsWith("--config.file=/etc/prometheus/"
                + "prometheus.yml --storage.tsdb.path=/prometheus --query.max-samples=");
    }

    @Test
    void sqlServerIsToldItsLimit() {
        assertThat(Tasks.patch(of("{image: 'mcr.microsoft.com/mssql/server:2022-latest', mem_limit: 4g}"), "it",
                "environment.MSSQL_MEMORY_LIMIT_MB").orElseThrow().toString()).matches("[1-9]\\d{3}");
    }

    @Test
    void neverShortensARetentionTheUserChose() {
        var part = of("{image: 'prom/prometheus:v3.4.2', command: ['--storage.tsdb.retention.time=90d']}");
        assertThat(Tasks.patch(part, "it", "command").orElseThrow().toString()).contains("retention.time=90d");
        assertThat(Tasks.patch(part, "it", "command").orElseThrow().toString()).doesNotContain("retention.size");
        assertThat(part.notes()).as("the plan keeps it").noneMatch(note -> note.contains("retention.time"));
        assertThat(of("{image: 'prom/prometheus:v3.4.2'}").notes())
                .anyMatch(note -> note.startsWith("it: nobody chose how much history"));
    }
}
