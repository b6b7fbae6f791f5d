package dev.plimsoll.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Start-up and throughput of Plimsoll beside dclint, on the same files in the same run, in turns. To be run in the
/// project's root directory.
public final class StartUp {
    private static final List<Path> DEFAULT_PLACES = List.of(Path.of("examples"),
            Path.of("app/src/test/resources/compose/accepted"));
    private static final String PLIMSOLL = "./plimsoll";
    private static final Path INSTALLER = Path.of("bench/install-dclint");
    /// With many files, one run of each says enough about single files, but not about all at once.
    private static final int LEAST_BULK_RUNS = 5;
    private static final int BAD_USAGE = 2;
    private static final int MISSING = 3;

    private StartUp() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.exit(run(args));
    }

    private static int run(String... args) throws IOException, InterruptedException {
        var runs = 5;
        var places = new ArrayList<Path>();
        for (var word : args) {
            if (word.matches("--runs=[1-9]\\d{0,3}")) {
                runs = Integer.parseInt(word.substring("--runs=".length()));
            } else if (word.startsWith("-")) {
                System.err.println("error: `" + word + "` is no option. Usage: StartUp [--runs=N] [FILE|DIRECTORY]...");
                return BAD_USAGE;
            } else {
                places.add(Path.of(word));
            }
        }
        if (!Files.isExecutable(Path.of(PLIMSOLL)) || !Files.isExecutable(INSTALLER)) {
            System.err.println("error: " + PLIMSOLL + " and " + INSTALLER + " are not here; run this in the root "
                    + "directory of the project");
            return MISSING;
        }
        var installed = Finished.run(List.of(INSTALLER.toString()));
        if (installed.code() != 0) {
            System.err.println("error: dclint is not there: `" + INSTALLER + "` says why");
            return MISSING;
        }
        return compare(installed.out().strip(), ComposeFiles.in(places.isEmpty() ? DEFAULT_PLACES : places), runs);
    }

    private static int compare(String dclint, List<String> files, int runs) throws IOException, InterruptedException {
        var single = List.of(Contender.plimsoll(PLIMSOLL, Contender.Evidence.AUDIT, "audit"),
                Contender.plimsoll(PLIMSOLL, Contender.Evidence.PLAN, "plan"), Contender.dclint(dclint));
        var bulk = List.of(Contender.plimsoll(PLIMSOLL, Contender.Evidence.EACH, "audit", "--each"),
                Contender.dclint(dclint));
        var before = load();
        var read = readByAll(single, files);
        if (read.isEmpty()) {
            System.err.println("error: there is no Compose file that all can read");
            return BAD_USAGE;
        }
        var alone = inTurns(single, read.stream().map(List::of).toList(), runs);
        var together = inTurns(bulk, List.of(read), Math.max(runs, LEAST_BULK_RUNS));
        System.out.println(read.size() + (read.size() == 1 ? " Compose file, " : " Compose files, ")
                + (files.size() - read.size())
                + " more left out as not all could read them; runs: " + runs + " of each, at least "
                + LEAST_BULK_RUNS + " of all at once");
        System.out.println(Runtime.getRuntime().availableProcessors() + " CPUs, load average " + before + " before and "
                + load() + " after; times in ms");
        System.out.print(table("one process a file", alone) + table("one process for all files", together));
        return 0;
    }

    /// Files that every contender reads; this also warms up the page cache and builds what has to be built.
    private static List<String> readByAll(List<Contender> contenders, List<String> files)
            throws IOException, InterruptedException {
        var read = new ArrayList<String>();
        for (var file : files) {
            var all = true;
            for (var contender : contenders) {
                all = all && contender.hasRead(Finished.run(contender.command(List.of(file))), List.of(file));
            }
            if (all) {
                read.add(file);
            }
        }
        return read;
    }

    /// Runs all contenders on one list of files before the next list, so that other load hits all alike.
    private static Map<Contender, Timing> inTurns(List<Contender> contenders, List<List<String>> fileLists, int runs)
            throws IOException, InterruptedException {
        var timings = new LinkedHashMap<Contender, Timing>();
        contenders.forEach(contender -> timings.put(contender, new Timing()));
        for (var turn = 0; turn < runs; turn++) {
            for (var files : fileLists) {
                for (var contender : contenders) {
                    var run = Finished.run(contender.command(files));
                    if (!contender.hasRead(run, files)) {
                        throw new IllegalStateException(contender.name() + " did not read " + files);
                    }
                    Objects.requireNonNull(timings.get(contender)).add(run);
                }
            }
        }
        return timings;
    }

    private static String load() {
        return String.format(Locale.ROOT, "%.1f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /// Medians and the spread of the middle 80 % of runs, in 80 columns.
    private static String table(String title, Map<Contender, Timing> timings) {
        var text = new StringBuilder("\n%-26s %6s %13s  %6s %13s %9s%n".formatted(title, "wall", "10-90 %", "CPU",
                "10-90 %", "wall, of"));
        text.append("%77s%n".formatted("dclint's"));
        var last = timings.values().stream().reduce((_, next) -> next).orElseThrow();
        timings.forEach((contender, timing) -> text.append("%-26s %6d %13s  %6d %13s %9.2f%n".formatted(
                contender.name(), timing.wall(0.5), timing.wall(0.1) + "-" + timing.wall(0.9), timing.cpu(0.5),
                timing.cpu(0.1) + "-" + timing.cpu(0.9), (double) timing.wall(0.5) / last.wall(0.5))));
        return text.toString();
    }
}
