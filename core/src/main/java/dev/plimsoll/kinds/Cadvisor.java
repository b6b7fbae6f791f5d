package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import java.util.List;

/// cAdvisor: metrics of containers.
final class Cadvisor implements Kind {
    /// Assumed: grows with the number of containers.
    private static final FixedSizing.Need NEED = new FixedSizing.Need(40, 80, 128,
            "assumption: ten containers with default collectors");

    @Override
    public String id() {
        return "cadvisor";
    }

    @Override
    public Role role() {
        return Role.EXPORTER;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageIs("google/cadvisor", "cadvisor/cadvisor", "cadvisor")
                || clues.runs("cadvisor");
    }

    @Override
    public List<Integer> ports() {
        return List.of(8080);
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        return NEED.demand(service, host);
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return NEED.sizing(0.2);
    }
}
