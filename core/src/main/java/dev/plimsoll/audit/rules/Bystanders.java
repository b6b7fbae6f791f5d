package dev.plimsoll.audit.rules;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Role;
import java.util.regex.Pattern;

/// Services that watch others or stand in front of them, and that nothing of the stack waits for.
final class Bystanders {
    private static final Pattern IMAGE = Pattern.compile("prometheus|alertmanager|grafana(-oss|-enterprise)?|loki|"
            + "promtail|alloy|tempo|mimir|pushgateway|cadvisor|.*[-_]?exporter|node-exporter|telegraf|fluentd|"
            + "fluent-bit|vector|jaeger.*|all-in-one|zipkin|otel.*|opentelemetry-collector.*|dozzle|watchtower|"
            + "autoheal|adminer|phpmyadmin|pgadmin4?|mongo-express|redisinsight|redis-commander|kafka-ui|flower|"
            + "portainer(-ce|-ee)?|mailhog|mailpit|cloudflared|tailscale|netdata|uptime-kuma|diun|kibana|blackbox.*");

    private Bystanders() {}

    static boolean is(Recognised service) {
        return service.role() == Role.MONITORING || service.role() == Role.EXPORTER || service.role() == Role.TOOL
                || service.clues().imageNameMatches(IMAGE);
    }
}
