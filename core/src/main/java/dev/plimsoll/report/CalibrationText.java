package dev.plimsoll.report;

import dev.plimsoll.calibrate.Calibrator;
import dev.plimsoll.calibrate.Comparison;
import dev.plimsoll.calibrate.Taking;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// A calibration for people, 80 columns wide.
public final class CalibrationText {
    private static final int NAME_WIDTH = 18;

    private CalibrationText() {}

    /// @param runtime where the stack runs
    public static String of(String project, String runtime, Calibrator found) {
        var text = new StringBuilder(new Paragraph("", "").add(project + " on " + runtime).toString()).append('\n');
        text.append(table(found.comparisons()))
                .append("""

                        Sizes in MB of the container that held most. held: anonymous, shared and
                        kernel memory at the fullest look; set: working set; charged: the kernel's
                        peak, files that can be dropped included. c/h: planned ceiling (~ the limit,
                        where no setting bounds it) over held; m/h: the model at the state that was
                        seen over held.
                        """);
        found.comparisons().stream().filter(Comparison::isExceeded).forEach(one -> text.append(new Paragraph("", "  ")
                .add(one.planned().name() + " held " + one.held() + ", more than its ceiling of " + one.ceiling())));
        text.append(section("Measured", found, CalibrationText::measured))
                .append(section("Not measured", found, CalibrationText::refused));
        found.unseen().forEach(name -> text.append(new Paragraph("  ", "    ")
                .add(name + ": its memory could not be read, or it does not run")));
        return text.toString();
    }

    private static String table(List<Comparison> comparisons) {
        var table = new Table().row("service", "expected", "ceiling", "held", "set", "charged", "c/h", "model", "m/h");
        comparisons.forEach(one -> table.row(shortened(one.planned().name()), megabytes(one.planned().reservation()),
                megabytes(one.ceiling()) + (one.planned().ceiling().isEmpty() ? "~" : ""), megabytes(one.held()),
                megabytes(one.peak().workingSet()), one.charged().map(CalibrationText::megabytes).orElse("-"),
                ratio(one.ceilingRatio()), one.predicted().map(model -> megabytes(model.typical().total())).orElse("-"),
                one.modelRatio().map(CalibrationText::ratio).orElse("-")));
        return table.text();
    }

    private static String section(String title, Calibrator found, Function<Taking, String> line) {
        var text = new StringBuilder();
        for (Map.Entry<String, List<Taking>> service : found.takings().entrySet()) {
            service.getValue().stream().map(line).filter(words -> !words.isEmpty())
                    .forEach(words -> text.append(new Paragraph("  ", "    ").add(service.getKey() + ": " + words)));
        }
        return text.isEmpty() ? "" : "\n" + title + "\n" + text;
    }

    private static String measured(Taking taking) {
        return switch (taking) {
            case Taking.Measured(var one) -> one.constant().words() + " " + one.shown() + " = " + one.how();
            case Taking.Refused _ -> "";
        };
    }

    private static String refused(Taking taking) {
        return switch (taking) {
            case Taking.Measured _ -> "";
            case Taking.Refused(var constant, var why) -> constant.words() + ": " + why;
        };
    }

    private static String shortened(String name) {
        return name.length() <= NAME_WIDTH ? name : name.substring(0, NAME_WIDTH - 1) + "…";
    }

    private static String megabytes(MemorySize size) {
        return String.format(Locale.ROOT, "%.1f", size.bytes() / (double) (1 << 20));
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
