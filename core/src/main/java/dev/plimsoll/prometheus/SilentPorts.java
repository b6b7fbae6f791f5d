package dev.plimsoll.prometheus;

import java.util.Map;

/// Usual ports of databases and queues, which do not speak HTTP and so cannot be scraped.
public final class SilentPorts {
    /// What to scrape instead, by port.
    public static final Map<Integer, String> EXPORTERS = Map.ofEntries(Map.entry(1433, "a SQL Server exporter"),
            Map.entry(3306, "mysqld-exporter:9104"), Map.entry(5432, "postgres-exporter:9187"),
            Map.entry(5672, "rabbitmq:15692"), Map.entry(6379, "redis-exporter:9121"),
            Map.entry(6432, "pgbouncer-exporter:9127"), Map.entry(9042, "a Cassandra exporter"),
            Map.entry(9092, "kafka-exporter:9308"), Map.entry(11211, "memcached-exporter:9150"),
            Map.entry(27017, "mongodb-exporter:9216"));

    private SilentPorts() {}
}
