package dev.plimsoll.source;

import java.util.Comparator;

/// A place in one of the user's files.
///
/// @param file path relative to the project directory, with `/`
/// @param line 1 for the first line; 0 stands for the whole file
/// @param column 1 for the first character; 0 when only the line is known
public record Location(String file, int line, int column) implements Comparable<Location> {
    private static final Comparator<Location> ORDER = Comparator.comparing(Location::file)
            .thenComparingInt(Location::line).thenComparingInt(Location::column);

    public static Location ofFile(String file) {
        return new Location(file, 0, 0);
    }

    public static Location ofLine(String file, int line) {
        return new Location(file, line, 0);
    }

    @Override
    public int compareTo(Location other) {
        return ORDER.compare(this, other);
    }

    /// `file:line:column`, leaving out what is not known.
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line + (column > 0 ? ":" + column : "") : "");
    }
}
