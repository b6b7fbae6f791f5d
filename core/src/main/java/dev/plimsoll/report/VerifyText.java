package dev.plimsoll.report;

import dev.plimsoll.observe.Observation.Unit;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.verify.Check;
import dev.plimsoll.verify.Check.Verdict;
import dev.plimsoll.verify.Result;
import dev.plimsoll.verify.Trend;
import dev.plimsoll.verify.Verification;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A verification for people, 80 columns wide: one line for each scenario, then what failed, what could be better and
/// what was not run.
public final class VerifyText {
    private static final String INDENT = "    ";

    private VerifyText() {}

    /// @param runtime where the stack runs
    public static String of(Verification verification, String runtime, Style style) {
        var text = new StringBuilder();
        text.append(new Paragraph("", "").add(verification.lock().project(), style::bold).add("on " + runtime))
                .append('\n');
        verification.results().forEach(result -> text.append(line(result, style)));
        section(text, verification, Verdict.FAILED, "Failed", style);
        section(text, verification, Verdict.ADVICE, "Could be better: what should hold, and what is", style);
        section(text, verification, Verdict.NOT_RUN, "Not run", style);
        return text.append('\n').append(new Paragraph("", "").add(counts(verification), style::bold)).toString();
    }

    static String counts(Verification verification) {
        return verification.count(Verdict.PASSED) + " passed, " + verification.count(Verdict.FAILED) + " failed, "
                + verification.count(Verdict.ADVICE) + " could be better, " + verification.count(Verdict.NOT_RUN)
                + " not run.";
    }

    private static String line(Result result, Style style) {
        var words = result.verdict().words();
        var counts = List.of(Verdict.values()).stream().filter(verdict -> result.count(verdict) > 0)
                .map(verdict -> result.count(verdict) + " " + verdict.words()).collect(Collectors.joining(", "));
        return "%2d  %-36s %s  %s%n".formatted(result.number(), result.title(), style.verdict(result.verdict(),
                "%-7s".formatted(words)), style.dim(counts)).replace(System.lineSeparator(), "\n");
    }

    private static void section(StringBuilder text, Verification verification, Verdict verdict, String title,
            Style style) {
        var count = verification.count(verdict);
        if (count == 0) {
            return;
        }
        text.append('\n').append(style.verdict(verdict, title + " (" + count + ")")).append("\n\n");
        for (var result : verification.results()) {
            result.checks().stream().filter(check -> check.verdict() == verdict)
                    .forEach(check -> text.append(check(result, check, style)));
        }
    }

    private static String check(Result result, Check check, Style style) {
        var head = new Paragraph("", INDENT);
        check.service().ifPresent(service -> head.add(service + ":", style::bold));
        head.add(check.what() + ": " + check.found()).addWhole("[" + result.id() + "]", style::dim);
        return check.remedy().isEmpty()
                ? head.toString()
                : head + new Paragraph(INDENT + "fix: ", INDENT + "     ").add(check.remedy()).toString();
    }

    /// One line for a look among many.
    public static String brief(Verification verification) {
        var used = verification.seen().facts().stream().filter(fact -> fact.what().equals("memory.working_set"))
                .flatMap(fact -> fact.number().stream()).mapToLong(Double::longValue).sum();
        return verification.when().toString() + "  working sets " + MemorySize.ofBytes(used) + "  "
                + counts(verification)
                + "\n";
    }

    /// What changed while the stack was watched.
    public static String of(Trend trend) {
        var table = new Table().row("service", "what", "first", "last", "per hour");
        trend.lines().forEach(line -> table.row(line.service(), line.what(), amount(line.unit(), line.first()), amount(
                line.unit(), line.last()), amount(line.unit(), line.perHour())));
        var text = new StringBuilder("\nTrends\n").append(trend.lines().isEmpty()
                ? "Nothing was seen twice.\n"
                : table.text());
        text.append(trend.newFailures().isEmpty() ? "\nNo check failed that had not at first.\n" : "\nNew failures\n");
        trend.newFailures().forEach(failure -> text.append(new Paragraph("  ", "    ").add(failure)));
        return text.toString();
    }

    private static String amount(Unit unit, double value) {
        return unit == Unit.BYTES
                ? String.format(Locale.ROOT, "%.1f MB", value / (1 << 20))
                : String.format(Locale.ROOT, Math.abs(value - Math.rint(value)) < 0.005 ? "%.0f" : "%.2f", value);
    }
}
