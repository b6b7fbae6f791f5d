package dev.plimsoll.report;

import dev.plimsoll.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;

/// What `render` tells people.
public final class RenderText {
    private RenderText() {}

    /// @param directory where it was written
    /// @param changed paths that changed
    public static String of(Plan plan, List<String> notes, String directory, List<String> changed) {
        var text = new StringBuilder();
        text.append(changed.isEmpty()
                ? directory + " is up to date.\n"
                : "Wrote " + directory + ":\n" + changed.stream().map(path -> "  " + path + "\n")
                        .collect(Collectors.joining()));
        text.append(paragraph("Limits of " + plan.total() + " below the load line of " + plan.loadLine() + " on "
                + plan.inventory().host().memory() + "."));
        if (plan.inventory().host().assumed()) {
            text.append(paragraph("The server is an assumption; say --memory and --cpus, or x-plimsoll.host."));
        }
        if (!plan.fits()) {
            text.append("\nTo make it fit, this was lowered:\n");
            PlannedChanges.of(plan).forEach(change -> text.append(item(change)));
        }
        if (!notes.isEmpty()) {
            text.append("\nChanged for you, or not applied and for you to decide:\n");
            notes.forEach(note -> text.append(item(note)));
        }
        return text.toString();
    }

    /// What comes next.
    public static String next(String directory) {
        return "\n" + paragraph("Next: plimsoll up " + directory + " starts a copy without your data; the command for "
                + "your own containers stands at the top of compose.plimsoll.yml. SECURITY.md lists what is left to "
                + "close.");
    }

    /// What comes next where the Compose files were changed in place.
    ///
    /// @param command that starts them
    public static String inPlace(String directory, String command) {
        return "\n"
                + paragraph("Next: plimsoll up " + directory + " starts a copy without your data. SECURITY.md lists "
                        + "what is left to close. The changed Compose files start, from their own directory, with")
                + "  "
                + command + "\n" + paragraph(
                        "Compose's other commands, such as ps, logs and down, take the same options.");
    }

    /// What comes next after several sizes.
    ///
    /// @param directory of one of them
    public static String nextOfSizes(String directory) {
        return "\n"
                + paragraph("Each has a directory of its own, which the other commands take: plimsoll up " + directory
                        + ", for one.");
    }

    /// One line for one of several sizes.
    public static String size(Plan plan, String directory, List<String> changed) {
        return plan.inventory().host().memory() + ": limits of " + plan.total() + ", "
                + (plan.fits()
                        ? "fits"
                        : "fits with " + plan.combination().size() + (plan.combination().size() == 1
                                ? " thing lowered"
                                : " things lowered"))
                + "; "
                + (changed.isEmpty() ? directory + " is up to date" : changed.size() + " files in " + directory) + "\n";
    }

    public static String rolledBack(String directory, List<String> changed) {
        return changed.isEmpty()
                ? directory + " holds the same files as before.\n"
                : "Brought back in " + directory + ":\n" + changed.stream().map(path -> "  " + path + "\n")
                        .collect(Collectors.joining());
    }

    private static String paragraph(String words) {
        return new Paragraph("", "").add(words).toString();
    }

    private static String item(String words) {
        return new Paragraph("- ", "  ").add(words).toString();
    }
}
