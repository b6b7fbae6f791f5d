package dev.plimsoll.cli;

import java.util.List;
import java.util.Locale;

/// The forms of a report that has two: for people and for programs.
enum TextOrJson {
    TEXT, JSON;

    /// Reads one from the command line.
    static final class Reader extends Choice<TextOrJson> {
        Reader() {
            super(List.of(values()));
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
