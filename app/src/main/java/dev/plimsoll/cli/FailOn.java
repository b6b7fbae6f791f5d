package dev.plimsoll.cli;

import dev.plimsoll.audit.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How bad a finding must be for a command to fail.
enum FailOn {
    CRITICAL(Severity.CRITICAL), HIGH(Severity.HIGH), MEDIUM(Severity.MEDIUM), LOW(Severity.LOW), NEVER;

    private final Optional<Severity> severity;

    FailOn(Severity severity) {
        this.severity = Optional.of(severity);
    }

    FailOn() {
        this.severity = Optional.empty();
    }

    Optional<Severity> severity() {
        return severity;
    }

    /// Reads one from the command line.
    static final class Reader extends Choice<FailOn> {
        Reader() {
            super(List.of(values()));
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
