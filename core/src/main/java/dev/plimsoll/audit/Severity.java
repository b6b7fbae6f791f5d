package dev.plimsoll.audit;

import java.util.Locale;

/// How bad it is, worst first.
public enum Severity {
    /// It does not start, loses data, or is open to anyone.
    CRITICAL,
    /// It fails under load, or hides failure.
    HIGH,
    /// It costs time or safety sooner or later.
    MEDIUM,
    /// Good to mend when passing by.
    LOW;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isAtLeast(Severity other) {
        return compareTo(other) <= 0;
    }
}
