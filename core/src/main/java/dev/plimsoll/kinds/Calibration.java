package dev.plimsoll.kinds;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What was measured of a running stack, by service in the order of the file.
public record Calibration(Map<String, Calibrated> services) {
    public static final Calibration NONE = new Calibration(Map.of());

    public Calibration {
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    }

    public Calibrated of(String service) {
        return services.getOrDefault(service, Calibrated.NONE);
    }

    /// These measurements, and of `older` those that were not made again.
    public Calibration over(Calibration older) {
        var all = new LinkedHashMap<String, Calibrated>();
        services.forEach((name, measured) -> all.put(name, measured.over(older.of(name))));
        older.services.forEach(all::putIfAbsent);
        return new Calibration(all);
    }

    public boolean isEmpty() {
        return services.values().stream().allMatch(one -> one.measurements().isEmpty());
    }
}
