package dev.plimsoll.sample.search;

import java.util.Arrays;

/// A direction, one signed byte a dimension. A byte costs less than 0.01 of cosine and a quarter of a float's memory.
public final class Vector {
    /// Of what nothing is known, near to no other.
    public static final Vector NONE = new Vector(new byte[0]);
    private static final int MOST = 127;

    private final byte[] bytes;

    public Vector(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /// @param numbers of any scale; only the direction is kept
    public static Vector of(float[] numbers) {
        var largest = 0f;
        for (var number : numbers) {
            largest = Math.max(largest, Math.abs(number));
        }
        var bytes = new byte[numbers.length];
        for (var at = 0; at < bytes.length && largest > 0; at++) {
            bytes[at] = (byte) Math.round(numbers[at] / largest * MOST);
        }
        return new Vector(bytes);
    }

    public int dimensions() {
        return bytes.length;
    }

    /// Whether it has no direction.
    public boolean isZero() {
        for (var part : bytes) {
            if (part != 0) {
                return false;
            }
        }
        return true;
    }

    public float[] floats() {
        var numbers = new float[bytes.length];
        for (var at = 0; at < numbers.length; at++) {
            numbers[at] = bytes[at];
        }
        return numbers;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /// From -1 to 1; 0 when a vector has no direction or the two come from different embedders.
    public double cosine(Vector other) {
        if (bytes.length != other.bytes.length) {
            return 0;
        }
        long product = 0;
        long own = 0;
        long others = 0;
        for (var at = 0; at < bytes.length; at++) {
            product += bytes[at] * other.bytes[at];
            own += bytes[at] * bytes[at];
            others += other.bytes[at] * other.bytes[at];
        }
        return own == 0 || others == 0 ? 0 : product / Math.sqrt((double) own * others);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vector vector && Arrays.equals(bytes, vector.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Vector of " + bytes.length;
    }
}
