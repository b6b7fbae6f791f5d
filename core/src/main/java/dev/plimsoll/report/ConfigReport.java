package dev.plimsoll.report;

import dev.plimsoll.stack.Port;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.yaml.Node;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The loaded stack as `docker compose config --format json` prints it: what runs, after every merge. Paths stay
/// relative to the project and dollar signs stay single.
public final class ConfigReport {
    private ConfigReport() {}

    public static Map<String, Object> of(Stack stack) {
        var services = new LinkedHashMap<String, Object>();
        stack.services().forEach((name, service) -> services.put(name, service(service)));
        var report = new LinkedHashMap<String, Object>();
        report.put("name", stack.name());
        report.put("services", services);
        return report;
    }

    private static Map<String, Object> service(Service service) {
        var fields = new LinkedHashMap<String, Object>();
        service.image().ifPresent(image -> fields.put("image", image.value()));
        service.entrypoint().ifPresent(words -> fields.put("entrypoint", words.stream().map(w -> w.value()).toList()));
        service.command().ifPresent(words -> fields.put("command", words.stream().map(w -> w.value()).toList()));
        var environment = new LinkedHashMap<String, Object>();
        service.writtenEnvironment().forEach((key, value) -> environment.put(key, value.value()));
        fields.put("environment", environment);
        service.memoryLimit().ifPresent(limit -> fields.put("memory_limit", limit.value().bytes()));
        service.memoryReservation().ifPresent(size -> fields.put("memory_reservation", size.value().bytes()));
        service.sharedMemorySize().ifPresent(size -> fields.put("shm_size", size.value().bytes()));
        service.cpuLimit().ifPresent(cpus -> fields.put("cpus", new BigDecimal(cpus.value().toString())));
        fields.put("replicas", service.replicas());
        service.restart().ifPresent(policy -> fields.put("restart", policy.value()));
        fields.put("ports", service.ports().stream().map(ConfigReport::port).toList());
        fields.put("volumes", service.mounts().stream().map(mount -> {
            var fieldsOfMount = new LinkedHashMap<String, Object>();
            fieldsOfMount.put("type", mount.type().name().toLowerCase(Locale.ROOT));
            mount.source().ifPresent(source -> fieldsOfMount.put("source", source));
            fieldsOfMount.put("target", mount.target());
            fieldsOfMount.put("read_only", mount.readOnly());
            return fieldsOfMount;
        }).toList());
        var dependencies = new LinkedHashMap<String, Object>();
        service.dependencies().forEach(dependency -> dependencies.put(dependency.service(),
                switch (dependency.condition()) {
                    case STARTED -> "service_started";
                    case HEALTHY -> "service_healthy";
                    case COMPLETED -> "service_completed_successfully";
                }));
        fields.put("depends_on", dependencies);
        service.healthcheck().ifPresent(check -> fields.put("healthcheck", check.test()));
        fields.put("networks", service.node("networks").flatMap(Node::asMapping)
                .map(networks -> List.copyOf(networks.entries().keySet())).orElse(List.of()));
        return fields;
    }

    private static Map<String, Object> port(Port port) {
        var fields = new LinkedHashMap<String, Object>();
        port.hostIp().ifPresent(ip -> fields.put("host_ip", ip));
        port.published().ifPresent(published -> fields.put("published", published));
        fields.put("target", port.target());
        fields.put("protocol", Optional.of(port.protocol()).filter(p -> !p.isEmpty()).orElse("tcp"));
        return fields;
    }
}
