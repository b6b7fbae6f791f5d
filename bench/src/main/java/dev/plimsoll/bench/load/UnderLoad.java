package dev.plimsoll.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs Postgres in a memory-limited cgroup with the planned settings, PGTune's and stock ones, in turns, under the
/// same loads, and writes a Markdown page about it.
public final class UnderLoad {
    private static final int BAD_USAGE = 2;
    private static final int MISSING = 3;

    private UnderLoad() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> words) throws IOException, InterruptedException {
        try {
            measure(Options.of(words), words);
            return 0;
        } catch (IllegalArgumentException bad) {
            System.err.println("error: " + bad.getMessage());
            return BAD_USAGE;
        } catch (MissingTool missing) {
            System.err.println("error: " + missing.getMessage());
            return MISSING;
        }
    }

    private static void measure(Options options, List<String> words) throws IOException, InterruptedException {
        var installation = Installation.find();
        var work = options.work().isPresent()
                ? Files.createDirectories(options.work().get()).toRealPath()
                : Files.createTempDirectory("plimsoll-bench");
        try {
            prepare(work);
            var before = Machine.load();
            var start = System.nanoTime();
            var contestants = Contestants.all(options);
            var results = inTurns(options, contestants, installation, work);
            var machine = Machine.of(installation.version(work), before);
            var took = Duration.ofNanos(System.nanoTime() - start);
            write(options, new Page(options, words, contestants, results, machine, took).text());
        } finally {
            if (options.work().isEmpty()) {
                Command.of(Path.of("/"), "rm", "-rf", work.toString()).succeed();
            }
        }
    }

    private static void prepare(Path work) throws IOException, InterruptedException {
        if (Files.getFileStore(work).type().equals("tmpfs")) {
            throw new MissingTool(work + " is in memory, and its files would count as memory of the server; name a "
                    + "directory on a disk with --work");
        }
        Command.of(work, "chmod", "755", work.toString()).succeed();
    }

    private static void write(Options options, String page) throws IOException {
        if (options.out().isPresent()) {
            Files.writeString(options.out().get(), page);
        } else {
            new PrintStream(System.out, true, StandardCharsets.UTF_8).print(page);
        }
    }

    private static Results inTurns(Options options, List<Contestant> contestants, Installation installation, Path work)
            throws IOException, InterruptedException {
        var template = Template.in(work, installation, options.sizes());
        var sides = new ArrayList<Side>();
        var results = new Results();
        try {
            for (var contestant : contestants) {
                sides.add(Side.of(contestant, work, options, installation));
            }
            for (var round = 1; round <= options.rounds(); round++) {
                round(options, round % 2 == 1 ? sides : sides.reversed(), template, results);
            }
        } finally {
            for (var side : sides) {
                side.remove();
            }
        }
        return results;
    }

    /// All contestants under one load before the next load, so that other work on the machine hits all alike. Every
    /// other round goes backwards, so that nobody always comes first.
    private static void round(Options options, List<Side> sides, Template template, Results results)
            throws IOException, InterruptedException {
        for (var side : sides) {
            template.copyTo(side.directory(), side.group());
        }
        for (var step : options.steps()) {
            for (var side : sides) {
                var outcome = side.run(step, template, options.sizes(), options.window(step));
                results.add(step, side.contestant(), outcome);
                System.err.println(step.id() + " " + side.contestant().id() + ": " + outcome);
            }
        }
    }
}
