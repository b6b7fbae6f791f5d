package dev.plimsoll.bench.semantic;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// CPU time of a lookup, percentiles and all, of Plimsoll's index, a scan of floats and Lucene's graph.
///
/// Arguments: entries (100000), dimensions (384), questions of each sort (2000). Each contender answers all
/// questions eight times, as compiling takes the first two or three; the quietest counts, as other programs share
/// the machine's caches.
public final class SemanticLookup {
    private static final int ROUNDS = 8;
    private static final int SLOW_QUESTIONS = 200;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final PrintStream out;
    private final int questions;

    private SemanticLookup(PrintStream out, int questions) {
        this.out = out;
        this.questions = questions;
    }

    public static void main(String[] arguments) throws IOException {
        int entries = argument(arguments, 0, 100_000);
        int dimensions = argument(arguments, 1, 384);
        int questions = argument(arguments, 2, 2000);
        var lookup = new SemanticLookup(System.out, questions);
        System.out.printf(Locale.ROOT, "%,d entries of %d dimensions; CPU time in microseconds%n%n", entries,
                dimensions);
        System.out.printf("%-10s %-12s %8s %8s %8s %8s %8s %9s %8s %8s %7s%n", "geometry", "", "hit p50", "p99",
                "new p50", "p99", "recall", "false", "add p50", "p99", "bytes");
        for (var geometry : List.of(Geometry.easy(dimensions), Geometry.templates(dimensions, entries), Geometry.low(
                dimensions))) {
            lookup.compare(Trial.draw(geometry, entries, questions, 7));
        }
    }

    private static int argument(String[] arguments, int at, int otherwise) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
    }

    private void compare(Trial trial) throws IOException {
        var entries = trial.stored().size();
        var dimensions = trial.geometry().dimensions();
        run(new SignCodes(entries, dimensions), trial, questions);
        run(new FloatScan(entries, dimensions), trial, Math.min(SLOW_QUESTIONS, questions));
        run(new LuceneGraph(), trial, questions);
    }

    private void run(Contender contender, Trial trial, int asked) throws IOException {
        try (contender) {
            var adding = new long[trial.stored().size()];
            for (var id = 0; id < adding.length; id++) {
                var before = THREADS.getCurrentThreadCpuTime();
                contender.add(id, trial.stored().get(id));
                adding[id] = THREADS.getCurrentThreadCpuTime() - before;
            }
            contender.finish();
            var near = ask(contender, trial, trial.paraphrases().subList(0, asked));
            var fresh = ask(contender, trial, trial.fresh().subList(0, asked));
            Arrays.sort(adding);
            out.printf(Locale.ROOT, "%-10s %-12s %8.0f %8.0f %8.0f %8.0f %8.4f %9d %8.1f %8.1f %7.0f%n",
                    trial.geometry()
                            .title(),
                    contender.title(), near.percentile(50), near.percentile(99), fresh.percentile(50), fresh
                            .percentile(99),
                    (double) near.found() / asked, near.wrong() + fresh.wrong(), adding[adding.length
                            / 2] / 1e3,
                    adding[adding.length * 99 / 100] / 1e3, contender.bytesEach());
        }
    }

    private static Times ask(Contender contender, Trial trial, List<float[]> questions) throws IOException {
        var best = new Times(new long[]{Long.MAX_VALUE}, 0, 0);
        for (var round = 0; round < ROUNDS; round++) {
            var times = new long[questions.size()];
            var found = 0;
            var wrong = 0;
            for (var at = 0; at < times.length; at++) {
                var before = THREADS.getCurrentThreadCpuTime();
                var id = contender.find(questions.get(at), trial.geometry().threshold());
                times[at] = THREADS.getCurrentThreadCpuTime() - before;
                // A hair of tolerance: contenders add up floats in different orders.
                var isRight = id >= 0 && Geometry.dot(trial.stored().get(id), questions.get(at)) >= trial.geometry()
                        .threshold() - 1e-5;
                found += isRight ? 1 : 0;
                wrong += id >= 0 && !isRight ? 1 : 0;
            }
            Arrays.sort(times);
            var now = new Times(times, found, wrong);
            best = now.percentile(50) < best.percentile(50) ? now : best;
        }
        return best;
    }

    /// @param nanoseconds sorted
    @SuppressWarnings("ArrayRecordComponent")
    private record Times(long[] nanoseconds, int found, int wrong) {
        double percentile(int percent) {
            return nanoseconds[Math.min(nanoseconds.length - 1, nanoseconds.length * percent / 100)] / 1e3;
        }
    }
}
