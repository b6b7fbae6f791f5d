package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Service;
import java.util.List;

/// Grafana: dashboards.
final class Grafana implements Kind {
    /// Without image renderer; the manual recommends 512 MB.
    private static final FixedSizing.Need NEED = new FixedSizing.Need(80, 150, 256,
            "Grafana's manual asks for 512 MB; 80 to 150 MB idle");

    @Override
    public String id() {
        return "grafana";
    }

    @Override
    public Role role() {
        return Role.MONITORING;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageIs("grafana/grafana", "grafana/grafana-oss", "grafana/grafana-enterprise", "bitnami/grafana",
                "bitnamilegacy/grafana")
                || clues.runs("grafana-server");
    }

    @Override
    public List<Integer> ports() {
        return List.of(3000);
    }

    @Override
    public List<String> dataPaths(Service service) {
        return List.of("/var/lib/grafana");
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        return NEED.demand(service, host);
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return NEED.sizing(0.4);
    }
}
