package dev.plimsoll.bench.load;

import dev.plimsoll.kinds.Amount;
import dev.plimsoll.kinds.PgBouncer;
import dev.plimsoll.kinds.RedisMemory;
import dev.plimsoll.units.MemorySize;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The peak memory of Redis and pgBouncer under load, each in a memory cgroup, beside what the model said before they
/// were started: of Redis from `maxmemory`, which every load fills, of pgBouncer from clients and server connections.
public final class Neighbours {
    private static final int MISSING = 3;
    private static final MemorySize AMPLE = MemorySize.ofGigabytes(2);
    private static final int POOL = 20;
    private static final List<Integer> CLIENTS = List.of(20, 60, 120, 500);
    private static final List<Integer> MEGABYTES = List.of(64, 128, 256);

    private static final Pattern KEYS = Pattern.compile("([0-9.]+)K");

    /// What fills a Redis.
    ///
    /// @param runs options of `redis-benchmark`, one run after the other; `1K` is twice as many keys of 400 bytes as fit
    private record Filling(String name, Function<MemorySize, Amount> model, List<String> runs) {}

    private static final List<Filling> FILLINGS = List.of(
            new Filling("values of 400 bytes", RedisMemory::held,
                    List.of("-t set -d 400 -r 1K -n 1K -P 16 -c 20", "-t set,get -d 400 -r 1K -n 200000 -c 50")),
            new Filling("values of 32 bytes", RedisMemory::held, List.of("-t set -d 32 -r 10000000 -n 4K -P 32 -c 20")),
            new Filling("values of 100 bytes, then 3000, then 700", RedisMemory::churned,
                    List.of("-t set -d 100 -r 1K -n 4K -P 32 -c 20", "-t set -d 3000 -r 1K -n 1K -P 16 -c 20",
                            "-t set -d 700 -r 1K -n 1K -P 16 -c 20")),
            new Filling("one hash that grows and is evicted whole", RedisMemory::churned,
                    List.of("-t hset -d 200 -r 1K -n 4K -P 16 -c 50")),
            new Filling("six sizes, each replaced before it had replaced the last", RedisMemory::churned,
                    List.of("-t set -d 60 -r 3.3K -n 0.6K -P 16 -c 20", "-t set -d 100 -r 3.3K -n 2.1K -P 16 -c 20",
                            "-t set -d 3000 -r 3.3K -n 0.08K -P 16 -c 20",
                            "-t set -d 1500 -r 3.3K -n 0.1K -P 16 -c 20", "-t set -d 60 -r 3.3K -n 1K -P 16 -c 20",
                            "-t set -d 300 -r 3.3K -n 1K -P 16 -c 20")));

    private final PrintStream out;
    private final Path work;

    private Neighbours(PrintStream out, Path work) {
        this.out = out;
        this.work = work;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var work = Files.createTempDirectory("plimsoll-bench");
        try {
            Command.of(work, "chmod", "755", work.toString()).succeed();
            var neighbours = new Neighbours(new PrintStream(System.out, true, StandardCharsets.UTF_8), work);
            neighbours.redis();
            neighbours.poolers();
        } catch (MissingTool missing) {
            System.err.println("error: " + missing.getMessage());
            System.exit(MISSING);
        } finally {
            Command.of(Path.of("/"), "rm", "-rf", work.toString()).succeed();
        }
    }

    private void redis() throws IOException, InterruptedException {
        out.printf(
                "| Redis, maxmemory | load | predicted MB | peak MB | predicted / peak |%n|---|---|---:|---:|---:|%n");
        for (var megabytes : MEGABYTES) {
            for (var filling : FILLINGS) {
                print(megabytes + "mb | " + filling.name(), filling.model().apply(MemorySize.ofMegabytes(megabytes)),
                        fill(megabytes, filling));
            }
        }
    }

    private Held fill(int megabytes, Filling filling) throws IOException, InterruptedException {
        var group = Cgroup.create(name("redis"), AMPLE);
        var socket = work.resolve("redis.sock");
        try {
            var server = Command
                    .of(work, "redis-server", "--port", "0", "--unixsocket", socket.toString(), "--save", "",
                            "--appendonly", "no", "--maxmemory", megabytes + "mb", "--maxmemory-policy", "allkeys-lru")
                    .behind(group.joining()).start(work.resolve("redis.log"));
            try (var watch = PeakWatch.on(group)) {
                await(socket);
                for (var run : filling.runs()) {
                    Command.of(work, "redis-benchmark", "-q", "-s", socket.toString())
                            .with(options(run, megabytes).split(" ")).succeed();
                }
                return watch.peak();
            } finally {
                Ending.of(server, "KILL");
                Files.deleteIfExists(socket);
            }
        } finally {
            group.remove();
        }
    }

    private static String options(String run, int megabytes) {
        var keys = megabytes * 1_048_576L / 500 * 2;
        return KEYS.matcher(run)
                .replaceAll(found -> String.valueOf((long) (Double.parseDouble(found.group(1)) * keys)));
    }

    private static String name(String of) {
        return "plimsoll-bench-" + ProcessHandle.current().pid() + "-" + of;
    }

    private static void await(Path socket) throws InterruptedException {
        for (var tries = 0; tries < 100 && !Files.exists(socket); tries++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void poolers() throws IOException, InterruptedException {
        var installation = Installation.find();
        var template = Template.in(work, installation, Sizes.QUICK);
        out.printf("%n| pgBouncer, clients | load | predicted MB | peak MB | predicted / peak |%n"
                + "|---|---|---:|---:|---:|%n");
        try (var server = Server.start(installation, template.directory(), List.of("-c", "max_connections=60"),
                List.of())) {
            for (var clients : CLIENTS) {
                for (var load : List.of("select-only", "tpcb-like")) {
                    print(clients + " | " + load, PgBouncer.held(clients, Math.min(POOL, clients)), pooled(installation,
                            server, clients, load));
                }
            }
        }
    }

    private Held pooled(Installation installation, Server server, int clients, String load)
            throws IOException, InterruptedException {
        var group = Cgroup.create(name("pooler"), AMPLE);
        try (var watch = PeakWatch.on(group)) {
            try (var pooler = Pooler.before(server, POOL, clients, group.joining())) {
                Command.of(work, installation.program("pgbench"), "-n", "-h", pooler.directory().toString(), "-p",
                        String.valueOf(Server.PORT), "-U", "postgres", "-c", String.valueOf(clients), "-j", "2", "-T",
                        "6", "-b", load, Server.DATABASE).succeed();
                return watch.peak();
            }
        } finally {
            group.remove();
        }
    }

    private void print(String what, Amount predicted, Held peak) {
        var said = predicted.total();
        var ratio = (double) said.bytes() / peak.total().bytes();
        out.printf(Locale.ROOT, "| %s | %.1f | %.1f | %.2f |%n", what, megabytes(said), megabytes(peak.total()), ratio);
    }

    private static double megabytes(MemorySize size) {
        return size.bytes() / 1_048_576.0;
    }
}
