package dev.plimsoll.audit;

import dev.plimsoll.audit.rules.MissingMemoryLimit;
import java.util.List;

/// Every rule, sorted by id.
public final class Rules {
    public static final List<Rule> ALL = List.of(new MissingMemoryLimit());

    private Rules() {}
}
