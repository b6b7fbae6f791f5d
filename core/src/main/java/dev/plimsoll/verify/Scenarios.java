package dev.plimsoll.verify;

import java.util.List;

/// Every scenario, in the order of their numbers, which start at 1.
public final class Scenarios {
    public static final List<Scenario> ALL = List.of(new MemoryBaseline(), new ContainersAsPlanned(), new Monitoring(),
            new Alerts(), new UnderLoad(), new Database(), new Cache(), new Risks(), new Opportunities(),
            new Completeness());

    private Scenarios() {}

    public static List<String> ids() {
        return ALL.stream().map(Scenario::id).toList();
    }
}
