package dev.plimsoll.bench.stress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// `plimsoll stress` beside the load generators that are installed, in one run: latency at a fixed rate against a
/// server whose truth is known, then requests per second and CPU against a server that answers at once. To be run in
/// the project's root directory, once `./plimsoll --version` has built the program; another one can be named.
public final class StressTruth {
    private static final int RATE = 500;
    private static final int ACCURACY_SECONDS = 30;
    private static final int SPEED_SECONDS = 20;

    private StressTruth() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var program = args.length > 0 ? args[0] : "./plimsoll";
        accuracy(program);
        speed(program);
        System.exit(0);
    }

    private static void accuracy(String program) throws IOException, InterruptedException {
        System.out.printf(Locale.ROOT, "%nThe server answers in 2 ms and freezes 500 ms every 5 s; %d/s for %d s.%n%n"
                + "| tool | requests/s | p99 ms | p99.9 ms |%n|---|---|---|---|%n| truth | %d | %.0f | %.0f |%n", RATE,
                ACCURACY_SECONDS, RATE, Behaviour.Freezing.truth(RATE, 0.99), Behaviour.Freezing.truth(RATE, 0.999));
        var peers = new ArrayList<Peer>();
        peers.add(plimsoll(program, "--rate", "" + RATE, "--for", ACCURACY_SECONDS + "s"));
        peers.addAll(Peers.atRate(RATE, ACCURACY_SECONDS));
        for (var peer : peers) {
            try (var server = new TimedServer(new Behaviour.Freezing())) {
                peer.run("http://127.0.0.1:" + server.port() + "/").ifPresent(result -> System.out.printf(Locale.ROOT,
                        "| %s | %.0f | %s | %s |%n", peer.name(), result.perSecond(), result.p99().map(
                                StressTruth::number).orElse("-"),
                        result.p999().map(StressTruth::number).orElse("-")));
            }
        }
    }

    private static void speed(String program) throws IOException, InterruptedException {
        System.out.printf(Locale.ROOT, "%nA server that answers at once, 50 connections, each asks again when it was "
                + "answered, %d s. CPU is that of the whole process, its start included.%n%n| tool | requests/s | CPU s per 100,000 | peak MB |%n|---|---|---|---|%n",
                SPEED_SECONDS);
        var peers = new ArrayList<Peer>();
        peers.add(plimsoll(program, "--clients", "50", "--for", SPEED_SECONDS + "s"));
        peers.addAll(Peers.atFullSpeed(SPEED_SECONDS));
        for (var round = 0; round < 2; round++) {
            for (var peer : peers) {
                try (var server = new TimedServer(Behaviour.atOnce())) {
                    peer.run("http://127.0.0.1:" + server.port() + "/").ifPresent(result -> System.out.printf(
                            Locale.ROOT, "| %s | %.0f | %.2f | %.0f |%n", peer.name(), result.perSecond(), result.cpu()
                                    / server.answered() * 100_000,
                            result.peakMegabytes()));
                }
            }
        }
    }

    private static Peer plimsoll(String program, String... options) {
        var words = new ArrayList<>(List.of(program, "stress", "URL"));
        words.addAll(List.of(options));
        return new Peer("plimsoll stress", words, column(1), column(4), column(5));
    }

    /// A number in the row of the report's table, from 1; lines of progress have another form.
    private static Pattern column(int number) {
        return Pattern.compile("(?m)^own" + "\\s+[0-9.]+".repeat(number - 1) + "\\s+([0-9.]+)" + "\\s+[0-9.]+".repeat(6
                - number) + "\\s+[0-9.]+ %$");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.1f", value);
    }
}
