package dev.plimsoll.verify;

import dev.plimsoll.kinds.PostgresParameters.Parameter;
import dev.plimsoll.units.Durations;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether a planned value and one in force mean the same, in each program's own units.
final class Values {
    /// Microseconds in Postgres' units of time.
    private static final Map<String, Long> TIME = Map.of("us", 1L, "ms", 1000L, "s", 1_000_000L, "min", 60_000_000L,
            "h", 3_600_000_000L, "d", 86_400_000_000L);
    private static final Pattern AMOUNT = Pattern.compile("(-?\\d{1,15}(?:\\.\\d{1,9})?)\\s*([A-Za-z]*)");
    private static final Set<String> YES = Set.of("on", "true", "yes", "1", "t", "y");
    private static final Set<String> NO = Set.of("off", "false", "no", "0", "f", "n");

    private Values() {}

    /// Flags of Go programs: durations, sizes or text.
    static boolean isSame(String planned, String found) {
        var one = plain(planned);
        var other = plain(found);
        return one.equals(other) || same(Durations.parse(one), Durations.parse(other)) || same(
                MemoryDialect.PROMETHEUS.parse(one), MemoryDialect.PROMETHEUS.parse(other));
    }

    private static <T> boolean same(Optional<T> one, Optional<T> other) {
        return one.isPresent() && one.equals(other);
    }

    static String plain(String text) {
        var stripped = text.strip();
        var quoted = stripped.length() > 1 && stripped.charAt(0) == stripped.charAt(stripped.length() - 1)
                && (stripped.charAt(0) == '"' || stripped.charAt(0) == '\'');
        return quoted ? stripped.substring(1, stripped.length() - 1) : stripped;
    }

    /// @param unit the unit of `found`, as pg_settings names it; empty for none
    static boolean isSamePostgres(Parameter parameter, String planned, String found, String unit) {
        var one = plain(planned);
        var other = plain(found);
        return switch (parameter.type()) {
            case "bool" -> YES.contains(lower(one)) && YES.contains(lower(other))
                    || NO.contains(lower(one)) && NO.contains(lower(other));
            case "integer", "real" -> parameter.isMemory() && !one.startsWith("-")
                    ? isSameSize(parameter, one, other)
                    : isSameNumber(one, other, unit);
            case "enum" -> lower(one).equals(lower(other)) || YES.contains(lower(one)) && YES.contains(lower(other))
                    || NO.contains(lower(one)) && NO.contains(lower(other));
            default -> words(one).equals(words(other));
        };
    }

    private static List<String> words(String list) {
        return List.of(list.replace("\"", "").strip().split("\\s*,\\s*"));
    }

    /// The server rounds to whole units, at most 8 kB.
    private static boolean isSameSize(Parameter parameter, String planned, String found) {
        var one = parameter.memory(planned);
        var other = parameter.memory(found);
        return one.isPresent() && other.isPresent() && Math.abs(one.get().bytes() - other.get().bytes()) < (parameter
                .unit().equals("8kB") ? 8192 : 1024);
    }

    private static boolean isSameNumber(String planned, String found, String unit) {
        var one = AMOUNT.matcher(planned);
        var other = AMOUNT.matcher(found);
        if (!one.matches() || !other.matches()) {
            return planned.equals(found);
        }
        return amount(one.group(1), one.group(2).isEmpty() ? unit : one.group(2)).compareTo(amount(other.group(1),
                unit)) == 0;
    }

    private static BigDecimal amount(String digits, String unit) {
        return new BigDecimal(digits).multiply(BigDecimal.valueOf(TIME.getOrDefault(unit, 1L)));
    }

    /// Redis: sizes, truths, texts, and lists of output buffers of which one class may be planned.
    static boolean isSameRedis(String name, String planned, String found) {
        var one = plain(planned);
        var other = plain(found);
        if (name.equals("client-output-buffer-limit")) {
            return String.join(" ", bytes(replicas(other))).contains(String.join(" ", bytes(replicas(one))));
        }
        var size = MemoryDialect.REDIS.parse(one);
        return lower(one).equals(lower(other)) || size.isPresent() && size.equals(MemoryDialect.REDIS.parse(other));
    }

    /// Slaves are replicas from Redis 5 on; what it shows keeps the old word.
    private static String replicas(String words) {
        return words.replaceAll("\\bslave\\b", "replica");
    }

    /// Words with sizes written out in bytes.
    private static List<String> bytes(String words) {
        var plain = new ArrayList<String>();
        for (var word : words.strip().split("\\s+")) {
            plain.add(MemoryDialect.REDIS.parse(word).map(MemorySize::bytes).map(String::valueOf).orElse(word));
        }
        return plain;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
