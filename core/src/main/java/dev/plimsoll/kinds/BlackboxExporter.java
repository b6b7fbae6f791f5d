package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import java.util.List;
import java.util.regex.Pattern;

/// Prometheus blackbox exporter: probes from outside.
final class BlackboxExporter implements Kind {
    /// 6 MB of its own, 19 MB resident.
    private static final FixedSizing.Need NEED = new FixedSizing.Need(6, 19, 32,
            "measured on Debian 12, blackbox_exporter 0.23");
    private static final Pattern NAME = Pattern.compile("blackbox[-_]?exporter");

    @Override
    public String id() {
        return "blackbox-exporter";
    }

    @Override
    public Role role() {
        return Role.EXPORTER;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageIs("prom/blackbox-exporter", "prometheus/blackbox-exporter", "bitnami/blackbox-exporter")
                || clues.imageNameMatches(NAME)
                || clues.runs("blackbox_exporter", "blackbox-exporter");
    }

    @Override
    public List<Integer> ports() {
        return List.of(9115);
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
