package dev.plimsoll.stack;

import dev.plimsoll.source.Problem;

/// Something that only this machine lacks and without which Compose refuses to start.
///
/// @param name the path of the file, relative to the project directory, or the variable
/// @param problem where it is asked for, said for a person
public record Absence(Kind kind, String name, Problem problem) {
    public enum Kind {
        ENV_FILE, VARIABLE
    }
}
