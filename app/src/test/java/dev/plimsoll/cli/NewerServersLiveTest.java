package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.cli.FailedChecks.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A stack with PostgreSQL 17, Valkey 8, Redis 8 and PgBouncer 1.24 from the plan to its end.
class NewerServersLiveTest {
    private static final Path COMPOSE = Path.of("src/test/resources/newer/compose.yml");
    private static final String RESTRICTED = "+@all -flushall -flushdb -debug -shutdown -replicaof -slaveof -module "
            + "-config +config|get -acl +acl|whoami";

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void testBed() {
        LiveStack.assumeEngine("valkey/valkey:8", "redis:8", "edoburu/pgbouncer:v1.24.1-p1", "postgres:17",
                "example/book-reader:3.2.1");
    }

    @Test
    void aStackOfThemHoldsItsSabotagesAreNamedAndItGoesWithoutATrace() throws IOException, InterruptedException {
        var live = LiveStack.of(directory, Files.readString(COMPOSE), "4GB");
        try (var stack = SabotagedStack.of(live)) {
            stack.up();
            works(stack);
            assertThat(stack.failures()).as("untouched").isEmpty();
            isWatched(live);
            isCalibrated(live);

            sabotage(stack);
            var failures = stack.failures();
            isNamed(failures, "cache", "FLUSHALL allowed");
            isNamed(failures, "cache", "maxmemory is as planned: 0");
            isNamed(failures, "queue", "eve was added");
            isNamed(failures, "queue", "anyone who reaches it may enter");
            isNamed(failures, "queue", "appendonly is as planned: no");
            isNamed(failures, "queue", "allkeys-random instead");
            isNamed(failures, "pooler", "max_prepared_statements is as planned: 0");
            isNamed(failures, "pooler", "session instead of transaction");
            undo(stack);
            assertThat(stack.failuresOnceSettled()).as("mended").isEmpty();

            opensValkeyInItsFile(stack);
            isNamed(stack.failures(), "cache", "anyone who reaches it may enter");
        }
        assertThat(live.left()).isEmpty();
    }

    private static void isNamed(List<Failure> failures, String service, String words) {
        assertThat(failures).anySatisfy(failure -> {
            assertThat(failure.service()).isEqualTo(service);
            assertThat(failure.text()).contains(words);
        });
    }

    /// Clients do with the rendered users what they did before, and prepare statements behind the pooler.
    private static void works(SabotagedStack stack) {
        assertThat(stack.docker("exec", stack.container("worker"), "python3", "-c",
                "from reader.tasks import add; print(add.delay(2, 3).get(timeout=60))").strip()).isEqualTo("5");
        for (var words : List.of("-i -q -s 1", "-n -M prepared -c 6 -t 20")) {
            stack.docker(("run --rm --network " + stack.live().name() + "-plimsoll_default -e "
                    + "PGPASSWORD=t8Xq2vLr0KzWm5 --entrypoint pgbench postgres:15 -h pooler -U shop " + words + " shop")
                    .split(" "));
        }
    }

    private static void isWatched(LiveStack live) {
        var checks = json("verify", live, "--format=json").path("scenarios").valueStream()
                .flatMap(scenario -> scenario.path("checks").valueStream())
                .filter(check -> check.path("verdict").asString().equals("passed")).toList();
        for (var expected : List.of("cache maxmemory is as planned", "cache asks for a password",
                "cache the default user may do what its file says", "queue appendonly is as planned",
                "queue the default user may do what its file says", "pooler max_prepared_statements is as planned",
                "pooler pool_mode is as planned")) {
            assertThat(checks).anySatisfy(check -> assertThat(check.path("service").asString("") + " "
                    + check.path("what").asString()).isEqualTo(expected));
        }
    }

    private static void isCalibrated(LiveStack live) {
        var services = json("calibrate", live, "--for=4s", "--every=2s", "--format=json").path("services");
        for (var name : List.of("db", "pooler", "cache", "queue")) {
            var service = services.valueStream().filter(one -> one.path("service").asString().equals(name)).findFirst()
                    .orElseThrow();
            var held = service.path("held_bytes").asLong();
            assertThat(held).as(name).isPositive();
            assertThat(service.path("ceiling_bytes").asLong()).as("ceiling of %s", name).isGreaterThan(held);
        }
    }

    private static JsonNode json(String command, LiveStack live, String... options) {
        var run = Run.of(Stream.concat(Stream.of(command, live.rendered()), Stream.of(options)).toArray());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }

    private static String users(String service) {
        return "plimsoll/" + service + "/private/users.acl";
    }

    private static void sabotage(SabotagedStack stack) throws IOException {
        for (var server : List.of(List.of("cache", "valkey-cli"), List.of("queue", "redis-cli"))) {
            stack.edit(users(server.getFirst()), RESTRICTED, "+@all");
            stack.restart(server.getFirst(), server.getLast());
            stack.restore(users(server.getFirst()));
        }
        stack.docker("exec", stack.container("cache"), "valkey-cli", "CONFIG", "SET", "maxmemory", "0");
        for (var words : List.of("CONFIG SET appendonly no", "CONFIG SET maxmemory-policy allkeys-random",
                "ACL SETUSER eve on >x8Kd02mQpLr ~* +@all", "ACL SETUSER default nopass")) {
            stack.docker(("exec " + stack.container("queue") + " redis-cli " + words).split(" "));
        }
        stack.edit("plimsoll/pooler/pgbouncer.ini", "max_prepared_statements = 200", "max_prepared_statements = 0");
        stack.replace("plimsoll/pooler/pgbouncer.ini", Files.readString(stack.live().rendered().resolve(
                "pooler/pgbouncer.ini")).replace("pool_mode = transaction", "pool_mode = session"));
        stack.docker("kill", "-s", "HUP", stack.container("pooler"));
    }

    private static void undo(SabotagedStack stack) throws IOException {
        stack.restart("cache", "valkey-cli");
        stack.restart("queue", "redis-cli");
        stack.restore("plimsoll/pooler/pgbouncer.ini");
        stack.docker("kill", "-s", "HUP", stack.container("pooler"));
    }

    private static void opensValkeyInItsFile(SabotagedStack stack) throws IOException {
        stack.edit(users("cache"), " ~* &* +@all", " nopass ~* &* +@all");
        stack.restart("cache", "valkey-cli");
    }
}
