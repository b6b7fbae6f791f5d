package dev.plimsoll.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A process that ran to its end.
///
/// @param cpu its CPU time and that of all it started, in steps of 10 ms
/// @param out what it printed
record Finished(int code, String out, Duration wall, Duration cpu) {
    /// POSIX: `times` prints the shell's own times on one line and its children's on the next.
    private static final String MEASURED = "\"$@\" </dev/null; code=$?; times >&2; exit $code";
    private static final Pattern TIME = Pattern.compile("(\\d+)m(\\d+)[.,](\\d{2})\\d*s");

    static Finished run(List<String> command) throws IOException, InterruptedException {
        var out = Files.createTempFile("bench", ".out");
        var err = Files.createTempFile("bench", ".err");
        try {
            var words = new ArrayList<>(List.of("sh", "-c", MEASURED, "sh"));
            words.addAll(command);
            var start = System.nanoTime();
            var code = new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile()).start()
                    .waitFor();
            var wall = Duration.ofNanos(System.nanoTime() - start);
            return new Finished(code, Files.readString(out), wall, lastTimes(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static Duration lastTimes(Path err) throws IOException {
        return cpu(Files.readAllLines(err).getLast());
    }

    /// User and system time as `times` prints them.
    static Duration cpu(String line) {
        return TIME.matcher(line).results().map(time -> Duration.ofMinutes(Long.parseLong(time.group(1)))
                .plusSeconds(Long.parseLong(time.group(2))).plusMillis(10 * Long.parseLong(time.group(3))))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
