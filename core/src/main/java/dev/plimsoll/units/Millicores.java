package dev.plimsoll.units;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/// An amount of CPU: 1000 is one core.
///
/// @param value at least 0
public record Millicores(int value) implements Comparable<Millicores> {
    /// Digits behind the point, or zeros before it: more are no sensible number and costly to compute with.
    private static final int MOST_DIGITS = 100;

    public Millicores {
        if (value < 0) {
            throw new IllegalArgumentException("millicores must not be negative: " + value);
        }
    }

    public static Millicores ofCores(int cores) {
        return new Millicores(Math.multiplyExact(cores, 1000));
    }

    /// Reads Compose's `cpus`: a decimal number of cores such as `0.5`. Empty when it is none or above 10,000.
    public static Optional<Millicores> parse(String cores) {
        try {
            var value = new BigDecimal(cores.strip());
            if (value.signum() < 0 || Math.abs((long) value.scale()) > MOST_DIGITS
                    || value.compareTo(BigDecimal.valueOf(10_000)) > 0) {
                return Optional.empty();
            }
            return Optional.of(new Millicores(value.movePointRight(3).setScale(0, RoundingMode.DOWN).intValueExact()));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    public Millicores plus(Millicores other) {
        return new Millicores(Math.addExact(value, other.value));
    }

    public Millicores times(int factor) {
        return new Millicores(Math.multiplyExact(value, factor));
    }

    /// `1 CPU`, `0.5 CPUs`.
    public String inWords() {
        return this + (value == 1000 ? " CPU" : " CPUs");
    }

    /// Whole cores, at least 1: what a program that sizes itself by cores should assume.
    public int cores() {
        return Math.max(1, value / 1000);
    }

    @Override
    public int compareTo(Millicores other) {
        return Integer.compare(value, other.value);
    }

    /// As Compose reads it: `2`, `0.5`.
    @Override
    public String toString() {
        return BigDecimal.valueOf(value, 3).stripTrailingZeros().toPlainString();
    }
}
