package dev.plimsoll.bench.semantic;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Wall time of a lookup, sampled by JMH. Each of 18 processes fills an index of its own, and a graph of 100,000 takes
/// minutes: that many [SemanticLookup] has, which measures CPU time, recall and memory.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx2g")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class SemanticLookupBenchmark {
    private static final int QUESTIONS = 1000;

    @Param({"easy", "templates", "low"})
    String geometry = "easy";

    @Param({"plimsoll", "scan", "lucene"})
    String contender = "plimsoll";

    @Param("20000")
    int entries = 20_000;

    @Param("384")
    int dimensions = 384;

    private Trial trial = Trial.draw(Geometry.low(8), 1, 1, 1);
    private Contender searched = new FloatScan(1, 8);
    private int at;

    @Setup
    public void fill() throws IOException {
        trial = Trial.draw(switch (geometry) {
            case "easy" -> Geometry.easy(dimensions);
            case "templates" -> Geometry.templates(dimensions, entries);
            default -> Geometry.low(dimensions);
        }, entries, QUESTIONS, 7);
        searched = switch (contender) {
            case "plimsoll" -> new SignCodes(entries, dimensions);
            case "scan" -> new FloatScan(entries, dimensions);
            default -> new LuceneGraph();
        };
        for (var id = 0; id < entries; id++) {
            searched.add(id, trial.stored().get(id));
        }
        searched.finish();
    }

    @TearDown
    public void close() throws IOException {
        searched.close();
    }

    @Benchmark
    public int paraphrase() throws IOException {
        at = (at + 1) % QUESTIONS;
        return searched.find(trial.paraphrases().get(at), trial.geometry().threshold());
    }

    @Benchmark
    public int fresh() throws IOException {
        at = (at + 1) % QUESTIONS;
        return searched.find(trial.fresh().get(at), trial.geometry().threshold());
    }
}
