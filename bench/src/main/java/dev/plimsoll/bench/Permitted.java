package dev.plimsoll.bench;

import dev.plimsoll.units.MemorySize;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the settings of each tuner permit Postgres to take on the same small servers, as a Markdown page.
public final class Permitted {
    private static final int CPUS = 2;
    private static final List<MemorySize> SERVERS = Stream.of(1, 2, 4, 8).map(MemorySize::ofGigabytes).toList();

    private Permitted() {}

    public static void main(String[] args) {
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(page());
    }

    /// The whole page.
    static String page() {
        return template().replace("{tables}", SERVERS.stream().map(Permitted::table).collect(Collectors.joining("\n")));
    }

    private static String template() {
        try (var text = Permitted.class.getResourceAsStream("/comparison.md")) {
            return new String(Objects.requireNonNull(text, "comparison.md").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String table(MemorySize memory) {
        var others = Tuner.OTHERS.stream()
                .map(tuner -> row(tuner.name(), Optional.of(tuner.settings().apply(memory, CPUS)), memory));
        var plans = PlimsollPlan.ALL.stream().map(plan -> row(plan.name(), plan.settings(memory, CPUS), memory));
        return "## " + memory
                + "\n\n| tool | shared_buffers | work_mem | max_connections | permitted | of the server |\n"
                + "|---|---:|---:|---:|---:|---:|\n" + Stream.concat(others, plans).collect(Collectors.joining());
    }

    private static String row(String name, Optional<Tuned> settings, MemorySize memory) {
        return settings.map(tuned -> "| " + name + " | " + tuned.sharedBuffers().megabytes() + " MB | "
                + tuned.workMem().kilobytes() + " kB | " + tuned.connections() + " | " + tuned.worst().megabytes()
                + " MB | " + Math.round(100 * tuned.worst().ratioTo(memory)) + " % |\n")
                .orElse("| " + name + " | has no room for it, and says so | | | | |\n");
    }
}
