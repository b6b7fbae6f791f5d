package dev.plimsoll.prometheus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A metric that its exporter does not export, or no longer.
///
/// @param name as rules still use it
/// @param instead what to write
/// @param reason why it is not there
public record DeadMetric(String name, String instead, String reason) {
    /// Names that versions before these had. node_exporter 0.16 added units to names; postgres_exporter 0.11 added
    /// `_total` to the counters of pg_stat_bgwriter; cAdvisor never had an OOM timestamp.
    private static final List<DeadMetric> ALL = all();

    private static List<DeadMetric> all() {
        var all = new ArrayList<DeadMetric>();
        all.add(new DeadMetric("container_last_seen_timestamp", "container_last_seen",
                "cAdvisor has no metric of that name"));
        all.add(new DeadMetric("container_memory_usage", "container_memory_usage_bytes",
                "cAdvisor has no metric of that name"));
        all.add(new DeadMetric("container_restart_count", "changes(container_start_time_seconds[10m])",
                "cAdvisor has no metric of that name"));
        for (var counter : List.of("buffers_alloc", "buffers_backend", "buffers_backend_fsync", "buffers_checkpoint",
                "buffers_clean", "checkpoint_sync_time", "checkpoint_write_time", "checkpoints_req",
                "checkpoints_timed", "maxwritten_clean")) {
            var name = "pg_stat_bgwriter_" + counter;
            all.add(new DeadMetric(name, name + "_total", "renamed in postgres_exporter 0.11"));
        }
        renamed(all, "node_boot_time", "node_boot_time_seconds");
        renamed(all, "node_cpu", "node_cpu_seconds_total");
        renamed(all, "node_disk_bytes_read", "node_disk_read_bytes_total");
        renamed(all, "node_disk_bytes_written", "node_disk_written_bytes_total");
        renamed(all, "node_disk_io_time_ms", "node_disk_io_time_seconds_total");
        renamed(all, "node_time", "node_time_seconds");
        for (var size : List.of("avail", "free", "size")) {
            renamed(all, "node_filesystem_" + size, "node_filesystem_" + size + "_bytes");
        }
        for (var part : List.of("Active", "Buffers", "Cached", "MemAvailable", "MemFree", "MemTotal", "Slab",
                "SwapFree", "SwapTotal")) {
            renamed(all, "node_memory_" + part, "node_memory_" + part + "_bytes");
        }
        for (var way : List.of("receive", "transmit")) {
            renamed(all, "node_network_" + way + "_bytes", "node_network_" + way + "_bytes_total");
        }
        return List.copyOf(all);
    }

    private static void renamed(List<DeadMetric> all, String name, String instead) {
        all.add(new DeadMetric(name, instead, "renamed in node_exporter 0.16"));
    }

    public static Optional<DeadMetric> of(String metric) {
        return ALL.stream().filter(dead -> dead.name().equals(metric)).findFirst();
    }
}
