package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.lock.LockReader;
import dev.plimsoll.observe.Question;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.Credentials;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.Runtimes;
import dev.plimsoll.run.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `up --native`, `status` and `down` with real servers.
class NativeStackLiveTest {
    private static final String STACK = """
            services:
              db:
                image: postgres:15
                environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: s3cret, POSTGRES_DB: shop}
                volumes: ["pgdata:/var/lib/postgresql/data"]
              cache:
                image: redis:7
              web:
                image: example/web:1
            volumes:
              pgdata:
            """;

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void programs() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")) && Files.isExecutable(Path.of("/usr/bin/setsid")),
                "setpriv and setsid of util-linux are missing");
        assumeTrue(Files.isDirectory(Path.of("/usr/lib/postgresql")) || "amd64".equals(System.getProperty("os.arch")),
                "there is no PostgreSQL for this processor");
    }

    private static RenderedStack rendered(LiveStack stack) throws IOException {
        return new RenderedStack(stack.rendered(), LockReader.read("lock", Files.readString(stack.rendered()
                .resolve("plimsoll.lock.yml"))));
    }

    private static State.NativeProcess process(State state, String service) {
        return state.processes().stream().filter(one -> one.service().equals(service)).findFirst().orElseThrow();
    }

    private static State.PublishedPort at(List<State.PublishedPort> ports, String service) {
        return ports.stream().filter(port -> port.service().equals(service)).findFirst().orElseThrow();
    }

    private static boolean isAlive(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void theServersOutliveTheCommandAnswerAndEndWithDown() throws IOException {
        var stack = LiveStack.of(directory, STACK);
        var up = Run.of("up", stack.rendered(), "--native");
        assertThat(up.err()).isEmpty();
        assertThat(up.out()).contains("is up", "not run: web", "/SERVICE.log");
        var state = State.read(rendered(stack)).orElseThrow();
        assertThat(state.processes()).hasSize(2).allMatch(process -> isAlive(process.pid()));
        try (var runtime = Runtimes.open(rendered(stack), new Credentials(Map.of()), Map.of())) {
            var cache = runtime.containers().getFirst();
            var db = runtime.containers().getLast();
            assertThat(runtime.ask(db, new Question.Sql("", "SELECT current_database()")))
                    .isEqualTo(new Answer.Text("shop"));
            assertThat(runtime.ask(db, new Question.Sql("", "SELECT nothing")).toString()).contains("does not exist");
            assertThat(runtime.ask(cache, new Question.Redis(List.of("PING")))).isEqualTo(new Answer.Text("PONG"));
            var planned = rendered(stack).lock().service("db").orElseThrow().setting("shared_buffers").orElseThrow();
            assertThat(runtime.ask(db, new Question.Sql("", "SHOW shared_buffers")))
                    .isEqualTo(new Answer.Text(planned.value()));
            if (!runtime.description().contains("not enforced")) {
                assertThat(runtime.cgroup(db).orElseThrow().limit())
                        .contains(rendered(stack).lock().service("db").orElseThrow().limit());
            }
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
        assertThat(state.processes()).noneMatch(process -> isAlive(process.pid()));
        assertThat(state.cgroups()).noneMatch(cgroup -> Files.exists(Path.of(cgroup)));
        assertThat(Path.of(state.data())).doesNotExist();
    }

    @Test
    void aServiceWithACommandRunsAsAProcessAndFindsItsNeighbours() throws Exception {
        Files.writeString(directory.resolve("Echo.java"), """
                import com.sun.net.httpserver.HttpServer;
                import java.net.InetSocketAddress;

                void main() throws Exception {
                    var port = Integer.parseInt(System.getenv("PORT"));
                    var server = HttpServer.create(new InetSocketAddress(System.getenv("HOST"), port), 0);
                    var said = System.getenv("REDIS_URL").getBytes();
                    server.createContext("/", exchange -> {
                        exchange.sendResponseHeaders(200, said.length);
                        exchange.getResponseBody().write(said);
                        exchange.close();
                    });
                    server.start();
                }
                """);
        var stack = LiveStack.of(directory, """
                services:
                  echo:
                    image: example/echo:1
                    environment: {REDIS_URL: "redis://cache:6379/0"}
                    ports: ["127.0.0.1:8080:8080"]
                    x-plimsoll: {kind: jvm, native: java Echo.java}
                    depends_on: [cache]
                  cache:
                    image: redis:7
                """);
        var up = Run.of("up", stack.rendered(), "--native");
        try {
            assertThat(up.code()).as(up.err()).isZero();
            var ports = State.read(rendered(stack)).orElseThrow().ports();
            try (var client = java.net.http.HttpClient.newHttpClient()) {
                var answer = client.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:"
                        + at(ports, "echo").published())).build(), java.net.http.HttpResponse.BodyHandlers.ofString());
                assertThat(answer.body()).contains(at(ports, "cache").host() + ":6379");
            }
            assertThat(Run.of("status", stack.rendered()).out()).contains("echo").contains("cache");
            // As a service does that bounds its own children.
            for (var cgroup : State.read(rendered(stack)).orElseThrow().cgroups()) {
                if (cgroup.endsWith("/echo")) {
                    Files.createDirectories(Path.of(cgroup, "own", "inner"));
                }
            }
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }

    /// A job that knows only a name must not find the server that listens on its usual port of this machine.
    @Test
    void aNameAloneLeadsToTheServerOfTheStack() throws IOException {
        var stack = LiveStack.of(directory, """
                services:
                  db:
                    image: postgres:15
                    environment: {POSTGRES_PASSWORD: s3cret}
                  other:
                    image: postgres:15
                    command: postgres -c port=5433
                    environment: {POSTGRES_PASSWORD: s3cret}
                  cache:
                    image: redis:7
                    command: redis-server --port 6380
                  migrate:
                    image: example/web:1
                    restart: "no"
                    environment:
                      DB_HOST: db
                      DB_USER: db
                      OTHER_URL: postgres://other:5433/x
                      REDIS_URL: redis://cache:6380/0
                      BACKEND: http://backend:7000
                      METRICS: http://backend:9000
                    x-plimsoll: {native: [sh, -c, "env > told"]}
                  backend:
                    image: example/web:1
                    expose: ["7000"]
                    x-plimsoll: {native: [java, Backend.java]}
                """, "8GB");
        Files.writeString(directory.resolve("Backend.java"), """
                void main() throws Exception {
                    var port = Integer.parseInt(System.getenv("PORT"));
                    try (var server = new java.net.ServerSocket(port, 9, java.net.InetAddress.getLoopbackAddress())) {
                        while (true) {
                            server.accept().close();
                        }
                    }
                }
                """);
        var up = Run.of("up", stack.rendered(), "--native");
        try {
            assertThat(up.code()).as(up.err()).isZero();
            var ports = State.read(rendered(stack)).orElseThrow().ports();
            assertThat(at(ports, "db").host()).isNotEqualTo("127.0.0.1");
            assertThat(Files.readAllLines(directory.resolve("told"))).contains("DB_USER=db",
                    "DB_HOST=" + at(ports, "db").host(),
                    "OTHER_URL=postgres://" + at(ports, "other").host() + ":5433/x",
                    "BACKEND=http://127.0.0.1:" + at(ports, "backend").published())
                    .anyMatch(line -> line.startsWith("REDIS_URL") && line.endsWith("@" + at(ports, "cache").host()
                            + ":6380/0"));
            assertThat(up.out()).contains("backend:9000 (METRICS)");
            assertThat(FailedChecks.of(stack.rendered())).isEmpty();
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }

    @Test
    void whatWaitsForAJobStartsAfterItsEnd() throws IOException {
        var stack = LiveStack.of(directory, """
                services:
                  web:
                    image: example/web:1
                    x-plimsoll: {native: [sh, -c, "cat migrated && exec sleep 600"]}
                    depends_on: {migrate: {condition: service_completed_successfully}}
                  migrate:
                    image: example/web:1
                    restart: "no"
                    x-plimsoll: {native: [sh, -c, "sleep 1; echo yes > migrated"]}
                """);
        var up = Run.of("up", stack.rendered(), "--native");
        try {
            assertThat(up.code()).as(up.err()).isZero();
            assertThat(Run.of("status", stack.rendered()).out()).contains("exited 0");
            assertThat(FailedChecks.of(stack.rendered())).isEmpty();
            assertThat(Run.of("up", stack.rendered(), "--native").out()).contains("All of it ran already")
                    .doesNotContain("rendered again");
            Run.of("render", directory, "--out", stack.rendered(), "--memory", "8GB");
            assertThat(Run.of("up", stack.rendered(), "--native").out()).contains("rendered again since");
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"exit 3, migrate ended with 3", "kill -9 $$$$, migrate ended with 137"})
    void aJobThatFailsTakesTheOthersWithIt(String script, String problem) throws IOException {
        var stack = LiveStack.of(directory, """
                services:
                  web:
                    image: example/web:1
                    x-plimsoll: {native: sleep 600}
                    depends_on: {migrate: {condition: service_completed_successfully}}
                  migrate:
                    image: example/web:1
                    x-plimsoll: {native: [sh, -c, "echo no such table; %s"]}
                """.formatted(script));
        var up = Run.of("up", stack.rendered(), "--native");
        assertThat(up.code()).isEqualTo(ExitCode.FAILED);
        assertThat(up.err()).contains(problem, "no such table");
        assertThat(State.read(rendered(stack))).isEmpty();
    }

    @Test
    void aStackThatIsUpIsUpAlsoWhereThatCannotBeWrittenDown() throws IOException {
        var stack = LiveStack.of(directory, "services: {cache: {image: 'redis:7'}}");
        Files.createDirectories(stack.rendered().resolve(".plimsoll"));
        Files.writeString(stack.rendered().resolve(".plimsoll/evidence"), "no directory");
        try {
            var up = Run.of("up", stack.rendered(), "--native");
            assertThat(up.code()).as(up.err()).isZero();
            assertThat(up.err()).contains("this result cannot be kept as evidence");
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }

    @Test
    void provingLeavesAStackAsItWasFound() throws IOException {
        var stack = LiveStack.of(directory, "services: {cache: {image: 'redis:7'}}");
        try {
            Run.of("up", stack.rendered(), "--native");
            var cache = State.read(rendered(stack)).orElseThrow().processes().getFirst().pid();
            assertThat(Run.of("prove", stack.rendered(), "--native").out()).contains("It runs already");
            assertThat(isAlive(cache)).as("it ran before").isTrue();
            ProcessHandle.of(cache).orElseThrow().destroyForcibly();
            assertThat(Run.of("prove", stack.rendered(), "--native").out()).doesNotContain("It runs already");
            assertThat(State.read(rendered(stack))).as("it did not run before").isEmpty();
            assertThat(State.kept(rendered(stack), State.Kind.NATIVE)).as("there was data").isPresent();
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }

    @Test
    void aProgramWithoutAPortThatEndsAtOnceIsSeen() throws IOException {
        var stack = LiveStack.of(directory, """
                services:
                  worker:
                    image: example/worker:1
                    restart: unless-stopped
                    x-plimsoll: {native: [sh, -c, "sleep 0.5; echo no broker; exit 1"]}
                """);
        var up = Run.of("up", stack.rendered(), "--native");
        assertThat(up.code()).isEqualTo(ExitCode.FAILED);
        assertThat(up.err()).contains("worker ended with 1", "no broker");
        assertThat(State.read(rendered(stack))).isEmpty();
    }

    /// It answers, and ends on what it reads next.
    @Test
    void aProgramThatListensAndThenEndsIsSeen() throws IOException {
        Files.writeString(directory.resolve("Late.java"), """
                void main() throws Exception {
                    var port = Integer.parseInt(System.getenv("PORT"));
                    try (var _ = new java.net.ServerSocket(port, 9, java.net.InetAddress.getLoopbackAddress())) {
                        Thread.sleep(500);
                        System.out.println("bad configuration");
                        System.exit(4);
                    }
                }
                """);
        var stack = LiveStack.of(directory, """
                services:
                  api:
                    image: example/api:1
                    ports: ["8080:8080"]
                    x-plimsoll: {native: java Late.java}
                """);
        var up = Run.of("up", stack.rendered(), "--native");
        assertThat(up.code()).isEqualTo(ExitCode.FAILED);
        assertThat(up.err()).contains("api ended with 4", "bad configuration");
        assertThat(State.read(rendered(stack))).isEmpty();
    }

    @Test
    void whatRunsIsLeftWhenTheRestIsStartedAgain() throws IOException {
        var stack = LiveStack.of(directory, """
                services:
                  cache:
                    image: redis:7
                  worker:
                    image: example/worker:1
                    x-plimsoll: {native: [sh, -c, "[ ! -e broken ] || exit 3; exec sleep 600"]}
                """);
        try {
            assertThat(Run.of("up", stack.rendered(), "--native").code()).isZero();
            var first = State.read(rendered(stack)).orElseThrow();
            var cache = process(first, "cache").pid();
            var worker = ProcessHandle.of(process(first, "worker").pid()).orElseThrow();
            worker.destroyForcibly();
            worker.onExit().join();
            var broken = Files.createFile(directory.resolve("broken"));
            var failed = Run.of("up", stack.rendered(), "--native");
            assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
            assertThat(failed.err()).contains("worker ended with 3");
            assertThat(isAlive(cache)).as("it ran before").isTrue();
            assertThat(process(State.read(rendered(stack)).orElseThrow(), "cache").pid()).isEqualTo(cache);
            assertThat(Run.of("status", stack.rendered()).code()).isEqualTo(ExitCode.FAILED);

            Files.delete(broken);
            var again = Run.of("up", stack.rendered(), "--native");
            assertThat(again.code()).as(again.err()).isZero();
            assertThat(again.out()).contains("Running already, and left as it is: cache.");
            var second = State.read(rendered(stack)).orElseThrow();
            assertThat(process(second, "cache").pid()).isEqualTo(cache);
            assertThat(isAlive(process(second, "worker").pid())).isTrue();
            assertThat(second.ports()).isEqualTo(first.ports());
            assertThat(Run.of("status", stack.rendered()).code()).isZero();
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }

    @Test
    void whatTheKernelKilledForWantOfMemoryIsNamed() throws IOException, InterruptedException {
        var stack = LiveStack.of(directory, """
                services:
                  leaky:
                    image: example/leaky:1
                    mem_limit: 64m
                    x-plimsoll: {native: [sh, -c, "[ ! -e mended ] || exec sleep 600; sleep 3; exec tail /dev/zero"]}
                """);
        try {
            assertThat(Run.of("up", stack.rendered(), "--native").code()).isZero();
            var state = State.read(rendered(stack)).orElseThrow();
            assumeTrue(state.limits().enforced() && !state.cgroups().isEmpty(), "there are no cgroups of our own");
            for (var looks = 0; isAlive(state.processes().getFirst().pid()) && looks < 600; looks++) {
                Thread.sleep(100);
            }
            assertThat(Run.of("status", stack.rendered()).out()).contains("leaky: killed for want of memory.");
            var verified = Run.of("verify", stack.rendered());
            assertThat(verified.out()).contains("killed for want of memory");
            assertThat(verified.err()).contains("the logs of the services are in " + state.data());
            Files.createFile(directory.resolve("mended"));
            assertThat(Run.of("up", stack.rendered(), "--native").code()).as("the count is of the process").isZero();
            assertThat(Run.of("status", stack.rendered()).out()).doesNotContain("killed");
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }

    @Test
    void portsAreThoseOfTheLastStart() throws IOException {
        var stack = LiveStack.of(directory, "services: {cache: {image: 'redis:7'}}\n");
        try {
            assertThat(Run.of("up", stack.rendered(), "--native").code()).isZero();
            var ports = State.read(rendered(stack)).orElseThrow().ports();
            assertThat(Run.of("down", "--keep-data", stack.rendered()).code()).isZero();
            assertThat(Run.of("up", stack.rendered(), "--native").code()).isZero();
            assertThat(State.read(rendered(stack)).orElseThrow().ports()).isEqualTo(ports);
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }

    @Test
    void aStackOfTheSameNameFromElsewhereIsLeftAlone() throws IOException {
        var compose = "services: {cache: {image: 'redis:7'}}\n";
        var stack = LiveStack.of(directory, compose);
        var other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("compose.yml"), "name: " + stack.name() + "\n" + compose);
        assertThat(Run.of("render", other, "--memory=2GB").code()).isZero();
        assertThat(Run.of("up", stack.rendered(), "--native").code()).isZero();
        try {
            var state = State.read(rendered(stack)).orElseThrow();
            assumeTrue(!state.cgroups().isEmpty(), "there are no cgroups of our own by which to know it");
            var second = Run.of("up", other.resolve("plimsoll"), "--native");
            assertThat(second.code()).isEqualTo(ExitCode.MISSING);
            assertThat(second.err()).contains("started from elsewhere", String.valueOf(state.processes().getFirst()
                    .pid()));
            assertThat(Run.of("down", other.resolve("plimsoll")).out()).startsWith("Nothing was started");
            assertThat(state.processes()).allMatch(process -> isAlive(process.pid()));
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }

    @Test
    void twoDoNotStartOrEndAStackAtOnce() throws IOException, InterruptedException {
        var stack = LiveStack.of(directory, STACK);
        var starting = stack.start("up", stack.rendered().toString(), "--native");
        try {
            LiveStack.await(starting, () -> Files.exists(stack.rendered().resolve(".plimsoll/state.json")));
            for (var command : List.of("up", "down")) {
                var second = command.equals("up")
                        ? Run.of("up", stack.rendered(), "--native")
                        : Run.of("down", stack.rendered());
                assertThat(second.code()).isEqualTo(ExitCode.MISSING);
                assertThat(second.err()).contains("is being started or ended by another");
            }
            assertThat(starting.waitFor()).as(Files.readString(directory.resolve("output.txt"))).isZero();
        } finally {
            starting.waitFor();
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }

    @Test
    void theInitScriptRunsWithoutPsqlAndKeepsItsPasswordOutOfTheLog() throws IOException {
        var stack = LiveStack.of(directory, STACK);
        var up = Run.of("up", stack.rendered(), "--native");
        try {
            assertThat(up.code()).as(up.err()).isZero();
            assertThat(up.out()).doesNotContain("init script");
            var state = State.read(rendered(stack)).orElseThrow();
            var log = Files.readString(Path.of(state.data()).resolve("db.log"));
            var password = Files.readAllLines(stack.rendered().resolve(".env")).stream().filter(line -> line.startsWith(
                    "PLIMSOLL_MONITOR_PASSWORD=")).findFirst().orElseThrow().split("=", 2)[1];
            assertThat(password).isNotBlank();
            assertThat(log).doesNotContain(password).doesNotContain("SCRAM");
            var verified = Run.of("verify", stack.rendered());
            assertThat(verified.out()).doesNotContain("pg_stat_statements: it is preloaded and not");
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }

    @Test
    void aDatabaseIsMadeAsItsImageMakesIt() throws IOException {
        Files.writeString(directory.resolve("pw.txt"), "filesecret99\n");
        var scripts = Files.createDirectories(directory.resolve("initdb"));
        Files.writeString(scripts.resolve("01-schema.sql"), """
                \\set ON_ERROR_STOP on
                CREATE DATABASE second; -- stands in no transaction
                CREATE TABLE item (name text DEFAULT '{fn};?');
                CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN; RETURN 1; END $$;
                """.replace("BEGIN;", "BEGIN"));
        try (var packed = new java.util.zip.GZIPOutputStream(
                Files.newOutputStream(scripts.resolve("20-rows.sql.gz")))) {
            packed.write("INSERT INTO item DEFAULT VALUES; INSERT INTO item VALUES ('b')"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        Files.writeString(scripts.resolve("30-more.sh"), "psql -c 'SELECT 1'");
        Files.writeString(scripts.resolve("40-dump.sql"), "\\connect second\n");
        Files.writeString(scripts.resolve("README.md"), "nothing");
        var stack = LiveStack.of(directory, """
                services:
                  db:
                    image: postgres:15
                    environment:
                      POSTGRES_PASSWORD_FILE: /run/secrets/pw
                      POSTGRES_DB: shop
                      POSTGRES_INITDB_ARGS: "--data-checksums --waldir /elsewhere"
                    secrets: [pw]
                    volumes: ["./initdb:/docker-entrypoint-initdb.d:ro", "pgdata:/var/lib/postgresql/data"]
                volumes: {pgdata: {}}
                secrets: {pw: {file: ./pw.txt}}
                """);
        try {
            var up = Run.of("up", stack.rendered(), "--native");
            assertThat(up.code()).as(up.err()).isZero();
            var notes = up.out().replaceAll("\\s+", " ");
            assertThat(notes).contains("runs without 30-more.sh", "40-dump.sql", "only psql knows",
                    "`--waldir=/elsewhere`").doesNotContain("01-schema", "20-rows", "README", "init script");
            var state = State.read(rendered(stack)).orElseThrow();
            assertThat(process(state, "db").environment()).containsEntry("POSTGRES_PASSWORD", "filesecret99");
            try (var runtime = Runtimes.open(rendered(stack), new Credentials(Map.of()), Map.of())) {
                var db = runtime.containers().getFirst();
                assertThat(List.of("SELECT string_agg(name, ' ' ORDER BY name) FROM item", "SHOW data_checksums",
                        "SELECT count(*) FROM pg_database WHERE datname = 'second'", "SELECT one()")).extracting(
                                statement -> runtime.ask(db, new Question.Sql("", statement)))
                        .containsExactly(new Answer.Text("b {fn};?"), new Answer.Text("on"), new Answer.Text("1"),
                                new Answer.Text("1"));
            }
            assertThat(Run.of("down", "--keep-data", stack.rendered()).code()).isZero();
            assertThat(Run.of("up", stack.rendered(), "--native").out()).as("they run once").doesNotContain("30-more");
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }

    @Test
    void whatWasHalfMadeIsMadeAnewAndKnownToDown() throws IOException, InterruptedException {
        var stack = LiveStack.of(directory, STACK);
        var killed = stack.start("up", stack.rendered().toString(), "--native");
        var file = stack.rendered().resolve(".plimsoll/state.json");
        LiveStack.await(killed, () -> Files.exists(file) && Files.exists(Path.of(State.read(known(stack)).orElseThrow()
                .data(), "db", "data.new", "PG_VERSION")));
        var below = killed.descendants().toList();
        killed.destroyForcibly().waitFor();
        below.forEach(ProcessHandle::destroyForcibly);
        var data = Path.of(State.read(rendered(stack)).orElseThrow().data());
        try {
            var up = Run.of("up", stack.rendered(), "--native");
            assertThat(up.code()).as(up.err()).isZero();
        } finally {
            assertThat(Run.of("down", stack.rendered()).out()).contains("is down");
        }
        assertThat(data).doesNotExist();
    }

    private static RenderedStack known(LiveStack stack) {
        try {
            return rendered(stack);
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    @Test
    void anUntouchedStackPassesItsVerification() throws IOException {
        var stack = LiveStack.of(directory, STACK);
        var up = Run.of("up", stack.rendered(), "--native");
        assertThat(up.code()).as(up.err()).isZero();
        try {
            assertThat(FailedChecks.of(stack.rendered())).isEmpty();
            assertThat(Run.of("verify", stack.rendered()).err()).contains("not verified", "web");
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }

    @Test
    void aServerThatDoesNotStartTakesTheOthersWithIt() throws IOException {
        var stack = LiveStack.of(directory, STACK);
        Files.createDirectories(stack.rendered().resolve("cache/private"));
        Files.writeString(stack.rendered().resolve("cache/private/users.acl"), "this is no list of users\n");
        var up = Run.of("up", stack.rendered(), "--native");
        assertThat(up.code()).isEqualTo(ExitCode.FAILED);
        assertThat(up.err()).contains("cache ended with 1").contains("users.acl");
        assertThat(State.read(rendered(stack))).isEmpty();
        assertThat(ProcessHandle.allProcesses().filter(handle -> isAlive(handle.pid())).flatMap(handle -> handle.info()
                .commandLine().stream()).filter(line -> line.contains(stack.name()))).isEmpty();
    }

    @Test
    void aStartThatFailsSparesTheDataOfTheOneBefore() throws IOException {
        var stack = LiveStack.of(directory, STACK);
        assertThat(Run.of("up", stack.rendered(), "--native").code()).isZero();
        var data = Path.of(State.read(rendered(stack)).orElseThrow().data());
        assertThat(Run.of("down", "--keep-data", stack.rendered()).out()).contains("its data is kept");
        Files.writeString(stack.rendered().resolve("cache/private/users.acl"), "this is no list of users\n");

        assertThat(Run.of("up", stack.rendered(), "--native").code()).isEqualTo(ExitCode.FAILED);
        assertThat(data.resolve("db/data/PG_VERSION")).exists();
        assertThat(Run.of("down", stack.rendered()).out()).contains("The data that was kept", "is removed");
        assertThat(data).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void anInterruptedStartLeavesNoProcess(String signal, int code) throws IOException, InterruptedException {
        var stack = LiveStack.of(directory, STACK);
        var up = stack.start("up", stack.rendered().toString(), "--native");
        var file = stack.rendered().resolve(".plimsoll/state.json");
        LiveStack.await(up, () -> Files.exists(file));
        var data = Path.of(State.read(rendered(stack)).orElseThrow().data());
        LiveStack.signal(up, signal);
        assertThat(up.waitFor()).as(Files.readString(directory.resolve("output.txt"))).isEqualTo(code);
        assertThat(directory.resolve("output.txt")).content().contains("interrupted:").doesNotContain("error");
        assertThat(file).doesNotExist();
        assertThat(data).doesNotExist();
        assertThat(ProcessHandle.allProcesses().filter(handle -> isAlive(handle.pid())).flatMap(handle -> handle.info()
                .commandLine().stream()).filter(line -> line.contains(stack.name()))).isEmpty();
    }

    @Test
    void anInterruptedDownSaysSo() throws IOException, InterruptedException {
        var stack = LiveStack.of(directory, """
                services:
                  stubborn:
                    image: example/web:1
                    x-plimsoll: {native: [sh, -c, "trap '' TERM; echo ready > ready; while true; do sleep 1; done"]}
                """);
        try {
            assertThat(Run.of("up", stack.rendered(), "--native").code()).isZero();
            var down = stack.start("down", stack.rendered().toString());
            Thread.sleep(3000);
            LiveStack.signal(down, "INT");
            down.waitFor();
            assertThat(directory.resolve("output.txt")).content().contains("interrupted: `plimsoll down` once more");
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }

    @Test
    void dryRunStartsNothing() throws IOException {
        var stack = LiveStack.of(directory, STACK);
        var run = Run.of("up", stack.rendered(), "--native", "--dry-run");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("/postgres -D ", "redis", "# not run: web");
        assertThat(stack.rendered().resolve(".plimsoll")).isDirectoryNotContaining(file -> !file.endsWith("sources"));
    }
}
