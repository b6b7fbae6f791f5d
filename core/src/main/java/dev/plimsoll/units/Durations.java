package dev.plimsoll.units;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as Prometheus writes them: `15s`, `1h30m`, `7d`.
public final class Durations {
    private static final Pattern WHOLE = Pattern.compile("(?:(\\d{1,9})y)?(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?"
            + "(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
    private static final long[] MILLISECONDS = {31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1000L,
            1L};

    private Durations() {}

    /// Empty when the text is no duration; `0` is one.
    public static Optional<Duration> parse(String text) {
        var stripped = text.strip();
        if (stripped.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        var match = WHOLE.matcher(stripped);
        if (stripped.isEmpty() || !match.matches()) {
            return Optional.empty();
        }
        var total = 0L;
        for (var at = 0; at < MILLISECONDS.length; at++) {
            if (match.group(at + 1) != null) {
                total += Long.parseLong(match.group(at + 1)) * MILLISECONDS[at];
            }
        }
        return Optional.of(Duration.ofMillis(total));
    }

    /// The shortest spelling: `90s`, `5m`, `1h`.
    public static String text(Duration duration) {
        var seconds = duration.toSeconds();
        if (seconds > 0 && seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds > 60 && seconds % 60 == 0 || seconds == 60 ? seconds / 60 + "m" : seconds + "s";
    }
}
