package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Setting;
import java.util.stream.Stream;

/// A setting in a file has no effect.
public final class OverriddenSetting implements Rule {
    @Override
    public About about() {
        return new About("DBT010", "overridden-setting", Severity.MEDIUM, Confidence.CERTAIN,
                "A setting in a config file is overridden by another value on the command line.",
                "Whoever edits the file wonders why nothing changes.",
                "Keep the setting in one place.",
                "https://www.postgresql.org/docs/current/config-setting.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres", "redis", "mysql", "pgbouncer").flatMap(service -> service.settings()
                .overridden().stream().filter(setting -> setting.origin() == Setting.Origin.FILE)
                .flatMap(setting -> service.settings().get(setting.name()).stream()
                        .filter(winner -> winner.origin() == Setting.Origin.FLAG
                                && !winner.value().equals(setting.value()))
                        .map(winner -> finding(service, setting.where(), setting.name() + " " + setting.value()
                                + " has no effect: the command line sets " + winner.value() + " (" + winner.where()
                                + ")",
                                "Remove one of the two"))));
    }
}
