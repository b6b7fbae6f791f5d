package dev.plimsoll.bench.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How often a key is loaded when it expires under 200 callers in four processes. A value is fresh for 500 ms and
/// takes 50 ms to load.
public final class Stampede {
    static final int FRESH = 500;
    static final int LOADING = 50;
    static final int CALLERS = 50;
    private static final int PROCESSES = 4;
    /// Loads that begin so soon after the first of their kind belong to the same expiry, in ns.
    private static final long SAME_EXPIRY = FRESH * 1_000_000L / 2;
    /// From telling the processes to the beginning: all callers run by then.
    private static final long AHEAD = 2_000_000_000L;
    private static final List<String> WAYS = List.of("none", "process", "wait", "stale");

    private Stampede() {}

    /// What the processes of one run say.
    private record Heard(List<Long> loads, Samples waits, long calls, long stale) {}

    public static void main(String[] args) throws Exception {
        var seconds = args.length > 0 ? args[0] : "20";
        System.out.printf(Locale.ROOT, "load average %.1f, %d CPUs; %s s each%n%n", ManagementFactory
                .getOperatingSystemMXBean().getSystemLoadAverage(), Runtime.getRuntime().availableProcessors(),
                seconds);
        System.out.println("| protection | calls | expiries | loads | loads per expiry | stale | call p50 / p99, ms |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (var way : WAYS) {
            try (var redis = Redis.start()) {
                print(way, run(redis, way, seconds));
            }
        }
    }

    private static Heard run(Redis redis, String way, String seconds) throws IOException, InterruptedException {
        var processes = new ArrayList<Process>();
        try {
            for (var number = 0; number < PROCESSES; number++) {
                processes.add(Redis.java(StampedeCallers.class, List.of(redis.uri(), way, seconds)));
            }
            var outputs = new ArrayList<BufferedReader>();
            for (var process : processes) {
                outputs.add(process.inputReader(StandardCharsets.UTF_8));
                if (!"ready".equals(outputs.getLast().readLine())) {
                    throw new IOException("a process of callers did not start");
                }
            }
            for (var process : processes) {
                process.getOutputStream().write((System.nanoTime() + AHEAD + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
            }
            var heard = new Heard(new ArrayList<>(), new Samples(), 0, 0);
            for (var output : outputs) {
                heard = read(output, heard);
            }
            return heard;
        } finally {
            for (var process : processes) {
                process.destroy();
                process.waitFor();
            }
        }
    }

    private static Heard read(BufferedReader lines, Heard before) throws IOException {
        var calls = before.calls();
        var stale = before.stale();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var words = line.split(" ");
            switch (words[0]) {
                case "load" -> before.loads().add(Long.parseLong(words[1]));
                case "wait" -> before.waits().add(Long.parseLong(words[1]));
                case "calls" -> calls += Long.parseLong(words[1]);
                case "stale" -> stale += Long.parseLong(words[1]);
                default -> throw new IOException("the callers say `" + line + "`");
            }
        }
        return new Heard(before.loads(), before.waits(), calls, stale);
    }

    private static void print(String way, Heard heard) {
        var begun = heard.loads().stream().sorted().toList();
        var expiries = 0;
        var first = 0L;
        for (var load : begun) {
            if (expiries == 0 || load - first > SAME_EXPIRY) {
                expiries++;
                first = load;
            }
        }
        System.out.printf(Locale.ROOT, "| %s | %d | %d | %d | %.2f | %.1f %% | %s / %s |%n", title(way), heard.calls(),
                expiries, begun.size(), (double) begun.size() / expiries, 100.0 * heard.stale() / heard.calls(), heard
                        .waits().millis(0.5),
                heard.waits().millis(0.99));
    }

    private static String title(String way) {
        return switch (way) {
            case "none" -> "none: GET, else load and SET";
            case "process" -> "one load at a time in each process";
            case "wait" -> "Plimsoll, callers wait";
            default -> "Plimsoll, stale for 500 ms";
        };
    }
}
