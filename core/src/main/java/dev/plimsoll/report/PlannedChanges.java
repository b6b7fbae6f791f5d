package dev.plimsoll.report;

import dev.plimsoll.plan.Change;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The changes that a plan makes, one line each. Many services without room are one line, so that the changes stand out
/// that somebody may want to make otherwise.
final class PlannedChanges {
    /// So many services without room are named one by one.
    private static final int MOST_SINGLE = 5;

    private PlannedChanges() {}

    static List<String> of(Plan plan) {
        var elsewhere = plan.combination().stream().filter(change -> isElsewhere(plan, change)).toList();
        if (elsewhere.size() <= MOST_SINGLE) {
            return plan.combination().stream().map(Change::toString).toList();
        }
        return Stream.concat(Stream.of(noRoom(plan, elsewhere)), plan.combination().stream()
                .filter(change -> !isElsewhere(plan, change)).map(Change::toString)).toList();
    }

    private static boolean isElsewhere(Plan plan, Change change) {
        return change.service().filter(plan.leftOut()::contains).isPresent();
    }

    private static String noRoom(Plan plan, List<Change> elsewhere) {
        var saved = elsewhere.stream().map(Change::saves).reduce(MemorySize.ZERO, MemorySize::plus);
        var all = elsewhere.size() + plan.services().size();
        return elsewhere.size() + " of " + all + " services: run them on another server saves " + saved
                + (elsewhere.size() * 2 > all ? "; this server is too small for the stack: " : ": ")
                + elsewhere.stream().flatMap(change -> change.service().stream()).collect(Collectors.joining(", "));
    }
}
