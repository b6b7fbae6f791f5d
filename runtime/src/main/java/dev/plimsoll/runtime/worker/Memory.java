package dev.plimsoll.runtime.worker;

import java.util.Locale;
import java.util.regex.Pattern;

/// An amount of memory. MB means 1,048,576 bytes.
///
/// @param bytes zero or more
public record Memory(long bytes) implements Comparable<Memory> {
    public static final Memory NONE = new Memory(0);

    private static final long KILO = 1024;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})\\s*([KMG]?)I?B?");

    public Memory {
        if (bytes < 0) {
            throw new IllegalArgumentException("memory cannot be negative: " + bytes + " bytes");
        }
    }

    public static Memory ofMegabytes(long megabytes) {
        return new Memory(megabytes * KILO * KILO);
    }

    static Memory ofKilobytes(long kilobytes) {
        return new Memory(kilobytes * KILO);
    }

    /// Reads `128MB`, `128m`, `1g` or a number of bytes.
    public static Memory parse(String text) {
        var match = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!match.matches()) {
            throw new IllegalArgumentException("`" + text + "` is no amount of memory; write it like 128MB or 1GB");
        }
        var scale = switch (match.group(2)) {
            case "K" -> KILO;
            case "M" -> KILO * KILO;
            case "G" -> KILO * KILO * KILO;
            default -> 1;
        };
        return new Memory(Math.multiplyExact(Long.parseLong(match.group(1)), scale));
    }

    public Memory plus(Memory other) {
        return new Memory(bytes + other.bytes);
    }

    /// The difference, or nothing when the other is larger.
    public Memory minus(Memory other) {
        return new Memory(Math.max(0, bytes - other.bytes));
    }

    public Memory percent(int percent) {
        return new Memory(bytes / 100 * percent + bytes % 100 * percent / 100);
    }

    public boolean isMoreThan(Memory other) {
        return bytes > other.bytes;
    }

    public static Memory max(Memory one, Memory other) {
        return one.isMoreThan(other) ? one : other;
    }

    public static Memory min(Memory one, Memory other) {
        return one.isMoreThan(other) ? other : one;
    }

    /// In whole MB, rounded down.
    public long megabytes() {
        return bytes / (KILO * KILO);
    }

    @Override
    public int compareTo(Memory other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return bytes % (KILO * KILO) == 0
                ? megabytes() + "MB"
                : String.format(Locale.ROOT, "%.1fMB", (double) bytes / KILO
                        / KILO);
    }
}
