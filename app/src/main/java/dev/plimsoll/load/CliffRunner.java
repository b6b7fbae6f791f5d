package dev.plimsoll.load;

import dev.plimsoll.load.Cliff.Axis;
import dev.plimsoll.load.Stage.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs a search for the cliff, step by step.
public final class CliffRunner {
    /// What is under way when a step ends may take so much longer than the objective.
    private static final double PATIENCE = 2;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Generator generator;
    private final CliffSearch search;
    private final double from;

    public CliffRunner(Generator generator, CliffSearch search) {
        this.generator = generator;
        this.search = search;
        from = generator.elapsed();
    }

    public Cliff run() throws InterruptedException {
        var steps = new ArrayList<Cliff.Step>();
        while (true) {
            var next = search.next(steps, elapsed());
            if (next.isEmpty()) {
                return search.result(steps, Optional.empty());
            }
            var harm = step(next.get(), steps);
            if (harm.isPresent()) {
                return search.result(steps, harm);
            }
        }
    }

    private Duration elapsed() {
        return Duration.ofMillis(Math.round((generator.elapsed() - from) * 1000));
    }

    /// @return why the whole search must end
    private Optional<String> step(CliffSearch.Trial trial, List<Cliff.Step> steps) throws InterruptedException {
        var objective = Generator.p99(search.objectives());
        var sent = generator.send("cliff " + CliffWords.number(trial.level()) + " " + search.axis().unit(), arrivals(
                trial), objective, Duration.ofMillis(Math.round(objective * PATIENCE)));
        var recording = sent.recording();
        var judgement = StepJudge.judge(search.objectives(), recording, sent.validity(), sent.unanswered());
        var seconds = Math.max(0.1, sent.measuredSeconds());
        steps.add(new Cliff.Step(trial.level(), trial.purpose(), sent.startedAt(), trial.span(), recording.counts(),
                recording.latency(), sent.validity(), recording.counts().completed() / seconds, outcome(sent,
                        judgement),
                sent.stopped().orElse(judgement.why())));
        if (judgement.outcome() == Cliff.Outcome.FAILS) {
            Thread.sleep(PAUSE);
        }
        return sent.stopped().filter(_ -> generator.isInDanger());
    }

    /// A level that had to be broken off does not hold.
    private static Cliff.Outcome outcome(Generator.Sent sent, StepJudge.Judgement judgement) {
        return sent.stopped().isPresent() ? Cliff.Outcome.FAILS : judgement.outcome();
    }

    private Arrivals arrivals(CliffSearch.Trial trial) {
        return search.axis() == Axis.CONNECTIONS
                ? new Arrivals.Closed((int) trial.level(), CliffSearch.SETTLING, trial.span())
                : new Arrivals.Open(List.of(Stage.constant(Phase.WARM_UP, trial.level(), CliffSearch.SETTLING), Stage
                        .constant(Phase.MEASURED, trial.level(), trial.span())));
    }
}
