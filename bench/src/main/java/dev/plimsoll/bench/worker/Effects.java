package dev.plimsoll.bench.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What jobs left behind: a line for each time that one was done to its end.
///
/// @param jobs that were done
/// @param again that were done once more, by an attempt whose predecessor died between its work and the record of it
record Effects(long jobs, long again) {
    static Effects read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Effects(0, 0);
        }
        try (var lines = Files.lines(file)) {
            var times = lines.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            return new Effects(times.size(), times.values().stream().filter(count -> count > 1).count());
        }
    }
}
