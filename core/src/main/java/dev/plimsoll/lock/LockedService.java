package dev.plimsoll.lock;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.List;
import java.util.Optional;

/// One service as planned. Sizes are for one container.
///
/// @param image as in the Compose file; empty when it is built
/// @param replicas containers the plan has room for
/// @param limit the hard limit
/// @param reservation what it is expected to use
/// @param ceiling the worst case with these settings; empty when only the limit bounds the service
/// @param cpus its part of the CPUs when all services want them at once
/// @param expected what the Compose files ask of its containers besides; empty when that was not read
public record LockedService(String name, String kind, Role role, Optional<String> image, int replicas,
        MemorySize limit, MemorySize reservation, Optional<MemorySize> ceiling, Millicores cpus,
        List<LockedSetting> settings, Optional<Expected> expected) {
    public LockedService {
        settings = List.copyOf(settings);
    }

    public LockedService(String name, String kind, Role role, Optional<String> image, int replicas, MemorySize limit,
            MemorySize reservation, Optional<MemorySize> ceiling, Millicores cpus, List<LockedSetting> settings) {
        this(name, kind, role, image, replicas, limit, reservation, ceiling, cpus, settings, Optional.empty());
    }

    /// The same service, held against what the Compose files ask of its containers.
    public LockedService expecting(Expected more) {
        return new LockedService(name, kind, role, image, replicas, limit, reservation, ceiling, cpus, settings,
                Optional.of(more));
    }

    public Optional<LockedSetting> setting(String setting) {
        return settings.stream().filter(found -> found.name().equals(setting)).findFirst();
    }

    /// Whether it is of one of the kinds with these ids.
    public boolean is(String... kindIds) {
        return List.of(kindIds).contains(kind);
    }
}
