package dev.plimsoll.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The test bed has what the examples need, and its stand-ins behave like the images whose names they bear.
class TestBedTest {
    private static final Path IMAGES = Path.of("../testbed/images");
    private static final Path EXAMPLES = Path.of("../examples");
    private static final Pattern IMAGE = Pattern.compile("^ +image: (\\S+)$", Pattern.MULTILINE);

    /// Built from Maven Central instead of a directory of its own; see testbed/up.
    private static final List<String> EMBEDDED = List.of("postgres:16", "postgres:16-alpine");

    @Test
    void hasAStandInForEveryImageOfAnExample() throws IOException {
        var provided = Stream.concat(EMBEDDED.stream(), Files.readAllLines(IMAGES.resolve("list")).stream()
                .filter(line -> !line.startsWith("#")).flatMap(line -> Arrays.stream(line.split(" +")).skip(1)))
                .toList();
        var named = new ArrayList<String>();
        for (var file : below(EXAMPLES, ".yml")) {
            IMAGE.matcher(Files.readString(file)).results().forEach(match -> named.add(match.group(1)));
        }
        assertThat(named).isNotEmpty();
        assertThat(provided).containsAll(named);
    }

    @Test
    void everyDockerfileSaysWhatItStandsInFor() throws IOException {
        var dockerfiles = Stream.concat(below(IMAGES, "Dockerfile").stream(), below(IMAGES, ".embedded").stream());
        assertThat(dockerfiles).isNotEmpty().allSatisfy(
                file -> assertThat(Files.readAllLines(file).getFirst()).startsWith("# Stands in for "));
    }

    @Nested
    class OnItsEngine {
        @BeforeEach
        void needsTheEngine() {
            assumeTrue("1".equals(System.getenv("PLIMSOLL_TESTBED_READY")), "the test bed is not up: testbed/up");
        }

        @Test
        void postgres15StopsAtTheInitdbArgumentsOfAnExample() throws Exception {
            var run = docker("run", "--rm", "-e", "POSTGRES_PASSWORD=x", "-e",
                    "POSTGRES_INITDB_ARGS=-c shared_buffers=256MB", "postgres:15");
            assertThat(run.code()).isNotZero();
            assertThat(run.output()).contains("invalid option -- 'c'");
        }

        @Test
        void postgresRefusesToStartWithoutAPassword() throws Exception {
            for (var image : List.of("postgres:15", "postgres:16", "postgres:17")) {
                var run = docker("run", "--rm", image);
                assertThat(run.code()).isEqualTo(1);
                assertThat(run.output()).contains("superuser password is not specified");
            }
        }

        @Test
        void flagsAloneStandForTheProgram() throws Exception {
            assertThat(docker("run", "--rm", "redis:7", "--version").output()).contains("Redis server v=7.");
            assertThat(docker("run", "--rm", "postgres:15", "--version").output())
                    .contains("postgres (PostgreSQL) 15.");
            assertThat(docker("run", "--rm", "postgres:16", "--version").output())
                    .contains("postgres (PostgreSQL) 16.");
            assertThat(docker("run", "--rm", "postgres:17", "--version").output())
                    .contains("postgres (PostgreSQL) 17.");
            assertThat(docker("run", "--rm", "prom/prometheus:v3.5.0", "--version").output()).contains("prometheus, ");
        }

        @Test
        void pgbouncerWritesItsSettingsFromTheEnvironment() throws Exception {
            var run = docker("run", "--rm", "-e", "DATABASE_URL=postgres://me:secret@db:5433/books", "-e",
                    "AUTH_TYPE=scram-sha-256", "-e", "POOL_MODE=transaction", "edoburu/pgbouncer:1.18.0", "cat",
                    "/etc/pgbouncer/pgbouncer.ini", "/etc/pgbouncer/userlist.txt");
            assertThat(run.output()).contains("books = host=db port=5433 auth_user=me", "pool_mode = transaction",
                    "listen_port = 5432", "\"me\" \"secret\"");
        }

        @Test
        void aLimitIsTheLimitOfTheContainer() throws Exception {
            var run = docker("run", "--rm", "--memory", "64m", "--memory-swap", "64m", "example/rag-api:1.4.0",
                    "python3", "-c", "print(len(b'1' * (200 << 20)))");
            assertThat(run.code()).isEqualTo(137);
        }
    }

    private record Run(int code, String output) {}

    private static Run docker(String... words) throws IOException, InterruptedException {
        var command = Stream.concat(Stream.of("docker"), Stream.of(words)).toList();
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private static List<Path> below(Path directory, String ending) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
