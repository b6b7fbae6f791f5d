package dev.plimsoll.cli;

/// What `plimsoll` exits with.
final class ExitCode {
    static final int FINE = 0;
    /// Findings at or above `--fail-on`, or the stack does not fit, or a check failed.
    static final int FAILED = 1;
    /// Bad usage or unreadable input.
    static final int BAD_INPUT = 2;
    /// The environment lacks something.
    static final int MISSING = 3;

    private ExitCode() {}
}
