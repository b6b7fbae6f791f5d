package dev.plimsoll.bench.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// `plimsoll stress --find-cliff` against live servers whose cliff is known. To be run in the project's root directory.
/// Arguments: how often each is searched (3), the program (`./plimsoll`).
public final class CliffTruth {
    private static final int TO = 5_000;

    private final int rounds;
    private final String program;

    /// @param truth requests a second
    private record Server(String name, double truth, Supplier<Behaviour> behaviour) {}

    private static final List<Server> SERVERS = List.of(
            new Server("1 worker, 5 ms", 200, () -> Behaviour.queue(1, 0.005)),
            new Server("4 workers, 10 ms", 400, () -> Behaviour.queue(4, 0.01)),
            new Server("4 workers, 2 ms, 50 ms above 300/s", 300, () -> Behaviour.cacheThatFallsOut(4, 300, 0.002,
                    0.05)));

    private CliffTruth(int rounds, String program) {
        this.rounds = rounds;
        this.program = program;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var bench = new CliffTruth(args.length > 0 ? Integer.parseInt(args[0]) : 3, args.length > 1
                ? args[1]
                : "./plimsoll");
        System.out.println("| server | truth | holds | fails | middle of the two | off by | seconds |\n"
                + "|---|---:|---:|---:|---:|---:|---:|");
        for (var server : SERVERS) {
            for (var round = 0; round < bench.rounds; round++) {
                bench.search(server);
            }
        }
        System.exit(0);
    }

    private void search(Server known) throws IOException, InterruptedException {
        var out = Files.createTempFile("bench", ".json");
        try (var server = new TimedServer(known.behaviour().get())) {
            var began = System.nanoTime();
            new ProcessBuilder(program, "stress", "http://127.0.0.1:" + server.port() + "/", "--find-cliff", "--to", ""
                    + TO, "--format", "json").redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor();
            var seconds = (System.nanoTime() - began) / 1e9;
            var json = Files.readString(out);
            var holds = number(json, "holds");
            var fails = number(json, "fails");
            if (holds.isEmpty() || fails.isEmpty()) {
                System.out.printf(Locale.ROOT, "| %s | %.0f | - | - | not found | - | %.0f |%n", known.name(), known
                        .truth(), seconds);
                return;
            }
            var middle = Math.sqrt(holds.getAsDouble() * fails.getAsDouble());
            System.out.printf(Locale.ROOT, "| %s | %.0f | %.0f | %.0f | %.0f | %+.1f %% | %.0f |%n", known.name(), known
                    .truth(), holds.getAsDouble(), fails.getAsDouble(), middle, 100 * (middle / known.truth() - 1),
                    seconds);
        } finally {
            Files.delete(out);
        }
    }

    private static OptionalDouble number(String json, String name) {
        var found = Pattern.compile("\"" + name + "\"\\s*:\\s*([0-9.]+)").matcher(json);
        return found.find() ? OptionalDouble.of(Double.parseDouble(found.group(1))) : OptionalDouble.empty();
    }
}
