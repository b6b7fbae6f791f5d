package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Service;
import java.util.List;

/// Prometheus Alertmanager: groups alerts and sends them on.
final class Alertmanager implements Kind {
    /// 15 MB of its own, 21 MB working set.
    private static final FixedSizing.Need NEED = new FixedSizing.Need(15, 21, 64,
            "measured on Debian 12, Alertmanager 0.25");

    @Override
    public String id() {
        return "alertmanager";
    }

    @Override
    public Role role() {
        return Role.MONITORING;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageIs("prom/alertmanager", "bitnami/alertmanager", "bitnamilegacy/alertmanager",
                "prometheus/alertmanager")
                || clues.runs("alertmanager");
    }

    @Override
    public List<Integer> ports() {
        return List.of(9093);
    }

    @Override
    public List<String> dataPaths(Service service) {
        return List.of("/alertmanager");
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        return NEED.demand(service, host);
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return NEED.sizing(0.3);
    }
}
