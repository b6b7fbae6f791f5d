package dev.plimsoll.kinds;

import static dev.plimsoll.kinds.SimpleKind.ASSUMPTION;

import java.util.List;

/// Kinds that need no class of their own.
final class SimpleKinds {
    /// Named exporters before any image whose name says that it is one.
    static final List<Kind> EXPORTERS = List.of(
            SimpleKind.of("blackbox-exporter", Role.EXPORTER, "blackbox[-_]?exporter",
                    "blackbox_exporter blackbox-exporter", "9115", "", 6, 19, 64, 0.1,
                    "measured on Debian 12, blackbox_exporter 0.23"),
            SimpleKind.of("node-exporter", Role.EXPORTER, "node[-_]?exporter", "node_exporter node-exporter", "9100",
                    "",
                    7, 15, 64, 0.1, "measured on Debian 12, node_exporter 1.5"),
            SimpleKind.of("postgres-exporter", Role.EXPORTER, "(?:.*[-_])?(?:postgres(?:ql)?|pg)[-_]?exporter",
                    "postgres_exporter postgres-exporter", "9187", "", 9, 20, 64, 0.1,
                    "measured on Debian 12, postgres_exporter 0.11"),
            SimpleKind.of("redis-exporter", Role.EXPORTER, "(?:redis|valkey)[-_]?exporter",
                    "redis_exporter redis-exporter", "9121", "", 6, 16, 64, 0.1,
                    "measured on Debian 12, redis_exporter 1.45"),
            SimpleKind.of("exporter", Role.EXPORTER,
                    "(?!(?:.*[-_])?(?:pdf|csv|xlsx?|docx?|docs?|documents?|data|images?|"
                            + "video|media|files?|reports?|html|svg)[-_]exporter)(?:.+[-_]exporter(?:[-_].*)?|.*pushgateway.*)",
                    "pushgateway", "", "", 10, 32, 128, 0.1, ASSUMPTION),
            SimpleKind.of("cadvisor", Role.EXPORTER, "cadvisor", "cadvisor", "8080", "", 40, 80, 256, 0.2, ASSUMPTION));

    static final List<Kind> MONITORING = List.of(
            SimpleKind.of("alertmanager", Role.MONITORING, "alertmanager", "alertmanager", "9093", "/alertmanager", 15,
                    21, 128, 0.3, "measured on Debian 12, Alertmanager 0.25"),
            SimpleKind.of("victoria-metrics", Role.MONITORING, "victoria-metrics",
                    "victoria-metrics victoria-metrics-prod", "8428", "/victoria-metrics-data", 31, 52, 192, 0.5,
                    "measured on Debian 12, VictoriaMetrics 1.79 with 1,600 series"),
            SimpleKind.of("grafana", Role.MONITORING, "grafana(-oss|-enterprise)?", "grafana-server", "3000",
                    "/var/lib/grafana", 80, 150, 512, 0.4, "Grafana's manual asks for 512 MB; 80 to 150 MB idle"),
            SimpleKind.of("loki", Role.MONITORING, "loki|grafana-loki", "loki", "3100", "/loki", 80, 200, 512, 0.4,
                    ASSUMPTION));

    static final List<Kind> PROXIES = List.of(
            SimpleKind.of("caddy", Role.PROXY, "caddy|caddy-.*|.*-caddy", "caddy", "80 443", "/data", 20, 40, 128, 0.2,
                    ASSUMPTION),
            SimpleKind.of("traefik", Role.PROXY, "traefik", "traefik", "80 443 8080", "", 30, 60, 192, 0.2, ASSUMPTION),
            SimpleKind.of("haproxy", Role.PROXY, "haproxy(-.*)?", "haproxy", "80 443 8404", "", 10, 30, 128, 0.2,
                    ASSUMPTION),
            SimpleKind.of("apache", Role.PROXY, "httpd", "httpd apache2 httpd-foreground", "80 443", "", 10, 60, 256,
                    0.5,
                    ASSUMPTION),
            SimpleKind.of("socat", Role.PROXY, "socat|.*-socat", "socat", "", "", 2, 16, 64, 0.1,
                    "measured on Debian 12, socat 1.7.4 with 50 connections"),
            SimpleKind.of("proxy-manager", Role.PROXY, "nginx-proxy-manager|swag", "", "80 443 81", "/data /config", 80,
                    200, 1024, 0.5, ASSUMPTION));

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
            SimpleKind.of("clamav", Role.TOOL, "clamav.*|clamd.*|.*-clamav|.*-clamd", "clamd", "3310",
                    "/var/lib/clamav",
                    1100, 1300, 4096, 0.5, "ClamAV's manual: 1.2 GB to load the signatures, more while reloading"),
            SimpleKind.of("mail-relay", Role.TOOL, "smtp|.*smtp-relay|postfix|.*-postfix|exim4?|msmtpd?",
                    "postfix exim msmtpd",
                    "25 587", "", 15, 64, 256, 0.2, ASSUMPTION),
            SimpleKind.of("admin-tool", Role.TOOL,
                    "portainer(-.*)?|adminer|pgadmin4?|watchtower|autoheal|dozzle|ofelia|"
                            + "mailcatcher|mailpit|mailhog|diun|acme-companion|docker-socket-proxy|socket-proxy",
                    "", "", "", 15,
                    64, 256, 0.2, ASSUMPTION));

    /// Its scheduler, web server and the like, each a process with all of Airflow loaded; its Celery workers
    /// are Celery's.
    static final Kind AIRFLOW = SimpleKind.of("airflow", Role.APP, "airflow|docker-airflow", "airflow", "8080", "", 200,
            300, 1536,
            1.5,
            ASSUMPTION);

    private SimpleKinds() {}
}
