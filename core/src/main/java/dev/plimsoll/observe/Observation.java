package dev.plimsoll.observe;

import java.time.Instant;
import java.util.Optional;

/// One measured fact about a running stack.
///
/// @param service the service it is about; empty for the server
/// @param container number of the container among the service's, from 1; 0 when it is about the service as a whole
/// @param what dotted words such as `memory.working_set` or `postgres.setting.shared_buffers`
/// @param value as text; numbers without grouping, in the unit's base
/// @param when the moment it was read
/// @param how where it was read, such as `memory.current` or `pg_settings`
public record Observation(Optional<String> service, int container, String what, String value, Unit unit, Instant when,
        String how) {
    /// What a value counts.
    public enum Unit {
        BYTES, COUNT, SECONDS, RATIO, PER_SECOND, TEXT, BOOLEAN
    }

    /// The value as a number; empty when it is none.
    public Optional<Double> number() {
        try {
            return Optional.of(Double.parseDouble(value)).filter(Double::isFinite);
        } catch (NumberFormatException text) {
            return Optional.empty();
        }
    }
}
