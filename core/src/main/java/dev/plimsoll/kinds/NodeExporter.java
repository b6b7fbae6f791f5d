package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import java.util.List;
import java.util.regex.Pattern;

/// Prometheus node exporter: metrics of the host.
final class NodeExporter implements Kind {
    /// 7 MB of its own, 15 MB working set.
    private static final FixedSizing.Need NEED = new FixedSizing.Need(7, 15, 32,
            "measured on Debian 12, node_exporter 1.5");
    private static final Pattern NAME = Pattern.compile("node[-_]?exporter");

    @Override
    public String id() {
        return "node-exporter";
    }

    @Override
    public Role role() {
        return Role.EXPORTER;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageIs("prom/node-exporter", "prometheus/node-exporter", "bitnami/node-exporter",
                "bitnamilegacy/node-exporter")
                || clues.imageNameMatches(NAME)
                || clues.runs("node_exporter", "node-exporter");
    }

    @Override
    public List<Integer> ports() {
        return List.of(9100);
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        return NEED.demand(service, host);
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return NEED.sizing(0.1);
    }
}
