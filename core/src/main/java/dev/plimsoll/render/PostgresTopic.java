package dev.plimsoll.render;

import java.util.List;

/// What a Postgres setting is about; the order is the file's.
enum PostgresTopic {
    CONNECTIONS, MEMORY, WAL, WORKERS, PLANNER, LIMITS, WATCHING, OTHER;

    String title() {
        return switch (this) {
            case CONNECTIONS -> "Connections";
            case MEMORY -> "Memory";
            case WAL -> "Write-ahead log and checkpoints";
            case WORKERS -> "Processes";
            case PLANNER -> "Planner";
            case LIMITS -> "Nobody blocks the others";
            case WATCHING -> "Watching";
            case OTHER -> "Everything else";
        };
    }

    /// Pattern for the names that belong here.
    private String names() {
        return switch (this) {
            case CONNECTIONS ->
                "max_connections|superuser_reserved.*|reserved_connections|listen.*|port|tcp_.*|unix_.*|"
                        + "ssl.*|password_encryption";
            case MEMORY -> ".*_mem|shared_buffers|effective_cache_size|hash_mem.*|huge_pages|temp_buffers|"
                    + "temp_file_limit|wal_buffers|.*_memory.*";
            case WAL -> ".*wal_size|checkpoint_.*|synchronous_commit|fsync|full_page_writes|wal_.*|archive_.*";
            case WORKERS -> "max_.*workers.*|max_worker_processes|autovacuum.*|io_.*";
            case PLANNER -> ".*_cost|effective_io_concurrency|jit.*|default_statistics.*|enable_.*";
            case LIMITS -> ".*_timeout";
            case WATCHING -> "log_.*|logging_.*|track_.*|shared_preload_libraries|pg_stat_statements.*";
            case OTHER -> ".*";
        };
    }

    static PostgresTopic of(String setting) {
        return List.of(values()).stream().filter(topic -> setting.matches(topic.names())).findFirst().orElse(OTHER);
    }
}
