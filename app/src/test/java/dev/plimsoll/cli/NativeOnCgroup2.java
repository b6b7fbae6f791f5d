package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.cli.FailedChecks.Failure;
import dev.plimsoll.lock.LockReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `up --native`, `status`, `verify` and `down` where cgroups are of version 2. Run by [Cgroup2LiveTest] in a
/// machine of its own, whose topmost cgroup is free.
class NativeOnCgroup2 {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void limitsHoldAKillIsSeenAndNoCgroupStays() throws IOException, InterruptedException {
        var stack = LiveStack.of(directory, """
                services:
                  db:
                    image: postgres:15
                    environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: s3cret, POSTGRES_DB: shop}
                  cache:
                    image: redis:7
                  hog:
                    image: example/hog:1
                    x-plimsoll: {kind: jvm, native: sh hog.sh}
                """);
        Files.writeString(directory.resolve("hog.sh"), """
                until [ -e go ]; do sleep 0.2; done
                dd if=/dev/zero of=/dev/null bs=1500M count=1
                sleep 600
                """);
        var before = groups();
        try {
            var up = Run.of("up", stack.rendered(), "--native");
            assertThat(up.code()).as(up.out() + up.err()).isZero();
            isLimited(stack);
            assertThat(FailedChecks.of(stack.rendered())).isEmpty();

            Files.createFile(directory.resolve("go"));
            var until = System.nanoTime() + LONGEST.toNanos();
            while (cgroup(stack, "hog").path("oom_kills").asLong() == 0) {
                assertThat(System.nanoTime()).as("the kill was not seen").isLessThan(until);
                Thread.sleep(500);
            }
            assertThat(cgroup(stack, "hog").path("limit_hits").asLong()).isPositive();
            assertThat(cgroup(stack, "db").path("oom_kills").asLong()).isZero();
            assertThat(Run.of("status", stack.rendered()).out()).contains("killed for want of memory");
            assertThat(FailedChecks.of(stack.rendered())).extracting(Failure::service).containsOnly("hog");
        } finally {
            var down = Run.of("down", stack.rendered());
            assertThat(down.code()).as(down.out() + down.err()).isZero();
        }
        assertThat(groups()).isEqualTo(before);
    }

    private static void isLimited(LiveStack stack) throws IOException {
        var lock = LockReader.read("lock", Files.readString(stack.rendered().resolve("plimsoll.lock.yml")));
        for (var name : List.of("db", "cache", "hog")) {
            var cgroup = cgroup(stack, name);
            assertThat(cgroup.path("version").asInt()).as(name).isEqualTo(2);
            assertThat(cgroup.path("limit_bytes").asLong()).as(name).isEqualTo(lock.service(name).orElseThrow().limit()
                    .bytes());
            assertThat(cgroup.path("working_set_bytes").asLong()).as(name).isPositive();
        }
        var made = groups().stream().filter(group -> group.endsWith("hog")).toList();
        assertThat(made).singleElement().satisfies(group -> {
            var swap = group.resolve("memory.swap.max");
            assertThat(Files.exists(swap) ? Files.readString(swap).strip() : "0").isEqualTo("0");
        });
    }

    /// As in a shell of a server without systemd: a group with processes hands no controller down.
    @Test
    void withinAGroupWithProcessesItRunsAndSaysThatNothingIsEnforced() throws IOException, InterruptedException {
        var stack = LiveStack.of(directory, "services:\n  cache:\n    image: redis:7\n");
        var shell = Files.createDirectory(CGROUPS.resolve("shell"));
        try {
            var up = inside(shell, "up", stack.rendered().toString(), "--native");
            assertThat(up).contains("is up");
            assertThat(inside(shell, "status", stack.rendered().toString())).contains("limits are not enforced");
        } finally {
            assertThat(inside(shell, "down", stack.rendered().toString())).contains("is down");
            Files.delete(shell);
        }
    }

    private String inside(Path group, String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("sh", "-c", "echo $$ > \"$0/cgroup.procs\"; exec \"$@\"", group.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), "dev.plimsoll.cli.Main"));
        all.addAll(List.of(words));
        var output = directory.resolve("output.txt");
        var process = new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    private static JsonNode cgroup(LiveStack stack, String service) {
        var status = Run.of("status", stack.rendered(), "--format", "json");
        assertThat(status.code()).as(status.err()).isZero();
        return JsonMapper.shared().readTree(status.out()).path("containers").valueStream()
                .filter(one -> one.path("service").asString().equals(service)).findFirst().orElseThrow().path("cgroup");
    }

    private static List<Path> groups() throws IOException {
        try (var all = Files.find(CGROUPS, 5, (_, attributes) -> attributes.isDirectory())) {
            return all.sorted().toList();
        }
    }
}
