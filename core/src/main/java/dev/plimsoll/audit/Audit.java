package dev.plimsoll.audit;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.Location;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Runs rules over a stack and sets aside what its comments allow.
public final class Audit {
    private Audit() {}

    public static AuditResult of(Inventory inventory) {
        return of(inventory, Rules.ALL);
    }

    /// Runs only some rules; comments may still name all of them.
    public static AuditResult of(Inventory inventory, List<Rule> rules) {
        return of(inventory, rules, Rules.ALL);
    }

    static AuditResult of(Inventory inventory, List<Rule> rules, List<Rule> known) {
        var found = rules.stream().flatMap(rule -> rule.check(inventory)).sorted(Finding.ORDER).toList();
        var files = new LinkedHashSet<>(inventory.stack().composeFiles());
        found.stream().map(finding -> finding.where().file()).sorted().forEach(files::add);
        var allowances = Allowances.read(inventory.stack().files(), files, known.stream().map(Rule::about).toList());
        var findings = new ArrayList<Finding>();
        var suppressed = new ArrayList<Suppressed>();
        for (var finding : found) {
            allowances.covering(finding, serviceKey(inventory, finding)).ifPresentOrElse(
                    allowance -> suppressed.add(new Suppressed(finding, Suppressed.By.COMMENT, allowance.reason())),
                    () -> findings.add(finding));
        }
        return new AuditResult(rules.stream().map(Rule::about).toList(), findings, suppressed, allowances.problems());
    }

    private static Optional<Location> serviceKey(Inventory inventory, Finding finding) {
        return finding.service().flatMap(inventory::named).map(service -> service.service().where());
    }
}
