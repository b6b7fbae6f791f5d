package dev.plimsoll.runtime.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/// The last lines that a child wrote to standard error; all of them are passed on to that of this process.
final class Tail {
    private static final int KEPT = 12;
    /// Characters of a line that are kept; an attempt's message has fewer.
    private static final int LONGEST = 4000;
    /// How the JVM, C, C++, Python and the shell say that memory was refused.
    private static final Pattern MEMORY = Pattern.compile(
            "insufficient memory|Not enough space|OutOfMemoryError|Cannot allocate memory|bad_alloc|MemoryError|[Oo]ut of memory");

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        System.err.println(line);
        lines.addLast(line.length() > LONGEST ? line.substring(0, LONGEST) : line);
        if (lines.size() > KEPT) {
            lines.removeFirst();
        }
    }

    synchronized boolean speaksOfMemory() {
        return lines.stream().anyMatch(line -> MEMORY.matcher(line).find());
    }

    synchronized String last() {
        return lines.isEmpty() ? "it said nothing" : String.join(" | ", lines);
    }
}
