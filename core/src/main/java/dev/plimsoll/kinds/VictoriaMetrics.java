package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Service;
import java.util.List;

/// VictoriaMetrics: a time series database that reads Prometheus configs.
final class VictoriaMetrics implements Kind {
    /// 19 MB of its own with -memory.allowedBytes=64MB, 51 MB with the default of 60 % of the host.
    private static final FixedSizing.Need NEED = new FixedSizing.Need(31, 52, 96,
            "measured on Debian 12, VictoriaMetrics 1.79 with 1,600 series");

    @Override
    public String id() {
        return "victoria-metrics";
    }

    @Override
    public Role role() {
        return Role.MONITORING;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageIs("victoriametrics/victoria-metrics")
                || clues.runs("victoria-metrics", "victoria-metrics-prod");
    }

    @Override
    public List<Integer> ports() {
        return List.of(8428);
    }

    @Override
    public List<String> dataPaths(Service service) {
        return List.of("/victoria-metrics-data");
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        return NEED.demand(service, host);
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return NEED.sizing(0.5);
    }
}
