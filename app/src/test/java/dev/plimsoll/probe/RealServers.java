package dev.plimsoll.probe;

import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Question;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.StackRuntime;
import dev.plimsoll.units.MemorySize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL and a Redis of this machine's own packages, run for one test: sockets in its directory, Redis on
/// loopback, both ended by process. Answers questions as a runtime does.
final class RealServers implements StackRuntime {
    static final Path POSTGRES = Path.of("/usr/lib/postgresql/15/bin");

    private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
    static final String POSTGRES_PASSWORD = "something-nobody-guesses";
    static final String REDIS_PASSWORD = "a-long-and-random-one";

    private final Path directory;
    private final List<Process> started = new ArrayList<>();
    private final int redisPort;
    private final int prometheusPort;
    private final Instant start = Instant.now();

    RealServers(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        try (var socket = new ServerSocket(0); var other = new ServerSocket(0)) {
            redisPort = socket.getLocalPort();
            prometheusPort = other.getLocalPort();
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        var data = directory.resolve("data");
        run(List.of(POSTGRES.resolve("initdb").toString(), "-D", data.toString(), "-U", "postgres", "-A",
                "trust", "--no-sync", "-E", "UTF8", "--locale=C"), "");
    }

    static boolean available() {
        return Files.isExecutable(POSTGRES.resolve("initdb")) && Files.isExecutable(Path.of("/usr/bin/redis-server"))
                && Files.isExecutable(Path.of("/usr/bin/redis-cli")) && Files.isExecutable(Path.of("/usr/bin/setpriv"));
    }

    /// PostgreSQL refuses to run as root.
    private static List<String> unprivileged(List<String> words) {
        var all = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            all.addAll(List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        all.addAll(words);
        return all;
    }

    private Process start(List<String> words) throws IOException {
        var builder = new ProcessBuilder(unprivileged(words)).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("REDISCLI_AUTH", REDIS_PASSWORD);
        return builder.start();
    }

    private String run(List<String> words, String input) {
        try {
            var process = start(words);
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(text);
            }
            return text;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    void startPostgres(String... settings) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(POSTGRES.resolve("postgres").toString(), "-D", directory.resolve("data")
                .toString(), "-k", directory.toString(), "-h", ""));
        for (var setting : settings) {
            words.addAll(List.of("-c", setting));
        }
        background(words, "postgres.log");
        until(() -> run(psql("postgres", "SELECT 1"), ""));
    }

    /// A connection that has read every table and column and now lies idle, until the servers end.
    void leaveIdleConnection(String application) throws IOException, InterruptedException {
        var words = new ArrayList<>(psql("dbname=postgres application_name=" + application,
                "SELECT count(format_type(atttypid, NULL)) FROM pg_attribute"));
        words.addAll(List.of("-f", "-"));
        started.add(start(words));
        until(() -> {
            if (!sql("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle' AND application_name = '" + application
                    + "'").equals("1")) {
                throw new IllegalStateException(application + " is not idle yet");
            }
        });
    }

    void startRedis(String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("/usr/bin/redis-server", "--port", String.valueOf(redisPort), "--bind",
                "127.0.0.1", "--dir", directory.toString()));
        all.addAll(List.of(words));
        background(all, "redis.log");
        until(() -> redis(List.of("PING")));
    }

    static boolean hasPrometheus() {
        return Files.isExecutable(PROMETHEUS);
    }

    void startPrometheus(String rules) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("rules.yml"), rules);
        Files.writeString(directory.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [rules.yml, missing.yml]
                scrape_configs:
                - job_name: prometheus
                  static_configs: [{targets: ['127.0.0.1:%d']}]
                - job_name: nobody
                  static_configs: [{targets: ['127.0.0.1:1']}]
                """.formatted(prometheusPort));
        background(List.of(PROMETHEUS.toString(), "--config.file=prometheus.yml", "--storage.tsdb.path=" + directory
                .resolve("tsdb"), "--web.listen-address=127.0.0.1:" + prometheusPort,
                "--storage.tsdb.retention.time=7d"), "prometheus.log");
        until(() -> http("/-/ready"));
    }

    private String http(String path) {
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + prometheusPort + path))
                    .build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException unreachable) {
            throw new IllegalStateException(unreachable);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void background(List<String> words, String log) throws IOException {
        started.add(new ProcessBuilder(unprivileged(words)).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(directory.resolve(log).toFile()).start());
    }

    private static void until(Runnable step) throws InterruptedException {
        for (var tries = 0;; tries++) {
            try {
                step.run();
                return;
            } catch (IllegalStateException notYet) {
                if (tries > 300) {
                    throw notYet;
                }
                Thread.sleep(100);
            }
        }
    }

    private List<String> psql(String database, String statement) {
        return List.of(POSTGRES.resolve("psql").toString(), "-h", directory.toString(), "-U", "postgres", "-XAtq", "-v",
                "ON_ERROR_STOP=1", "-d", database, "-c", statement);
    }

    String sql(String statement) {
        return run(psql("postgres", statement), "").strip();
    }

    String redis(List<String> words) {
        var all = new ArrayList<>(List.of("/usr/bin/redis-cli", "-e", "-p", String.valueOf(redisPort)));
        all.addAll(words);
        return run(all, "");
    }

    @Override
    public String project() {
        return "shop-plimsoll";
    }

    @Override
    public String description() {
        return "packages of this machine";
    }

    private Container container(String service, Map<String, String> environment) {
        return new Container(service, 1, service, service.equals("db") ? "postgres:15" : "redis:7", "running", Optional
                .empty(), 0, Optional.of(start), Optional.empty(), false, Optional.of(MemorySize.ofMegabytes(512L)),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, "no",
                false, environment, List.of(), List.of(), List.of());
    }

    @Override
    public List<Container> containers() {
        return List.of(container("cache", Map.of()), container("db", Map.of("POSTGRES_PASSWORD", POSTGRES_PASSWORD)),
                container(
                        "prometheus", Map.of()));
    }

    @Override
    public Optional<CgroupReading> cgroup(Container container) {
        return Optional.empty();
    }

    @Override
    public Answer ask(Container container, Question question) {
        try {
            return switch (question) {
                case Question.Sql(String database, String statement) -> new Answer.Text(run(psql(database.isEmpty()
                        ? "postgres"
                        : database, statement), ""));
                case Question.Redis(List<String> words) -> new Answer.Text(redis(words));
                case Question.Http(int _, String path) -> new Answer.Text(http(path));
                case Question.PoolerConsole _,Question.FileText _ -> new Answer.None("not here");
            };
        } catch (IllegalStateException refused) {
            return new Answer.None(String.valueOf(refused.getMessage()).lines().findFirst().orElse("refused"));
        }
    }

    @Override
    public void close() {
        for (var process : started.reversed()) {
            process.destroy();
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException stopped) {
                process.destroyForcibly();
            }
        }
    }
}
