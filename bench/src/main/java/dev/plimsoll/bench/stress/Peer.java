package dev.plimsoll.bench.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A load generator that is run as a process.
///
/// @param command with `URL` in place of the address
/// @param rate how its output tells requests per second
/// @param p99 how its output tells the 99th percentile
/// @param p999 the same of the 99.9th
record Peer(String name, List<String> command, Pattern rate, Pattern p99, Pattern p999) {
    private static final Pattern NUMBER = Pattern.compile("([0-9.]+) ?(us|ms|s)?");

    /// @param cpu seconds, user and system
    /// @param peakMegabytes resident
    record Result(double perSecond, Optional<Double> p99, Optional<Double> p999, double cpu, double peakMegabytes,
            String out) {}

    /// Runs it below GNU time. Empty when it is not installed, or fails.
    Optional<Result> run(String url) throws IOException, InterruptedException {
        var usage = Files.createTempFile("bench", ".usage");
        var out = Files.createTempFile("bench", ".out");
        try {
            var words = new ArrayList<>(List.of("/usr/bin/time", "-o", usage.toString(), "-f", "%U %S %M"));
            command.forEach(word -> words.add(word.replace("URL", url)));
            new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(out.toFile()).start().waitFor();
            var text = Files.readString(out);
            var used = Files.readAllLines(usage).getLast().split(" ");
            if (used.length != 3 || !rate.matcher(text).find()) {
                System.err.println(name + " gave nothing to read:\n" + text.lines().limit(5).toList());
                return Optional.empty();
            }
            return Optional.of(new Result(first(rate, text).orElse(0.0), first(p99, text), first(p999, text), Double
                    .parseDouble(used[0]) + Double.parseDouble(used[1]), Double.parseDouble(used[2]) / 1024, text));
        } finally {
            Files.delete(usage);
            Files.delete(out);
        }
    }

    /// The first group's number, times in ms.
    private static Optional<Double> first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        var number = NUMBER.matcher(found.group(1).strip());
        if (!number.find()) {
            return Optional.empty();
        }
        var value = Double.parseDouble(number.group(1));
        return Optional.of(switch (Optional.ofNullable(number.group(2)).orElse("ms").toLowerCase(Locale.ROOT)) {
            case "us" -> value / 1000;
            case "s" -> value * 1000;
            default -> value;
        });
    }

    static boolean isInstalled(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream().anyMatch(directory -> Files
                .isExecutable(Path.of(directory, program)));
    }
}
