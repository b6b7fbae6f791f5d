package dev.plimsoll.verify;

import java.util.ArrayList;
import java.util.List;

/// Each container against its limit and its plan.
final class ContainersAsPlanned implements Scenario {
    @Override
    public String id() {
        return "containers";
    }

    @Override
    public String title() {
        return "Each container against its plan";
    }

    @Override
    public List<Check> checks(Look look) {
        var checks = new ArrayList<Check>();
        for (var service : look.lock().services()) {
            look.running(service.name()).forEach(seen -> {
                LimitChecks.of(service, seen).forEach(checks::add);
                ShapeChecks.of(look.lock(), service, seen).forEach(checks::add);
                FileChecks.of(look.lock(), seen).forEach(checks::add);
            });
        }
        FileChecks.edited(look).ifPresent(checks::add);
        FileChecks.exposed(look).ifPresent(checks::add);
        FileChecks.sources(look).ifPresent(checks::add);
        if (checks.isEmpty()) {
            checks.add(Check.notRun("", "containers are as planned", "no planned container runs"));
        }
        return checks;
    }
}
