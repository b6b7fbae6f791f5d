package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.Located;
import java.util.stream.Stream;

/// An entry of rule_files matches nothing.
public final class RulePatternWithoutMatch implements Rule {
    @Override
    public About about() {
        return new About("OBS005", "rule-pattern-without-match", Severity.HIGH, Confidence.CERTAIN,
                "An entry of rule_files matches no file in the container.",
                "Prometheus starts without a warning and evaluates none of the rules that were meant.",
                "Mount the rules at that path, correct it, or remove the entry.",
                "https://prometheus.io/docs/prometheus/latest/configuration/configuration/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.readable(inventory).filter(monitored -> monitored.server().idleFiles().isEmpty())
                .flatMap(monitored -> monitored.server().idlePatterns().stream().limit(1).map(first -> finding(
                        monitored.service(), first.where(), "rule_files names "
                                + Monitored.joined(monitored.server().idlePatterns().stream().map(Located::value)
                                        .toList())
                                + ", and no such file is mounted into "
                                + monitored.service().name(),
                        "Mount the rules there or remove the entry")));
    }
}
