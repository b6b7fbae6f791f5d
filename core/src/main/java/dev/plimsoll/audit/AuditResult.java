package dev.plimsoll.audit;

import dev.plimsoll.source.Problem;
import java.util.List;

/// What an audit found, worst first.
///
/// @param rules the rules that ran, sorted by id
/// @param suppressed what a comment or a baseline sets aside
/// @param warnings comments that were meant to suppress something and do not
public record AuditResult(List<Rule.About> rules, List<Finding> findings, List<Suppressed> suppressed,
        List<Problem> warnings) {
    public AuditResult {
        rules = List.copyOf(rules);
        findings = findings.stream().sorted(Finding.ORDER).toList();
        suppressed = suppressed.stream().sorted(Suppressed.ORDER).toList();
        warnings = List.copyOf(warnings);
    }

    public long count(Severity severity) {
        return findings.stream().filter(finding -> finding.severity() == severity).count();
    }

    /// Whether a finding is as bad as `severity` or worse.
    public boolean hasAtLeast(Severity severity) {
        return findings.stream().anyMatch(finding -> finding.severity().isAtLeast(severity));
    }

    /// The name of the rule behind a finding; its id when that rule did not run.
    public String nameOf(Finding finding) {
        return rules.stream().filter(rule -> rule.id().equals(finding.rule())).map(Rule.About::name).findFirst()
                .orElse(finding.rule());
    }
}
