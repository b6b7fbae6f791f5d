package dev.plimsoll.report;

import dev.plimsoll.evidence.Category;
import dev.plimsoll.evidence.Criterion;
import dev.plimsoll.evidence.Criterion.Outcome;
import dev.plimsoll.evidence.Evidence;
import dev.plimsoll.evidence.Readiness;
import dev.plimsoll.evidence.Verified;
import dev.plimsoll.report.Document.Block;
import dev.plimsoll.report.Document.Cell;
import dev.plimsoll.report.Document.Mark;
import dev.plimsoll.report.Document.Part;
import dev.plimsoll.verify.Check.Verdict;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The report of a stack, every sentence and number of it from evidence.
///
/// @param project the Compose project's name
/// @param comparison before and after
public record StackReport(String project, Evidence evidence, Readiness readiness, Comparison comparison) {
    /// All of it.
    public Document full() {
        var blocks = new ArrayList<>(summary().blocks());
        blocks.addAll(categories());
        blocks.addAll(scenarios());
        blocks.addAll(LoadSection.of(evidence));
        blocks.addAll(MemorySection.of(evidence));
        blocks.addAll(risks());
        blocks.add(new Block.Heading(1, "Before and after"));
        blocks.add(comparison.block());
        blocks.addAll(sources());
        return new Document(title(), blocks);
    }

    /// One page for those who decide.
    public Document summary() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Text(verdict()));
        blocks.add(new Block.Bar("Of 100 points", List.of(
                new Part(Mark.GOOD, readiness.points(Outcome.PASSED), number(readiness.points(Outcome.PASSED))
                        + " shown"),
                new Part(Mark.BAD, readiness.points(Outcome.FAILED), number(readiness.points(Outcome.FAILED))
                        + " failed"),
                new Part(Mark.OPEN, readiness.points(Outcome.NOT_RUN), number(readiness.points(Outcome.NOT_RUN))
                        + " not run"))));
        blocks.add(new Block.Grid(List.of("category", "verdict", "points>", "of>", "failed>", "not run>"), readiness
                .categories().stream().map(StackReport::row).toList()));
        var failed = criteria(Outcome.FAILED);
        if (!failed.isEmpty()) {
            blocks.add(new Block.Heading(2, "What failed"));
            blocks.add(new Block.Items(failed));
        }
        var open = criteria(Outcome.NOT_RUN);
        if (!open.isEmpty()) {
            blocks.add(new Block.Heading(2, "What was not run"));
            blocks.add(new Block.Items(open));
        }
        return new Document(title(), blocks);
    }

    private String title() {
        return "Readiness of " + project;
    }

    private String verdict() {
        var text = new StringBuilder(project).append(" is ").append(switch (readiness.outcome()) {
            case PASSED -> "ready: all that was asked for was shown.";
            case FAILED -> "not ready.";
            case NOT_RUN -> "not shown to be ready: nothing failed, but not all was run.";
        });
        evidence.lastVerification().map(Evidence.Item::content).ifPresent(last -> text.append(String.format(Locale.ROOT,
                " At the last look, %s on %s, %d checks passed and %d failed.",
                last.when().truncatedTo(ChronoUnit.SECONDS), last.runtime(), last.count(
                        Verdict.PASSED),
                last.count(Verdict.FAILED))));
        LoadSection.sentence(evidence).ifPresent(sentence -> text.append(' ').append(sentence));
        return text.toString();
    }

    private List<String> criteria(Outcome outcome) {
        return readiness.categories().stream().flatMap(category -> category.criteria().stream().filter(one -> one
                .outcome() == outcome).map(one -> category.name() + ": " + one.what() + " (" + one.found() + ")"))
                .toList();
    }

    private static List<Cell> row(Category category) {
        return List.of(Cell.of(category.name()), new Cell(category.words(), mark(category.outcome())),
                Cell.of(number(category.points(
                        Outcome.PASSED))),
                Cell.of(String.valueOf(category.points())), Cell.of(number(
                        category.points(
                                Outcome.FAILED))),
                Cell.of(number(category.points(Outcome.NOT_RUN))));
    }

    private static Cell verdict(Outcome outcome) {
        return new Cell(outcome.words(), mark(outcome));
    }

    private static Mark mark(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> Mark.GOOD;
            case FAILED -> Mark.BAD;
            case NOT_RUN -> Mark.OPEN;
        };
    }

    private static String number(double points) {
        return String.format(Locale.ROOT, "%.1f", points);
    }

    private List<Block> categories() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading(1, "Readiness by category"));
        blocks.add(new Block.Text("Criteria of a category count alike. What was not run earns nothing, loses nothing, "
                + "and is no guess."));
        for (var category : readiness.categories()) {
            blocks.add(new Block.Heading(2, category.name() + ", " + category.points() + " points"));
            blocks.add(new Block.Grid(List.of("criterion", "verdict", "found", "evidence"), category.criteria().stream()
                    .map(StackReport::row).toList()));
        }
        return blocks;
    }

    private static List<Cell> row(Criterion one) {
        return List.of(Cell.of(one.what()), verdict(one.outcome()), Cell.of(one.found()), Cell.of(one.evidence()));
    }

    private List<Block> scenarios() {
        var last = evidence.lastVerification().map(Evidence.Item::content);
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading(1, "The ten scenarios"));
        if (last.isEmpty()) {
            blocks.add(new Block.Text("Not run: no verification was recorded."));
            return blocks;
        }
        blocks.add(new Block.Grid(List.of("scenario", "verdict", "passed>", "failed>", "could be better>", "not run>"),
                last.get().scenarios().stream().map(result -> List.of(Cell.of(result.number() + " " + result.title()),
                        verdict(outcome(result.verdict())), count(result.count(Verdict.PASSED)), count(result.count(
                                Verdict.FAILED)),
                        count(result.count(Verdict.ADVICE)), count(result.count(Verdict.NOT_RUN)))).toList()));
        list(blocks, last.get(), Verdict.FAILED, "Failed");
        list(blocks, last.get(), Verdict.ADVICE, "Could be better");
        list(blocks, last.get(), Verdict.NOT_RUN, "Not run");
        return blocks;
    }

    private static Outcome outcome(Verdict verdict) {
        return switch (verdict) {
            case PASSED, ADVICE -> Outcome.PASSED;
            case FAILED -> Outcome.FAILED;
            case NOT_RUN -> Outcome.NOT_RUN;
        };
    }

    private static Cell count(int count) {
        return Cell.of(String.valueOf(count));
    }

    private static void list(List<Block> blocks, Verified last, Verdict verdict, String title) {
        var items = last.scenarios().stream().flatMap(result -> result.checks().stream().filter(check -> check
                .verdict() == verdict).map(check -> check.service().map(name -> name + ": ").orElse("") + check.what()
                        + ": " + check.found() + (check.remedy().isEmpty() ? "" : ". Fix: " + check.remedy())))
                .toList();
        if (!items.isEmpty()) {
            blocks.add(new Block.Heading(2, title));
            blocks.add(new Block.Items(items));
        }
    }

    private List<Block> risks() {
        var risks = evidence.lastVerification().flatMap(item -> item.content().scenario("risks"));
        var grid = risks.<Block>map(result -> new Block.Grid(List.of("expected", "verdict", "service", "found"), result
                .checks().stream().map(check -> List.of(Cell.of(check.what()), verdict(outcome(check
                        .verdict())),
                        Cell.of(check.service().orElse("")), Cell.of(check.found())))
                .toList()));
        return List.of(new Block.Heading(1, "Risks"), grid.orElseGet(() -> new Block.Text("Not run.")));
    }

    private List<Block> sources() {
        var files = new ArrayList<List<Cell>>();
        evidence.startUps().forEach(item -> files.add(List.of(Cell.of(item.file()), Cell.of("start"), Cell.of(item
                .content().when().toString()))));
        evidence.verifications().forEach(item -> files.add(List.of(Cell.of(item.file()), Cell.of("verification"), Cell
                .of(item.content().when().toString()))));
        evidence.runs().forEach(item -> files.add(List.of(Cell.of(item.file()), Cell.of("load"), Cell.of(item.content()
                .started().toString()))));
        evidence.measurements().forEach(item -> files.add(List.of(Cell.of(item.file()), Cell.of("memory"), Cell.of(item
                .content().when().toString()))));
        return List.of(new Block.Heading(1, "Evidence"), files.isEmpty()
                ? new Block.Text("None.")
                : new Block.Grid(List.of("file", "what", "when"), files));
    }

}
