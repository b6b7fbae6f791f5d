package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import java.util.List;
import java.util.regex.Pattern;

/// Any other exporter of metrics, and the Pushgateway.
final class Exporter implements Kind {
    /// Exporters written in Go measured 16 to 21 MB resident.
    private static final FixedSizing.Need NEED = new FixedSizing.Need(8, 20, 48,
            "measured on Debian 12 for exporters written in Go");
    private static final Pattern NAME = Pattern.compile(".*(?:exporter|pushgateway).*");

    @Override
    public String id() {
        return "exporter";
    }

    @Override
    public Role role() {
        return Role.EXPORTER;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageIs("prom/pushgateway", "prometheus/pushgateway")
                || clues.imageNameMatches(NAME)
                || clues.runs("pushgateway");
    }

    @Override
    public List<Integer> ports() {
        return List.of();
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
