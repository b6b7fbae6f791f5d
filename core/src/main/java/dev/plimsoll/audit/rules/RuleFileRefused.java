package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.RuleFile;
import java.util.stream.Stream;

/// Prometheus refuses a rule file.
public final class RuleFileRefused implements Rule {
    @Override
    public About about() {
        return new About("OBS003", "rule-file-refused", Severity.CRITICAL, Confidence.CERTAIN,
                "A rule file that Prometheus loads is no valid YAML, or a rule in it lacks its expression or "
                        + "name.",
                "One bad rule makes Prometheus exit at its start; on reload it keeps the old rules without a "
                        + "word to anyone who does not read its log.",
                "Correct the rule; promtool check rules shows the same.",
                "https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.in(inventory).flatMap(monitored -> monitored.server().ruleFiles().values().stream()
                .flatMap(file -> file.value().map(RuleFile::refusals).orElse(file.problems()).stream())
                .map(problem -> finding(monitored.service(), problem.where(),
                        monitored.service().name() + " refuses its rules: " + problem.what(), problem.remedy())));
    }
}
