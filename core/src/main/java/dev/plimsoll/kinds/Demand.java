package dev.plimsoll.kinds;

import java.util.Optional;

/// What one container of a service needs with the settings it has.
///
/// @param floor idle
/// @param expected under the declared load
/// @param ceiling the worst case the settings permit; empty when nothing but the container's limit bounds it
/// @param assumption what was assumed for want of a fact; empty when nothing was
public record Demand(Amount floor, Amount expected, Optional<Amount> ceiling, String assumption) {
    public static Demand bounded(Amount floor, Amount expected, Amount ceiling) {
        return new Demand(floor, expected, Optional.of(ceiling), "");
    }

    public static Demand unbounded(Amount floor, Amount expected, String assumption) {
        return new Demand(floor, expected, Optional.empty(), assumption);
    }
}
