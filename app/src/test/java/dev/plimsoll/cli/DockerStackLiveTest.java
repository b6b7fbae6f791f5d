package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.run.Command;
import dev.plimsoll.run.LocalShell;
import dev.plimsoll.run.docker.Compose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// `up`, `status` and `down` with a real engine.
class DockerStackLiveTest {
    private static final String STACK = """
            services:
              db:
                image: postgres:15
                container_name: plt-taken
                environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: s3cret, POSTGRES_DB: shop}
                ports: ["5432:5432"]
                volumes: ["./pgdata:/var/lib/postgresql/data"]
                healthcheck: {test: [CMD-SHELL, pg_isready -U app -d shop], interval: 1s, retries: 60}
              cache:
                image: redis:7
                depends_on: {db: {condition: service_healthy}}
                volumes: ["cache:/data"]
            volumes:
              cache: {name: plt-taken-cache}
            networks:
              default: {name: plt-taken-net}
            """;

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void engine() {
        LiveStack.assumeEngine("postgres:15", "redis:7");
    }

    @Test
    void aStackComesUpIsSeenAndGoesDownWithoutTouchingTheUsersOwn() throws IOException {
        var stack = LiveStack.of(directory, STACK);
        try {
            var up = Run.of("up", stack.rendered());
            assertThat(up.err()).isEmpty();
            assertThat(up.code()).isZero();
            assertThat(up.out()).contains(stack.name() + "-plimsoll is up", "127.0.0.1:", "-> 5432",
                    "instead of your pgdata");
            assertThat(up.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));

            var status = Run.of("status", stack.rendered(), "--format", "json");
            assertThat(status.code()).as(status.err()).isZero();
            var containers = JsonMapper.shared().readTree(status.out()).path("containers");
            assertThat(containers.size()).isEqualTo(2);
            assertThat(containers.path(1).path("service").asString()).isEqualTo("db");
            assertThat(containers.path(1).path("cgroup").path("working_set_bytes").asLong()).isPositive();
            assertThat(containers.path(1).path("cgroup").path("limit_bytes").asLong())
                    .isEqualTo(containers.path(1).path("limit_bytes").asLong());
            assertThat(Run.of("status", stack.rendered()).out().lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));

            assertThat(Run.of("up", stack.rendered()).out()).as("again, with the same ports").isEqualTo(up.out());
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
        assertThat(stack.left()).isEmpty();
        assertThat(directory.resolve("pgdata")).doesNotExist();
        assertThat(Run.of("down", stack.rendered()).out()).startsWith("Nothing was started");
    }

    @Test
    void aServiceThatEndsTakesTheRestWithItAndShowsItsLastWords() throws IOException {
        var stack = LiveStack.of(directory, STACK.replace("image: redis:7",
                "image: redis:7\n    command: [sh, -c, 'echo the disk is on fire; exit 3']"));
        var up = Run.of("up", stack.rendered());
        assertThat(up.code()).isEqualTo(ExitCode.FAILED);
        assertThat(up.err()).contains("cache restarts again and again", "the disk is on fire");
        assertThat(stack.left()).isEmpty();
        assertThat(stack.rendered().resolve(".plimsoll/state.json")).doesNotExist();
    }

    @Test
    void aStartThatFailsSparesTheDataOfTheOneBefore() throws IOException {
        var stack = LiveStack.of(directory, STACK);
        assertThat(Run.of("up", stack.rendered()).code()).isZero();
        assertThat(Run.of("down", "--keep-data", stack.rendered()).out()).contains("its data is kept");
        var volumes = stack.left();
        assertThat(volumes).isNotEmpty().allMatch(one -> one.startsWith("volume"));
        var files = Files.readString(directory.resolve("compose.yml"));
        Files.writeString(directory.resolve("compose.yml"), files.replace("image: redis:7",
                "image: redis:7\n    entrypoint: [sh, -c, 'exit 3']"));

        assertThat(Run.of("up", stack.rendered()).code()).isEqualTo(ExitCode.FAILED);
        assertThat(stack.left()).isEqualTo(volumes);
        assertThat(Run.of("down", stack.rendered()).out()).contains("The data that was kept", "is removed");
        assertThat(stack.left()).isEmpty();
    }

    @Test
    void aServiceOfAProfileIsKeptApartToo() throws IOException {
        var stack = LiveStack.of(directory, STACK.replace("image: redis:7", "image: redis:7\n    profiles: [full]"),
                "2GB", "--profile=full");
        try {
            assertThat(Run.of("up", stack.rendered()).out()).contains("cache", stack.name() + "-plimsoll is up");
            assertThat(stack.left()).filteredOn(one -> one.startsWith("container")).hasSize(2);
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
        assertThat(stack.left()).isEmpty();
    }

    @Test
    void theUsersOwnProjectIsLookedAtWhereNothingElseRuns() throws IOException {
        var stack = LiveStack.of(directory, STACK.replace("5432:5432", "127.0.0.1::5432")
                .replace("./pgdata:", "pgdata:").replace("\nvolumes:\n", "\nvolumes:\n  pgdata:\n"));
        try (var shell = new LocalShell()) {
            var compose = Compose.required(shell, System.getenv());
            var words = new ArrayList<>(compose.words());
            words.addAll(List.of("--project-directory", directory.toString(), "--env-file", stack.rendered().resolve(
                    ".env").toString(), "-f", directory.resolve("compose.yml").toString(), "-f", stack.rendered()
                            .resolve("compose.plimsoll.yml").toString()));
            try {
                var up = shell.run(Command.of(Stream.concat(words.stream(), Stream.of("up", "-d", "--wait")).toList())
                        .within(Duration.ofMinutes(2)));
                assertThat(up.succeeded()).as(up.err()).isTrue();
                assertThat(Run.of("status", stack.rendered()).out()).startsWith(stack.name() + ": Docker Engine");
                assertThat(Run.of("verify", "--only=containers", stack.rendered()).out()).contains("project "
                        + stack.name(), "0 failed");
            } finally {
                shell.run(Command.of(Stream.concat(words.stream(), Stream.of("down", "--volumes")).toList())
                        .within(Duration.ofMinutes(1)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void anInterruptedStartLeavesNothing(String signal, int code) throws IOException, InterruptedException {
        var stack = LiveStack.of(directory, STACK);
        var up = stack.start("up", stack.rendered().toString());
        LiveStack.await(up, () -> stack.left().stream().anyMatch(one -> one.startsWith("container")));
        LiveStack.signal(up, signal);
        assertThat(up.waitFor()).as(Files.readString(directory.resolve("output.txt"))).isEqualTo(code);
        assertThat(stack.left()).isEmpty();
    }

    @Test
    void aProjectOfTheSameNameFromElsewhereIsLeftAlone() throws IOException {
        var stack = LiveStack.of(directory, STACK);
        try {
            assertThat(Run.of("up", stack.rendered()).code()).isZero();
            var copy = Files.createDirectory(directory.resolve("copy"));
            for (var name : List.of("plimsoll.lock.yml", "compose.plimsoll.yml", ".env")) {
                Files.copy(stack.rendered().resolve(name), copy.resolve(name));
            }
            var other = Run.of("up", copy);
            assertThat(other.code()).isEqualTo(ExitCode.MISSING);
            assertThat(other.err()).contains("has containers already", stack.rendered().toString());
        } finally {
            assertThat(Run.of("down", stack.rendered()).code()).isZero();
        }
    }
}
