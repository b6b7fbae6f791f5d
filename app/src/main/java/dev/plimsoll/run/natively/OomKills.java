package dev.plimsoll.run.natively;

import dev.plimsoll.run.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Processes of a service that the kernel killed for want of memory, as its cgroup says when they are gone.
final class OomKills {
    private static final String COUNT = "oom_kill ";

    private OomKills() {}

    static long of(State state, String service) {
        return state.cgroups(service).stream().flatMap(directory -> Stream.of("memory.events", "memory.oom_control")
                .map(name -> Path.of(directory, name))).flatMapToLong(OomKills::count).max().orElse(0);
    }

    private static LongStream count(Path file) {
        try {
            return Files.readAllLines(file).stream().filter(line -> line.matches(COUNT + "\\d{1,18}"))
                    .mapToLong(line -> Long.parseLong(line.substring(COUNT.length())));
        } catch (IOException absent) {
            return LongStream.empty();
        }
    }
}
