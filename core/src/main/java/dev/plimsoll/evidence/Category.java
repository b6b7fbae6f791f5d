package dev.plimsoll.evidence;

import dev.plimsoll.evidence.Criterion.Outcome;
import java.util.List;

/// A part of readiness. Its criteria count alike.
///
/// @param points what it is worth, of a hundred
public record Category(String name, int points, List<Criterion> criteria) {
    public Category {
        criteria = List.copyOf(criteria);
    }

    public int count(Outcome outcome) {
        return (int) criteria.stream().filter(one -> one.outcome() == outcome).count();
    }

    /// The part of its points whose criteria ended like this; the three outcomes add up to all points.
    public double points(Outcome outcome) {
        return (double) points * count(outcome) / criteria.size();
    }

    /// Failed when a criterion failed, passed when all did.
    public Outcome outcome() {
        if (count(Outcome.FAILED) > 0) {
            return Outcome.FAILED;
        }
        return count(Outcome.NOT_RUN) > 0 ? Outcome.NOT_RUN : Outcome.PASSED;
    }

    /// In words; what was run in part says so.
    public String words() {
        return outcome() == Outcome.NOT_RUN && count(Outcome.PASSED) > 0 ? "passed in part" : outcome().words();
    }
}
