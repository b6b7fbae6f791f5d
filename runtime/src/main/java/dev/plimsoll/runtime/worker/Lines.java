package dev.plimsoll.runtime.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The lines of a stream, cut where they are too long, so that whoever writes them does not choose how much memory
/// their reader takes.
final class Lines implements AutoCloseable {
    /// Characters of a line that are kept.
    static final int LONGEST = 1 << 16;
    private static final int END = -1;

    private final BufferedReader reader;
    private boolean afterReturn;

    Lines(InputStream stream) {
        reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /// The next line without its end, as [BufferedReader#readLine] understands ends; empty after the last.
    Optional<String> next() throws IOException {
        var letter = reader.read();
        if (afterReturn && letter == '\n') {
            letter = reader.read();
        }
        if (letter == END) {
            return Optional.empty();
        }
        var line = new StringBuilder();
        for (; letter != END && letter != '\n' && letter != '\r'; letter = reader.read()) {
            if (line.length() < LONGEST) {
                line.append((char) letter);
            }
        }
        afterReturn = letter == '\r';
        return Optional.of(line.toString());
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
