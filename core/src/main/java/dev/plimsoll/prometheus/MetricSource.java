package dev.plimsoll.prometheus;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A program that exports metrics whose names only it uses. Names that applications choose freely belong to none.
///
/// @param name as people call it
/// @param metrics names that it alone exports, whether or not this version does
/// @param image the last part of an image's repository, or a service's name
/// @param ports on which it usually listens
public record MetricSource(String name, Pattern metrics, Pattern image, List<Integer> ports) {
    /// Sorted by name. Prefixes and ports: https://github.com/prometheus/prometheus/wiki/Default-port-allocations and
    /// the exporters' own documentation.
    public static final List<MetricSource> ALL = List.of(
            of("alertmanager", "alertmanager_.*", "alert-?manager", 9093),
            of("blackbox-exporter", "probe_.*", "blackbox", 9115),
            of("caddy", "caddy_.*", "caddy", 2019),
            of("cadvisor", "container_.*|machine_.*", "cadvisor|kubelet", 8080),
            of("elasticsearch-exporter", "elasticsearch_.*", "elastic.*exporter", 9114),
            of("haproxy", "haproxy_.*", "haproxy", 9101),
            of("kafka-exporter", "kafka_consumergroup_.*|kafka_topic_partition.*|kafka_brokers", "kafka", 9308),
            of("memcached-exporter", "memcached_.*", "memcached.*exporter", 9150),
            of("mongodb-exporter", "mongodb_(?:up|ss_.*|sys_.*|rs_.*|connections|op_counters.*|mongod_.*)",
                    "mongo.*exporter", 9216),
            of("mysqld-exporter", "mysql_(?:up|global_.*|info_schema_.*|slave_.*|version_info)",
                    "(?:mysql|mariadb).*exporter", 9104),
            of("nginx-exporter", "nginx_(?:up|connections_.*|http_requests_total|vts_.*|ingress_.*)", "nginx", 9113),
            of("node-exporter", "node_.*", "node[-_]?exporter", 9100),
            of("pgbouncer-exporter", "pgbouncer_.*", "pgbouncer.*exporter", 9127),
            of("postgres-exporter", "pg_(?:up|stat_.*|statio_.*|settings_.*|database_.*|locks_.*|replication_.*"
                    + "|exporter_.*|postmaster_.*|long_running_.*|process_idle_.*|wal_.*|scrape_.*|static)",
                    "(?:postgres|pg).*exporter|pgwatch.*", 9187),
            of("process-exporter", "namedprocess_.*", "process[-_]?exporter", 9256),
            of("rabbitmq", "rabbitmq_.*", "rabbit", 15692),
            of("redis-exporter", "redis_(?:up|memory_(?:used|max)_.*|mem_.*|connected_.*|keyspace_(?:hits|misses)_total"
                    + "|evicted_keys_total|expired_keys_total|blocked_clients|rejected_connections_total|instance_info"
                    + "|db_.*|slowlog_.*|uptime_in_seconds|commands_.*|start_time_seconds|exporter_.*|rdb_.*|aof_.*"
                    + "|master_.*|slave.*|replica.*|cluster_.*|cpu_.*|net_.*|config_.*|latest_fork_.*)",
                    "(?:redis|valkey).*exporter", 9121),
            of("traefik", "traefik_.*", "traefik", 8080));

    private static MetricSource of(String name, String metrics, String image, int port) {
        return new MetricSource(name, Pattern.compile(metrics), Pattern.compile(".*(?:" + image + ").*"),
                List.of(port));
    }

    /// The source of a metric; empty for names that any program may use.
    public static Optional<MetricSource> of(String metric) {
        return ALL.stream().filter(source -> source.metrics().matcher(metric).matches()).findFirst();
    }
}
