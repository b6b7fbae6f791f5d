package dev.plimsoll.calibrate;

import dev.plimsoll.lock.LockedService;
import dev.plimsoll.units.MemorySize;
import java.util.Optional;

/// What was planned for one service against what the container that held most was seen to hold.
///
/// @param planned expected, ceiling and limit as rendered
/// @param peak the moment at which it held most
/// @param charged the most the kernel ever charged, files that could be dropped included; empty where it does not tell
/// @param predicted the model at that moment; empty without a model
public record Comparison(LockedService planned, State peak, Optional<MemorySize> charged,
        Optional<Predicted> predicted) {
    /// Anonymous, shared and kernel memory: what could not be dropped.
    public MemorySize held() {
        return peak.held();
    }

    /// The planned worst case, which is the limit where no setting bounds the service.
    public MemorySize ceiling() {
        return planned.ceiling().orElse(planned.limit());
    }

    /// Whether it held more than was planned as the worst case.
    public boolean isExceeded() {
        return held().isLargerThan(ceiling());
    }

    /// The planned worst case over what was held.
    public double ceilingRatio() {
        return ratio(ceiling());
    }

    /// The model at the observed state over what was held.
    public Optional<Double> modelRatio() {
        return predicted.map(found -> ratio(found.typical().total()));
    }

    private double ratio(MemorySize size) {
        return held().isZero() ? 0 : size.ratioTo(held());
    }
}
