package dev.plimsoll.observe;

import dev.plimsoll.observe.Observation.Unit;
import dev.plimsoll.units.MemorySize;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Collects what one probe saw of one container.
final class Facts {
    private final Optional<String> service;
    private final int container;
    private final Instant when;
    private final List<Observation> found = new ArrayList<>();
    private final List<Observations.Unobserved> gaps = new ArrayList<>();

    Facts(Sight sight) {
        this.service = Optional.of(sight.container().service());
        this.container = sight.container().number();
        this.when = sight.when();
    }

    Facts add(String what, String value, Unit unit, String how) {
        found.add(new Observation(service, container, what, value, unit, when, how));
        return this;
    }

    Facts text(String what, String value, String how) {
        return add(what, value, Unit.TEXT, how);
    }

    Facts flag(String what, boolean value, String how) {
        return add(what, String.valueOf(value), Unit.BOOLEAN, how);
    }

    Facts bytes(String what, MemorySize value, String how) {
        return add(what, String.valueOf(value.bytes()), Unit.BYTES, how);
    }

    Facts number(String what, double value, Unit unit, String how) {
        return Double.isFinite(value)
                ? add(what, new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString(), unit, how)
                : this;
    }

    Facts count(String what, long value, String how) {
        return add(what, String.valueOf(value), Unit.COUNT, how);
    }

    Facts gap(String what, String why) {
        gaps.add(new Observations.Unobserved(service, what, why));
        return this;
    }

    Observations done() {
        return new Observations(found, gaps);
    }
}
