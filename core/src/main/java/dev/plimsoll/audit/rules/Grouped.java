package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Location;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One finding about several services.
final class Grouped {
    private static final int MOST = 12;

    private Grouped() {}

    /// The finding carries a service's name only when it is the single one.
    static Finding finding(Rule rule, Severity severity, List<Recognised> services, Location where, String message,
            String fix) {
        Optional<String> name = services.size() == 1
                ? Optional.of(services.getFirst().name())
                : Optional.empty();
        return new Finding(rule.id(), severity, rule.about().confidence(), name, where, message, fix);
    }

    static String names(List<Recognised> services) {
        return list(services.stream().map(Recognised::name).toList());
    }

    /// The texts parted by commas; a long list ends with how many more there are.
    static String list(List<String> texts) {
        return texts.size() <= MOST
                ? String.join(", ", texts)
                : texts.stream().limit(MOST).collect(Collectors.joining(", ")) + " and " + (texts.size() - MOST)
                        + " more";
    }
}
