package dev.plimsoll.evidence;

import dev.plimsoll.units.MemorySize;
import java.time.Instant;
import java.util.List;

/// What services held of memory against what was planned, at the moment at which each held most.
///
/// @param runtime where the stack ran
/// @param when the look ended
public record Measured(String version, String project, String runtime, Instant when, List<Service> services) {
    public Measured {
        services = List.copyOf(services);
    }

    /// @param ceilingBytes the planned worst case, which is the limit where no setting bounds the service
    /// @param heldBytes anonymous, shared and kernel memory
    /// @param modelBytes what the memory model says of that moment; 0 without a model
    public record Service(String name, String kind, long expectedBytes, long ceilingBytes, long heldBytes,
            long modelBytes) {
        public MemorySize ceiling() {
            return MemorySize.ofBytes(ceilingBytes);
        }

        public MemorySize held() {
            return MemorySize.ofBytes(heldBytes);
        }

        public boolean hasModel() {
            return modelBytes > 0;
        }
    }
}
