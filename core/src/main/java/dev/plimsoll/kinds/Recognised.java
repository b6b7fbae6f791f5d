package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Service;
import dev.plimsoll.units.MemorySize;
import java.util.Optional;

/// A service and what Plimsoll knows about it.
///
/// @param role what it is for in this stack: a Redis may be a cache or a broker
public record Recognised(Service service, Kind kind, Role role, Clues clues, Settings settings, ServiceHints hints) {
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
