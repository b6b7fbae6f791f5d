package dev.plimsoll.verify;

import java.util.List;

/// Performance under load, which observing alone cannot tell.
final class UnderLoad implements Scenario {
    @Override
    public String id() {
        return "load";
    }

    @Override
    public String title() {
        return "Performance under load";
    }

    @Override
    public List<Check> checks(Look look) {
        return List.of(Check.notRun("", "answers in time under load", "it needs load runs, and this only observes"));
    }
}
