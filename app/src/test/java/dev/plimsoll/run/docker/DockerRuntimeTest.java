package dev.plimsoll.run.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Question;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.Command;
import dev.plimsoll.run.Credentials;
import dev.plimsoll.run.RecordingShell;
import dev.plimsoll.run.Shell;
import dev.plimsoll.units.MemorySize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Against what an engine said about two containers.
class DockerRuntimeTest {
    private static final String INSPECTED = resource();

    private final RecordingShell shell = new RecordingShell()
            .answering("docker info", "{\"ServerVersion\": \"28.2.2\", \"CgroupVersion\": \"2\"}")
            .answering("docker compose version", "2.26.1\n").answering("docker ps", "one\ntwo\n")
            .answering("docker inspect", INSPECTED);

    private static String resource() {
        try (var text = Objects.requireNonNull(DockerRuntimeTest.class.getResourceAsStream("/docker/inspect.json"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private DockerRuntime runtime(Map<String, String> variables) {
        return DockerRuntime.open(shell, "little-plimsoll", new Credentials(variables), Map.of());
    }

    private Container container(DockerRuntime runtime, String service) {
        return runtime.containers().stream().filter(one -> one.service().equals(service)).findFirst().orElseThrow();
    }

    private Command lastExec() {
        return shell.commands().getLast();
    }

    @Test
    void namesEngineComposeAndCgroups() {
        assertThat(runtime(Map.of()).description()).isEqualTo("Docker Engine 28.2.2, Compose 2.26.1, cgroup v2");
    }

    @Test
    void listsAProjectWithTwoCommands() {
        runtime(Map.of()).containers();
        assertThat(shell.lines()).endsWith("docker ps -aq --no-trunc --filter "
                + "label=com.docker.compose.project=little-plimsoll --filter "
                + "label=com.docker.compose.oneoff=False", "docker inspect --type container one two");
    }

    @Test
    void readsWhatTheEngineSays() {
        var containers = runtime(Map.of()).containers();
        assertThat(containers).extracting(Container::service).containsExactly("cache", "db");
        var db = containers.getLast();
        assertThat(db.image()).isEqualTo("postgres:15-alpine");
        assertThat(db.state()).isEqualTo("running");
        assertThat(db.health()).contains("healthy");
        assertThat(db.exitCode()).isEmpty();
        assertThat(db.limit()).contains(MemorySize.ofMegabytes(1168));
        assertThat(db.swapLimit()).isEqualTo(db.limit());
        assertThat(db.environment()).containsEntry("POSTGRES_USER", "app");
        assertThat(db.mounts()).anySatisfy(mount -> {
            assertThat(mount.type()).isEqualTo("volume");
            assertThat(mount.source()).isEqualTo("little-plimsoll_plimsoll-db-0");
            assertThat(mount.target()).isEqualTo("/var/lib/postgresql/data");
        });
        assertThat(db.ports()).singleElement().satisfies(port -> {
            assertThat(port.hostIp()).isEqualTo("127.0.0.1");
            assertThat(port.target()).isEqualTo(5432);
        });
    }

    @Test
    void asksPostgresAsItsSuperuserWithoutShowingThePassword() {
        var runtime = runtime(Map.of());
        var db = container(runtime, "db");
        shell.answering("docker exec -i -e PGPASSWORD " + db.id() + " psql", "on\n");
        assertThat(runtime.ask(db, new Question.Sql("", "SHOW fsync"))).isEqualTo(new Answer.Text("on"));
        assertThat(lastExec().toString()).endsWith(db.id() + " psql -XAtq -v ON_ERROR_STOP=1 -U app -d shop")
                .doesNotContain("s3cret");
        assertThat(lastExec().environment()).containsEntry("PGPASSWORD", "s3cret");
        assertThat(lastExec().input()).isEqualTo("SHOW fsync\n");
    }

    @Test
    void peerAuthenticationIsMetAsThePostgresUser() {
        var runtime = runtime(Map.of());
        var db = container(runtime, "db");
        shell.answering("docker exec -i",
                new Shell.Result(2, "", "FATAL:  Peer authentication failed for user \"app\""))
                .answering("docker exec -u postgres -i", "1\n");
        assertThat(runtime.ask(db, new Question.Sql("other", "SELECT 1"))).isEqualTo(new Answer.Text("1"));
        assertThat(lastExec().toString()).endsWith("-d other");
    }

    @Test
    void asksRedisAsTheMonitoringUser() {
        var runtime = runtime(Map.of("PLIMSOLL_REDIS_MONITOR_PASSWORD", "abc"));
        var cache = container(runtime, "cache");
        shell.answering("docker exec", "PONG\n");
        assertThat(runtime.ask(cache, new Question.Redis(List.of("PING")))).isEqualTo(new Answer.Text("PONG"));
        assertThat(lastExec()).hasToString("docker exec -i -e REDISCLI_AUTH " + cache.id()
                + " redis-cli --raw --user plimsoll PING");
        assertThat(lastExec().environment()).containsEntry("REDISCLI_AUTH", "abc");
    }

    @Test
    void aValkeyThatHasAPasswordInItsEnvironmentIsAskedAsTheMonitoringUserToo() {
        shell.answering("docker inspect", INSPECTED.replace("redis:7-alpine", "valkey/valkey:9").replace(
                "\"PATH=/usr/local/sbin", "\"VALKEYCLI_AUTH=xyz\", \"PATH=/usr/local/sbin"));
        var runtime = runtime(Map.of("PLIMSOLL_REDIS_MONITOR_PASSWORD", "abc"));
        var cache = container(runtime, "cache");
        shell.answering("docker exec", "PONG\n");
        assertThat(runtime.ask(cache, new Question.Redis(List.of("PING")))).isEqualTo(new Answer.Text("PONG"));
        assertThat(lastExec()).hasToString("docker exec -i -e REDISCLI_AUTH -e VALKEYCLI_AUTH " + cache.id()
                + " valkey-cli --raw --user plimsoll PING");
        assertThat(lastExec().environment()).containsEntry("VALKEYCLI_AUTH", "abc");
    }

    @Test
    void triesTheNextLoginWhenRedisRefusesOne() {
        var runtime = runtime(Map.of("PLIMSOLL_REDIS_MONITOR_PASSWORD", "abc"));
        var cache = container(runtime, "cache");
        shell.answering("docker exec -i -e REDISCLI_AUTH", "WRONGPASS invalid username-password pair\n")
                .answering("docker exec -i " + cache.id(), "PONG\n");
        assertThat(runtime.ask(cache, new Question.Redis(List.of("PING")))).isEqualTo(new Answer.Text("PONG"));
        shell.answering("docker exec", "again\n");
        var asked = shell.lines().size();
        runtime.ask(cache, new Question.Redis(List.of("PING")));
        assertThat(shell.lines()).as("the login that worked is tried first").hasSize(asked + 1);
    }

    @Test
    void aRefusalIsOneLine() {
        var runtime = runtime(Map.of());
        var cache = container(runtime, "cache");
        shell.answering("docker exec", "NOAUTH Authentication required.\n");
        assertThat(runtime.ask(cache, new Question.Redis(List.of("INFO"))))
                .isEqualTo(new Answer.None("NOAUTH Authentication required."));
    }

    @Test
    void aPoolerWithoutPsqlIsAskedFromTheDatabase() {
        var runtime = runtime(Map.of());
        var containers = runtime.containers();
        var cache = containers.getFirst();
        var db = containers.getLast();
        shell.answering("docker exec -i -e PGCONNECT_TIMEOUT " + cache.id(),
                new Shell.Result(127, "", "executable file not found"))
                .answering("docker exec -i -e PGCONNECT_TIMEOUT " + db.id(), "database,user\n");
        assertThat(runtime.ask(cache, new Question.PoolerConsole("SHOW POOLS")))
                .isEqualTo(new Answer.Text("database,user"));
        assertThat(lastExec().toString()).contains("-h cache -p 5432").endsWith("-d pgbouncer -c 'SHOW POOLS'");
    }

    @Test
    void whatAPoolerRefusesSaysMoreThanAPortWhereNobodyListens() {
        var runtime = runtime(Map.of());
        var cache = container(runtime, "cache");
        var command = "docker exec -i -e PGCONNECT_TIMEOUT " + cache.id()
                + " psql -X -q --csv -w -v ON_ERROR_STOP=1 -h 127.0.0.1 -p ";
        shell.answering(command + "5432", new Shell.Result(2, "", "psql: error: FATAL:  not allowed\n")).answering(
                command + "6432", new Shell.Result(2, "", "psql: error: Connection refused\n"));
        assertThat(runtime.ask(cache, new Question.PoolerConsole("SHOW POOLS"))).isInstanceOfSatisfying(
                Answer.None.class, none -> assertThat(none.why()).contains("not allowed"));
    }

    @Test
    void httpIsAskedInsideWhereTheEngineIsElsewhere() {
        var runtime = runtime(Map.of());
        var cache = container(runtime, "cache");
        shell.answering("docker exec -i " + cache.id() + " curl", "up 1\n");
        assertThat(runtime.ask(cache, new Question.Http(9090, "/metrics"))).isEqualTo(new Answer.Text("up 1"));
        assertThat(lastExec().toString()).endsWith("curl -fsS -m 10 http://127.0.0.1:9090/metrics");
    }

    @Test
    void filesAreRead() {
        var runtime = runtime(Map.of());
        var cache = container(runtime, "cache");
        shell.answering("docker exec -i " + cache.id() + " cat /etc/hosts", "127.0.0.1 localhost\n");
        assertThat(runtime.ask(cache, new Question.FileText("/etc/hosts")))
                .isEqualTo(new Answer.Text("127.0.0.1 localhost\n"));
    }

    @Test
    void cgroupsAreReadInsideWhereTheEngineIsElsewhere() {
        var runtime = runtime(Map.of());
        var cache = container(runtime, "cache");
        shell.answering("docker exec -i " + cache.id() + " sh", """
                ==> /sys/fs/cgroup/memory.current
                4194304
                ==> /sys/fs/cgroup/memory.max
                8388608
                ==> /sys/fs/cgroup/memory.stat
                anon 1048576
                inactive_file 1048576
                """);
        var reading = runtime.cgroup(cache).orElseThrow();
        assertThat(reading.version()).isEqualTo(2);
        assertThat(reading.workingSet()).isEqualTo(MemorySize.ofMegabytes(3));
        assertThat(reading.limit()).contains(MemorySize.ofMegabytes(8));
    }
}
