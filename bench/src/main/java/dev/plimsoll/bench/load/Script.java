package dev.plimsoll.bench.load;

import java.util.List;

/// A pgbench script of the mixed load.
///
/// @param weight how often it is chosen, of 100
record Script(String file, int weight) {
    static final List<Script> ALL = List.of(new Script("browse.sql", 70), new Script("order.sql", 22),
            new Script("report.sql", 8));
}
