package dev.plimsoll.kinds;

import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What was measured of one service, at most once for each constant, in the order of the constants.
///
/// A measurement takes the place of an assumption, upwards and downwards. A ceiling it only raises: one load shows
/// what is needed, and not the worst that the settings permit.
public record Calibrated(List<Measurement> measurements) {
    public static final Calibrated NONE = new Calibrated(List.of());

    /// On top of what was measured, as the next load may need a little more than the one that was seen.
    public static final double MARGIN = 1.1;

    public Calibrated {
        measurements = measurements.stream().sorted(Comparator.comparing(Measurement::constant)).toList();
        if (measurements.stream().map(Measurement::constant).distinct().count() < measurements.size()) {
            throw new IllegalArgumentException("a constant is measured twice: " + measurements);
        }
    }

    public Optional<Measurement> get(Constant constant) {
        return measurements.stream().filter(one -> one.constant() == constant).findFirst();
    }

    /// A measured size with the margin.
    public Optional<MemorySize> size(Constant constant) {
        return get(constant).map(one -> one.size().times(MARGIN));
    }

    /// A measured ratio or count with the margin.
    public Optional<Double> number(Constant constant) {
        return get(constant).map(one -> one.value() * MARGIN);
    }

    /// Where the number comes from: the measurement if there is one.
    public String source(Constant constant, String otherwise) {
        return get(constant).map(one -> one.source() + ", with a margin of 10 %").orElse(otherwise);
    }

    /// These, and of `older` what was not measured again.
    public Calibrated over(Calibrated older) {
        var all = new ArrayList<>(measurements);
        older.measurements.stream().filter(one -> get(one.constant()).isEmpty()).forEach(all::add);
        return new Calibrated(all);
    }
}
