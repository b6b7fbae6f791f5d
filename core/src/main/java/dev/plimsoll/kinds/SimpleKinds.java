package dev.plimsoll.kinds;

import static dev.plimsoll.kinds.SimpleKind.ASSUMPTION;

import java.util.List;

/// Kinds that need no class of their own.
final class SimpleKinds {
    static final List<Kind> PROXIES = List.of(
            SimpleKind.of("caddy", Role.PROXY, "caddy|caddy-.*|.*-caddy", "caddy", "80 443", "/data", 20, 40, 128, 0.2,
                    ASSUMPTION),
            SimpleKind.of("traefik", Role.PROXY, "traefik", "traefik", "80 443 8080", "", 30, 60, 192, 0.2, ASSUMPTION),
            SimpleKind.of("haproxy", Role.PROXY, "haproxy(-.*)?", "haproxy", "80 443 8404", "", 10, 30, 128, 0.2,
                    ASSUMPTION),
            SimpleKind.of("apache", Role.PROXY, "httpd", "httpd apache2 httpd-foreground", "80 443", "", 10, 60, 256,
                    0.5,
                    ASSUMPTION));

    static final List<Kind> STORES = List.of(
            SimpleKind.of("rabbitmq", Role.BROKER, "rabbitmq(-server)?", "rabbitmq-server", "5672 15672",
                    "/var/lib/rabbitmq",
                    110, 160, 1024, 0.7, ASSUMPTION),
            SimpleKind.of("redpanda", Role.BROKER, "redpanda", "redpanda", "9092 9644", "/var/lib/redpanda/data", 200,
                    512,
                    4096, 0.7, ASSUMPTION),
            SimpleKind.of("nats", Role.BROKER, "nats(-streaming)?", "nats-server", "4222 8222", "", 15, 40, 512, 0.4,
                    ASSUMPTION),
            SimpleKind.of("minio", Role.STORAGE, "minio", "minio", "9000 9001", "/data", 100, 256, 2048, 0.5,
                    ASSUMPTION),
            SimpleKind.of("qdrant", Role.DATABASE, "qdrant", "qdrant", "6333 6334", "/qdrant/storage", 60, 256, 16_384,
                    2,
                    ASSUMPTION),
            SimpleKind.of("weaviate", Role.DATABASE, "weaviate", "weaviate", "8080 50051", "/var/lib/weaviate", 80, 256,
                    16_384,
                    2, ASSUMPTION),
            SimpleKind.of("meilisearch", Role.SEARCH, "meilisearch", "meilisearch", "7700", "/meili_data", 60, 256,
                    8192, 1,
                    ASSUMPTION),
            SimpleKind.of("typesense", Role.SEARCH, "typesense", "typesense-server", "8108", "/data", 60, 256, 8192, 1,
                    ASSUMPTION),
            SimpleKind.of("influxdb", Role.DATABASE, "influxdb", "influxd", "8086", "/var/lib/influxdb2", 80, 256, 8192,
                    1,
                    ASSUMPTION),
            SimpleKind.of("etcd", Role.DATABASE, "etcd", "etcd", "2379", "", 30, 96, 1024, 0.5, ASSUMPTION));

    static final List<Kind> HELPERS = List.of(
            SimpleKind.of("telemetry", Role.MONITORING,
                    "tempo|alloy|promtail|vector|fluent-?bit|fluentd|telegraf|jaeger|"
                            + "all-in-one|opentelemetry-collector.*|otel-collector.*|.*-otel-collector|mimir|pyroscope",
                    "promtail alloy otelcol", "", "", 30, 96, 384, 0.3, ASSUMPTION),
            SimpleKind.of("admin-tool", Role.TOOL,
                    "portainer(-.*)?|adminer|pgadmin4?|watchtower|autoheal|dozzle|ofelia|"
                            + "mailcatcher|mailpit|mailhog|diun|acme-companion|docker-socket-proxy|socket-proxy",
                    "", "", "", 15,
                    64, 256, 0.2, ASSUMPTION));

    private SimpleKinds() {}
}
