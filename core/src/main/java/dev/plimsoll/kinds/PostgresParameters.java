package dev.plimsoll.kinds;

import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The settings PostgreSQL 13 to 18 know, with their units and ranges.
public final class PostgresParameters {
    /// Majors the catalogue covers.
    public static final int FIRST_MAJOR = 13;
    public static final int LAST_MAJOR = 18;

    private static final Map<String, List<Parameter>> ALL = read();
    private static final Set<String> TIME_UNITS = Set.of("us", "ms", "s", "min", "h", "d");
    private static final Set<String> TRUTHS = Set.of("on", "off", "true", "false", "yes", "no", "1", "0", "t", "f", "y",
            "n");

    /// Words that the server still takes and pg_settings no longer names: old spellings of wal_level and log levels.
    private static final Set<String> UNLISTED = Set.of("archive", "hot_standby", "debug", "info", "fatal", "panic");

    /// Whole numbers in C's other notations, which nothing but a unit may follow.
    private static final Pattern HEXADECIMAL = Pattern.compile("([-+]?)0[xX]([0-9A-Fa-f]{1,15})(\\s*[A-Za-z]*)");
    private static final Pattern OCTAL = Pattern.compile("([-+]?)0([0-7]{1,20})(\\s*[A-Za-z]*)");

    private PostgresParameters() {}

    /// One setting in a range of majors.
    ///
    /// @param type bool, integer, real, string or enum
    /// @param unit `kB`, `8kB`, `MB`, `B`, `ms`, `s`, `min`, or empty
    /// @param builtIn default when nothing sets it, in `unit`
    public record Parameter(String name, String type, String unit, String least, String most, String builtIn,
            List<String> choices, int firstMajor, int lastMajor) {
        public boolean isMemory() {
            return unit.endsWith("B");
        }

        /// A memory setting's value; bare numbers are in the setting's unit. Empty for `-1` and unreadable values.
        public Optional<MemorySize> memory(String value) {
            var text = decimal(value.strip());
            if (!text.isEmpty() && text.chars().allMatch(Character::isDigit) && text.length() < 16) {
                return Optional.of(unitSize().times(Long.parseLong(text)));
            }
            return MemoryDialect.POSTGRES.parse(text);
        }

        private boolean isWhole() {
            return type.equals("integer");
        }

        /// The server takes a whole number in any of C's notations, and only hexadecimal ones where it may be broken.
        private String decimal(String text) {
            var hexadecimal = HEXADECIMAL.matcher(text);
            if (hexadecimal.matches() && (isWhole() || type.equals("real"))) {
                return hexadecimal.group(1) + Long.parseLong(hexadecimal.group(2), 16) + hexadecimal.group(3);
            }
            var octal = OCTAL.matcher(text);
            return octal.matches() && isWhole()
                    ? octal.group(1) + Long.parseLong(octal.group(2), 8) + octal.group(3)
                    : text;
        }

        private MemorySize unitSize() {
            return switch (unit) {
                case "8kB" -> MemorySize.ofKilobytes(8);
                case "kB" -> MemorySize.ofKilobytes(1);
                case "MB" -> MemorySize.ofMegabytes(1);
                default -> MemorySize.ofBytes(1);
            };
        }

        /// Why the server would refuse the value; empty when it would take it.
        public Optional<String> refusal(String value) {
            return switch (type) {
                case "bool" -> refuseUnless(TRUTHS.contains(value.toLowerCase(Locale.ROOT)), "it must be on or off");
                case "enum" -> refuseUnless(isChoice(value), "it must be one of " + String.join(", ", choices));
                case "integer", "real" -> number(value);
                default -> Optional.empty();
            };
        }

        private boolean isChoice(String value) {
            return value.isEmpty() || choices.stream().anyMatch(value::equalsIgnoreCase)
                    || TRUTHS.contains(value.toLowerCase(Locale.ROOT))
                    || UNLISTED.contains(value.toLowerCase(Locale.ROOT));
        }

        private Optional<String> number(String value) {
            var text = decimal(value.strip());
            if (isWhole() && text.matches("[-+]?0[0-7]*[89].*")
                    || !text.matches("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,3})?\\s*[A-Za-z]*")) {
                return Optional.of("it must be a number" + (unit.isEmpty() ? "" : " with an optional unit"));
            }
            var digits = text.replaceAll("\\s*[A-Za-z]+$", "");
            var suffix = text.substring(digits.length()).strip();
            if (!suffix.isEmpty() && isMemory() && MemoryDialect.POSTGRES.parse("1" + suffix).isEmpty()) {
                return Optional.of("memory units are B, kB, MB, GB and TB, in exactly this case");
            }
            if (!suffix.isEmpty() && !isMemory() && (unit.isEmpty() || !TIME_UNITS.contains(suffix))) {
                return Optional.of(unit.isEmpty() ? "it takes no unit" : "time units are us, ms, s, min, h and d");
            }
            return range(digits, suffix);
        }

        private Optional<String> range(String digits, String suffix) {
            var amount = new BigDecimal(digits);
            if (!suffix.isEmpty() && isMemory()) {
                var bytes = MemoryDialect.POSTGRES.parse("1" + suffix).orElse(MemorySize.ZERO).bytes();
                amount = amount.multiply(BigDecimal.valueOf(bytes)).divide(BigDecimal.valueOf(unitSize().bytes()),
                        java.math.RoundingMode.HALF_UP);
            } else if (!suffix.isEmpty()) {
                return Optional.empty();
            }
            var low = new BigDecimal(least);
            var high = new BigDecimal(most);
            return refuseUnless(amount.compareTo(low) >= 0 && amount.compareTo(high) <= 0, "it is outside " + least
                    + " .. " + most + (unit.isEmpty() ? "" : " (in " + unit + ")"));
        }

        private static Optional<String> refuseUnless(boolean fine, String why) {
            return fine ? Optional.empty() : Optional.of(why);
        }
    }

    /// The setting as a major knows it. Names ignore case.
    public static Optional<Parameter> find(String name, int major) {
        var bounded = Math.clamp(major, FIRST_MAJOR, LAST_MAJOR);
        return ALL.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .filter(known -> known.firstMajor <= bounded && bounded <= known.lastMajor).findFirst();
    }

    /// The majors that know a setting, as `13 to 16`; empty when none does.
    public static Optional<String> majorsOf(String name) {
        var known = ALL.get(name.toLowerCase(Locale.ROOT));
        return known == null
                ? Optional.empty()
                : Optional.of(known.getFirst().firstMajor + " to " + known.getLast().lastMajor);
    }

    /// A value with its number in decimal notation; others as they are.
    static String decimal(String name, String value) {
        var known = ALL.get(name.toLowerCase(Locale.ROOT));
        return known == null ? value : known.getFirst().decimal(value);
    }

    private static Map<String, List<Parameter>> read() {
        var all = new HashMap<String, List<Parameter>>();
        var resource = Objects.requireNonNull(
                PostgresParameters.class.getResourceAsStream("/postgres-parameters.tsv"), "postgres-parameters.tsv");
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("\t", -1)).forEach(
                    f -> all.computeIfAbsent(f[0].toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(new Parameter(
                            f[0], f[1], f[2], f[3], f[4], f[5], f[6].isEmpty() ? List.of() : List.of(f[6].split(",")),
                            Integer.parseInt(f[7]), Integer.parseInt(f[8]))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return all;
    }
}
