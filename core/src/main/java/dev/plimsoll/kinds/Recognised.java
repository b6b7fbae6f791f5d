package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Service;
import dev.plimsoll.units.MemorySize;
import java.util.Optional;

/// A service and what Plimsoll knows about it.
///
/// @param role what it is for in this stack: a Redis may be a cache or a broker
/// @param calibrated what was measured of it while it ran
/// @param pooled connections of it that poolers in front of it may open
public record Recognised(Service service, Kind kind, Role role, Clues clues, Settings settings, ServiceHints hints,
        Calibrated calibrated, int pooled) {
    Recognised as(Role other) {
        return new Recognised(service, kind, other, clues, settings, hints, calibrated, pooled);
    }

    Recognised calibrated(Calibrated measured) {
        return new Recognised(service, kind, role, clues, settings, hints, measured, pooled);
    }

    Recognised pooled(int connections) {
        return new Recognised(service, kind, role, clues, settings, hints, calibrated, connections);
    }

    public String name() {
        return service.name();
    }

    /// Containers that run of it.
    public int replicas() {
        return service.replicas();
    }

    public Optional<Located<MemorySize>> limit() {
        return service.memoryLimit();
    }

    /// Whether a Dockerfile may have given it settings that are not seen: in a config that is named and is not
    /// there, or by an instruction that speaks of one of these.
    public boolean mayHide(String... parts) {
        return service.built().isPresent() && !settings.missing().isEmpty() || clues.mayHide(parts);
    }

    /// Whether it is of one of the kinds with these ids.
    public boolean is(String... kindIds) {
        for (var id : kindIds) {
            if (kind.id().equals(id)) {
                return true;
            }
        }
        return false;
    }
}
