package dev.plimsoll.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.render.Profile;
import dev.plimsoll.render.RedisConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real redis-server runs with what is rendered. Files for newer majors than its own are left out.
class RedisStartTest {
    private static final String CLIENT = """
            web:
              image: example/web:1
              environment: {REDIS_URL: "redis://it:6379/0"}
            """;

    @TempDir
    private Path directory = Path.of("");

    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"redis:6.0", "redis:6", "redis:7", "redis:7.0-alpine"})
    void cacheAsksForThePasswordAndRefusesWhatEmptiesOrReconfiguresIt(String image) throws IOException {
        with(Profile.PRODUCTION, CLIENT + "it: {image: '" + image + "'}\n", () -> {
            assertThat(client(Map.of(), "PING")).contains("NOAUTH");
            var password = Map.of("REDISCLI_AUTH", Rendering.secret("REDIS_PASSWORD"));
            assertThat(client(password, "PING")).contains("PONG");
            assertThat(client(password, "SET", "a", "1")).contains("OK");
            for (var refused : List.of("FLUSHALL", "FLUSHDB", "CONFIG SET maxmemory 1", "CONFIG REWRITE",
                    "CONFIG RESETSTAT", "DEBUG SLEEP 0", "SHUTDOWN", "REPLICAOF no one", "MODULE LIST",
                    "ACL SETUSER x")) {
                assertThat(client(password, refused.split(" "))).as(refused)
                        // Redis 7 refuses DEBUG before it looks at the user.
                        .containsAnyOf("NOPERM", "DEBUG command not allowed");
            }
            assertThat(client(password, "CONFIG", "GET", "maxmemory")).contains("maxmemory");
            assertThat(client(password, "GET", "a")).contains("1");
        });
    }

    @Test
    void monitoringUserMayOnlyWatch() throws IOException {
        with(Profile.PRODUCTION, CLIENT + "it: {image: 'redis:7'}\n", () -> {
            var user = List.of("--user", "plimsoll", "--pass", Rendering.secret("PLIMSOLL_REDIS_MONITOR_PASSWORD"),
                    "--no-auth-warning");
            assertThat(as(user, "INFO")).contains("used_memory");
            for (var allowed : List.of("CONFIG GET maxmemory", "CLIENT LIST", "SLOWLOG GET", "LATENCY LATEST",
                    "MEMORY STATS", "PING", "ACL USERS", "ACL DRYRUN default FLUSHALL")) {
                assertThat(as(user, allowed.split(" "))).as(allowed).doesNotContain("NOPERM");
            }
            assertThat(as(user, "ACL", "USERS").lines()).containsExactly("default", "plimsoll");
            assertThat(as(user, "ACL", "DRYRUN", "default", "FLUSHALL")).contains("no permissions to run");
            assertThat(as(user, "ACL", "DRYRUN", "default", "CONFIG", "GET", "x")).contains("OK");
            assertThat(as(user, "ACL", "LIST")).contains("NOPERM");
            assertThat(as(user, "GET", "a")).contains("NOPERM");
            assertThat(as(user, "CONFIG", "SET", "maxmemory", "1")).contains("NOPERM");
            assertThat(as(user, "CLIENT", "KILL", "TYPE", "normal")).contains("NOPERM");
        });
    }

    @Test
    void queueKeepsItsJobsAndNoPasswordIsAskedInDevelopment() throws IOException {
        with(Profile.DEVELOPMENT, "worker:\n  image: example/w:1\n  command: celery -A a worker\n  environment: "
                + "{CELERY_BROKER_URL: 'redis://it/0'}\nit: {image: 'redis:7', command: redis-server --appendonly yes}\n",
                () -> {
                    assertThat(client(Map.of(), "PING")).contains("PONG");
                    assertThat(client(Map.of(), "CONFIG", "GET", "maxmemory-policy")).contains("noeviction");
                    assertThat(client(Map.of(), "CONFIG", "GET", "appendonly")).contains("yes");
                    assertThat(client(Map.of(), "FLUSHALL")).contains("OK");
                });
    }

    /// A Redis that starts with an append-only file does not read the snapshot of the run before.
    @ParameterizedTest
    @ValueSource(strings = {"celery -A a worker", "serve"})
    void whatItHeldBeforeIsThereAfterwards(String client) throws IOException {
        run(List.of(), () -> {
            assertThat(client(Map.of(), "LPUSH", "celery", "job")).contains("1");
            assertThat(client(Map.of(), "SAVE")).contains("OK");
        });
        with(Profile.DEVELOPMENT, "worker:\n  image: example/w:1\n  command: " + client + "\n  environment: "
                + "{CELERY_BROKER_URL: 'redis://it/0'}\nit: {image: 'redis:7', volumes: ['./data:/data']}\n",
                () -> assertThat(client(Map.of(), "LLEN", "celery")).contains("1"));
    }

    @Test
    void ownPasswordAndOwnSettingsStayInForce() throws IOException {
        with(Profile.PRODUCTION, CLIENT + "it:\n  image: redis:7\n  command: redis-server --requirepass 'pa ss' "
                + "--rename-command FLUSHALL '' --databases 3 --notify-keyspace-events ''\n", () -> {
                    assertThat(client(Map.of(), "PING")).contains("NOAUTH");
                    var password = Map.of("REDISCLI_AUTH", "pa ss");
                    assertThat(client(password, "PING")).contains("PONG");
                    assertThat(client(password, "CONFIG", "GET", "databases")).contains("3");
                    assertThat(client(password, "FLUSHALL")).contains("ERR");
                });
    }

    /// The first line is one of Debian's file.
    @Test
    void quotedWordsOfAnOwnFileAreReadAsTheyWere() throws IOException {
        with(Profile.DEVELOPMENT, "it: {image: 'redis:7', command: redis-server /r.conf, volumes: "
                + "['./my.conf:/r.conf']}\n", Map.of("my.conf", """
                        proc-title-template "{title} {listen-addr} {server-mode}"
                        dbfilename 'my "own" dump.rdb'
                        appendfilename "a\\x41 b.aof"
                        bind "127.0.0.1" '-::1'
                        client-output-buffer-limit replica "256mb" 64mb 60
                        notify-keyspace-events ""
                        requirepass "p\\"\\\\w"
                        """), () -> {
                    var password = Map.of("REDISCLI_AUTH", "p\"\\w");
                    for (var setting : List.of("proc-title-template {title} {listen-addr} {server-mode}",
                            "dbfilename my \"own\" dump.rdb", "appendfilename aA b.aof", "notify-keyspace-events ")) {
                        var name = setting.substring(0, setting.indexOf(' '));
                        assertThat(client(password, "CONFIG", "GET", name)).isEqualTo(name + "\n"
                                + setting.substring(name.length() + 1) + "\n");
                    }
                });
    }

    @Test
    void serverWithoutUsersHasNoDangerousCommands() throws IOException {
        with(Profile.PRODUCTION, CLIENT + "it: {image: 'redis:5', command: 'redis-server --requirepass old'}\n", () -> {
            assertThat(client(Map.of(), "PING")).contains("NOAUTH");
            assertThat(client(Map.of("REDISCLI_AUTH", "old"), "FLUSHALL")).contains("ERR unknown command");
        });
    }

    private void with(Profile profile, String services, Runnable check) throws IOException {
        with(profile, services, Map.of(), check);
    }

    /// @param files of the project, by path
    private void with(Profile profile, String services, Map<String, String> files, Runnable check)
            throws IOException {
        var rendering = Rendering.of(new RedisConf(), profile, services, files);
        var conf = directory.resolve("redis.conf");
        Files.writeString(conf, local(rendering.file("it/redis.conf")));
        for (var secret : List.of("users.acl", "auth.conf")) {
            if (rendering.has("it/private/" + secret)) {
                Files.writeString(directory.resolve(secret), rendering.file("it/private/" + secret));
            }
        }
        run(List.of(conf.toString()), check);
    }

    private void run(List<String> arguments, Runnable check) throws IOException {
        var server = Program.find("redis-server");
        assumeTrue(server.isPresent() && Program.find("redis-cli").isPresent(), "redis-server and redis-cli are not "
                + "installed");
        var version = Program.run("redis-server", "--version").output();
        assumeTrue(version.contains("v=7."), "redis-server is not version 7: " + version);
        port = Program.freePort();
        var log = directory.resolve("log");
        var command = new ArrayList<>(List.of("redis-server"));
        command.addAll(arguments);
        command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1", "--dir", directory.toString()));
        var process = Program.start(log, command);
        try {
            Program.await(process, log, () -> client(Map.of(), "PING").matches("(?s).*(PONG|NOAUTH).*"));
            check.run();
        } finally {
            Program.stop(process);
        }
    }

    /// The container's paths as they are here.
    private String local(String text) {
        return text.replace("/etc/plimsoll/", directory + "/");
    }

    private String client(Map<String, String> environment, String... words) {
        return Program.run(environment, command(List.of(), words)).output();
    }

    private String as(List<String> user, String... words) {
        return Program.run(Map.of(), command(user, words)).output();
    }

    private List<String> command(List<String> options, String... words) {
        var command = new ArrayList<>(List.of("redis-cli", "-p", String.valueOf(port)));
        command.addAll(options);
        command.addAll(List.of(words));
        return command;
    }
}
