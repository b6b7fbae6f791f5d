package dev.plimsoll.bench.load;

import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a run was asked for.
///
/// @param window how long each load is measured
/// @param work where the data goes; empty for a directory that is removed afterwards
/// @param out where the page goes; empty for standard output
/// @param disk what a server may write in a second; empty for all that the disk can
/// @param only the ids of the steps to run; empty for all
/// @param variants settings of further sides, each the plan with one of them changed
record Options(MemorySize limit, int rounds, Duration window, Sizes sizes, Optional<Path> work, Optional<Path> out,
        Optional<MemorySize> disk, List<String> only, List<Variant> variants) {
    /// One setting of the plan, changed.
    record Variant(String setting, String value) {}

    static final String USAGE = "Usage: UnderLoad [--limit=512m|1g|2g] [--quick] [--rounds=N] [--seconds=N] "
            + "[--only=STEP,...] [--scale=N] [--disk=60m] [--variant=SETTING=VALUE]... [--work=DIRECTORY] [--out=FILE]";
    private static final Options FULL = new Options(MemorySize.ofGigabytes(1), 2, Duration.ofSeconds(8), Sizes.FULL,
            Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());
    private static final Options QUICK = new Options(FULL.limit, 1, Duration.ofSeconds(1), Sizes.QUICK,
            Optional.empty(), Optional.empty(), Optional.empty(),
            List.of("tpcb", "select", "mixed-20", "mixed-120", "build"), List.of());

    /// @throws IllegalArgumentException when a word is no option, with the usage
    static Options of(List<String> words) {
        var options = words.contains("--quick") ? QUICK : FULL;
        for (var word : words) {
            options = options.with(word);
        }
        return options;
    }

    private Options with(String word) {
        var at = word.indexOf('=');
        var value = word.substring(at + 1);
        return switch (at < 0 ? word : word.substring(0, at)) {
            case "--quick" -> this;
            case "--limit" -> new Options(size(word, value), rounds, window, sizes, work, out, disk, only, variants);
            case "--rounds" -> new Options(limit, count(word, value), window, sizes, work, out, disk, only, variants);
            case "--seconds" -> new Options(limit, rounds, Duration.ofSeconds(count(word, value)), sizes, work, out,
                    disk, only, variants);
            case "--scale" -> new Options(limit, rounds, window, new Sizes(count(word, value), sizes.factor()), work,
                    out, disk, only, variants);
            case "--disk" -> new Options(limit, rounds, window, sizes, work, out, Optional.of(size(word, value)), only,
                    variants);
            case "--work" -> new Options(limit, rounds, window, sizes, Optional.of(Path.of(value)), out, disk, only,
                    variants);
            case "--out" -> new Options(limit, rounds, window, sizes, work, Optional.of(Path.of(value)), disk, only,
                    variants);
            case "--only" -> new Options(limit, rounds, window, sizes, work, out, disk, steps(word, value), variants);
            case "--variant" -> new Options(limit, rounds, window, sizes, work, out, disk, only,
                    Stream.concat(variants.stream(), Stream.of(variant(word, value))).toList());
            default -> throw bad(word);
        };
    }

    private static Variant variant(String word, String value) {
        var parts = value.split("=", 2);
        if (parts.length < 2 || !parts[0].matches("[a-z_.]+") || parts[1].isBlank()) {
            throw bad(word);
        }
        return new Variant(parts[0], parts[1]);
    }

    private static MemorySize size(String word, String value) {
        return MemoryDialect.COMPOSE.parse(value).filter(size -> !size.isZero()).orElseThrow(() -> bad(word));
    }

    private static int count(String word, String value) {
        if (!value.matches("[1-9]\\d{0,3}")) {
            throw bad(word);
        }
        return Integer.parseInt(value);
    }

    private static List<String> steps(String word, String value) {
        var ids = List.of(value.split(","));
        if (!Step.ALL.stream().map(Step::id).toList().containsAll(ids)) {
            throw bad(word);
        }
        return ids;
    }

    private static IllegalArgumentException bad(String word) {
        return new IllegalArgumentException("`" + word + "` is no option. " + USAGE);
    }

    /// TPC-B-like gets four times as long, because what a checkpoint costs does not show within seconds.
    Duration window(Step step) {
        return step.kind() == Step.Kind.TPC_B ? window.multipliedBy(4) : window;
    }

    List<Step> steps() {
        return Step.ALL.stream().filter(step -> only.isEmpty() || only.contains(step.id())).toList();
    }
}
