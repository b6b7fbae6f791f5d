package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.RuleFile.Definition;
import dev.plimsoll.source.Located;
import java.util.List;
import java.util.stream.Stream;

/// Rule files are mounted, and the config loads others or none.
public final class RulesNeverLoaded implements Rule {
    @Override
    public About about() {
        return new About("OBS004", "rules-never-loaded", Severity.CRITICAL, Confidence.CERTAIN,
                "Rule files are mounted into Prometheus, but no entry of rule_files matches their path in the "
                        + "container.",
                "Prometheus does not complain about a pattern that matches nothing. Every alert in the file "
                        + "is silently missing, and the stack looks healthy.",
                "Name the path that the file has in the container, or mount it where rule_files looks.",
                "https://prometheus.io/docs/prometheus/latest/configuration/configuration/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.readable(inventory).filter(monitored -> monitored.server().missesRules())
                .map(this::report);
    }

    private Finding report(Monitored monitored) {
        var idle = monitored.server().idleFiles();
        var patterns = monitored.config().ruleFiles().stream().map(Located::value).toList();
        var alerts = idle.values().stream().flatMap(file -> file.file().rules().stream())
                .filter(Definition::alerts).count();
        var first = idle.entrySet().iterator().next();
        var loads = patterns.isEmpty() ? "has no rule_files" : "loads " + Monitored.joined(patterns);
        var sources = idle.values().stream().map(file -> file.file().path()).toList();
        var lost = alerts == 1 ? "1 alert is" : alerts + " alerts are";
        return finding(monitored.service(), first.getValue().mount(), Monitored.joined(sources) + " is mounted as "
                + Monitored.joined(List.copyOf(idle.keySet())) + ", but its config " + loads + ": " + lost
                + " never loaded",
                "Write rule_files: [" + first.getKey() + "] in " + monitored.config().where().file());
    }
}
