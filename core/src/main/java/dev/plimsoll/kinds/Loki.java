package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Service;
import java.util.List;

/// Grafana Loki: logs.
final class Loki implements Kind {
    /// Assumed: ingestion and queries decide, and nothing of them is known here.
    private static final FixedSizing.Need NEED = new FixedSizing.Need(80, 200, 256,
            "assumption: a single binary with a few streams");

    @Override
    public String id() {
        return "loki";
    }

    @Override
    public Role role() {
        return Role.MONITORING;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageIs("grafana/loki", "bitnami/grafana-loki")
                || clues.runs("loki");
    }

    @Override
    public List<Integer> ports() {
        return List.of(3100);
    }

    @Override
    public List<String> dataPaths(Service service) {
        return List.of("/loki");
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
