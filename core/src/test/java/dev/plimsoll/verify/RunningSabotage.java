package dev.plimsoll.verify;

import java.util.List;

/// Damage that takes several steps.
final class RunningSabotage {
    private RunningSabotage() {}

    /// A server that never read its rendered file.
    static RunningStack unloaded(RunningStack stack) {
        for (var name : List.of("max_connections", "shared_buffers", "work_mem", "statement_timeout", "wal_buffers",
                "random_page_cost", "shared_preload_libraries")) {
            stack.with("db", "postgres.setting." + name, "3").with("db", "postgres.source." + name, "default");
        }
        return stack;
    }
}
