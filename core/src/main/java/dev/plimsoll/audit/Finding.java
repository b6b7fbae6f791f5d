package dev.plimsoll.audit;

import dev.plimsoll.source.Location;
import java.util.Comparator;
import java.util.Optional;

/// Something wrong in a stack.
///
/// @param rule the rule's id
/// @param service empty for the whole stack
/// @param message what is wrong, with the arithmetic
/// @param fix what to do
public record Finding(String rule, Severity severity, Confidence confidence, Optional<String> service, Location where,
        String message, String fix) {
    /// Worst first, then by place.
    public static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::where).thenComparing(Finding::rule).thenComparing(Finding::message);

    public Family family() {
        return Family.of(rule);
    }
}
