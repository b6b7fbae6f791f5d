package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.run.Command;
import dev.plimsoll.run.LocalShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `calibrate` under load, with a real engine: what was planned as the worst case holds.
class CalibrateLiveTest {
    private static final String STACK = """
            services:
              db:
                image: postgres:15
                environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: s3cret-pw, POSTGRES_DB: shop}
                volumes: ["db:/var/lib/postgresql/data"]
                healthcheck: {test: [CMD-SHELL, pg_isready -U app -d shop], interval: 1s, retries: 60}
                x-plimsoll: {connections: 50}
              cache:
                image: redis:7
                x-plimsoll: {dataset: 120m}
              pool:
                image: edoburu/pgbouncer:1.18.0
                environment: {DB_HOST: db, DB_USER: app, DB_PASSWORD: s3cret-pw, DB_NAME: shop,
                  AUTH_TYPE: scram-sha-256, MAX_CLIENT_CONN: "500"}
                depends_on: {db: {condition: service_healthy}}
              app:
                image: plimsoll/testbed-app
            volumes:
              db: {}
            """;

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void testBed() {
        assumeTrue("1".equals(System.getenv("PLIMSOLL_TESTBED_READY")), "the test bed is not up");
        LiveStack.assumeEngine("postgres:15", "redis:7", "edoburu/pgbouncer:1.18.0", "plimsoll/testbed-app");
    }

    @Test
    void theWorstCaseAsPlannedHoldsUnderLoad() throws IOException, InterruptedException {
        var stack = LiveStack.of(directory, STACK);
        var loads = new ArrayList<Process>();
        try {
            var up = Run.of("up", stack.rendered());
            assertThat(up.code()).as(up.err()).isZero();
            load(stack, "postgres:15", "pgbench -h pool -p 5432 -U app -i -s 5 -q shop");
            load(stack, "redis:7", "redis-benchmark -h cache -n 300000 -r 200000 -d 400 -t set -P 16 -q");
            loads.add(start(stack, "postgres:15", "pgbench -h pool -p 5432 -U app -c 150 -j 2 -T 60 -n shop"));
            loads.add(start(stack, "postgres:15", "pgbench -h db -p 5432 -U app -c 25 -j 2 -T 60 -n shop"));
            loads.add(
                    start(stack, "redis:7", "redis-benchmark -h cache -c 50 -n 100000000 -r 200000 -d 400 -t get -q"));
            Thread.sleep(10_000);

            var run = Run.of("calibrate", stack.rendered(), "--for=20s", "--every=2s", "--format=json");

            assertThat(run.code()).as(run.out() + run.err()).isZero();
            var services = JsonMapper.shared().readTree(run.out()).path("services");
            for (var name : List.of("db", "cache", "pool")) {
                holds(services, name);
            }
            assertThat(Files.readString(stack.rendered().resolve("calibration.yml"))).contains("backend", "client");
            assertThat(Run.of("report", stack.rendered()).out()).contains("Memory, planned and measured",
                    "-measurement.json | memory |");
            var again = Run.of("render", directory, "--memory=2GB");
            assertThat(again.out()).contains("Planning with what was measured");
        } finally {
            loads.forEach(Process::destroy);
            for (var one : loads) {
                one.waitFor();
            }
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
        assertThat(stack.left()).isEmpty();
    }

    private static void holds(JsonNode services, String name) {
        var service = services.valueStream().filter(one -> one.path("service").asString().equals(name)).findFirst()
                .orElseThrow();
        var held = service.path("held_bytes").asLong();
        assertThat(held).as(name).isPositive();
        assertThat(service.path("ceiling_bytes").asLong()).as("ceiling of %s", name).isGreaterThanOrEqualTo(held);
        assertThat(service.path("model").path("bound_bytes").asLong()).as("model of %s", name)
                .isGreaterThanOrEqualTo(held);
    }

    private static Command command(LiveStack stack, String image, String words) {
        return Command.of("docker", "run", "--rm", "--network", stack.name() + "-plimsoll_default", "-e",
                "PGPASSWORD=s3cret-pw", "--entrypoint", "timeout", image, "70").and(words.split(" "));
    }

    private static void load(LiveStack stack, String image, String words) {
        try (var shell = new LocalShell()) {
            var done = shell.run(command(stack, image, words));
            assertThat(done.succeeded()).as(done.reason()).isTrue();
        }
    }

    private static Process start(LiveStack stack, String image, String words) throws IOException {
        return new ProcessBuilder(command(stack, image, words).words()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
