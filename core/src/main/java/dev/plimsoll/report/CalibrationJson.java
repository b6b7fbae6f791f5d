package dev.plimsoll.report;

import dev.plimsoll.calibrate.Calibrator;
import dev.plimsoll.calibrate.Comparison;
import dev.plimsoll.calibrate.Taking;
import dev.plimsoll.kinds.Amount;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A calibration for programs; `schema/calibration.schema.json` describes it. Sizes are bytes, ratios predicted over
/// held.
public final class CalibrationJson {
    private CalibrationJson() {}

    /// @param version Plimsoll's own
    /// @param runtime where the stack runs
    public static Map<String, @Nullable Object> of(String version, String project, String runtime, Calibrator found) {
        return Fields.of("version", version, "project", project, "runtime", runtime, "services", found.comparisons()
                .stream().map(CalibrationJson::service).toList(), "measured",
                each(found, Taking.Measured.class)
                        .map(one -> PlanJson.measured(one.service(), one.taking().measurement())).toList(),
                "not_measured", each(found, Taking.Refused.class).map(one -> Fields.of("service", one.service(),
                        "constant", one.taking().constant().word(), "why", one.taking().why())).toList(),
                "unseen",
                found.unseen());
    }

    private record Taken<T extends Taking>(String service, T taking) {}

    private static <T extends Taking> Stream<Taken<T>> each(Calibrator found, Class<T> sort) {
        return found.takings().entrySet().stream().flatMap(service -> service.getValue().stream()
                .filter(sort::isInstance).map(taking -> new Taken<>(service.getKey(), sort.cast(taking))));
    }

    private static Map<String, @Nullable Object> service(Comparison one) {
        var planned = one.planned();
        var json = Fields.of("service", planned.name(), "kind", planned.kind(), "container", one.peak().container(),
                "when", one.peak().when().toString(), "expected_bytes", planned.reservation().bytes(), "limit_bytes",
                planned.limit().bytes(), "ceiling_bytes",
                planned.ceiling().map(MemorySize::bytes).orElse(null),
                "held_bytes", one.held().bytes(), "working_set_bytes", one.peak().workingSet().bytes(),
                "charged_bytes", one.charged().map(MemorySize::bytes).orElse(null), "ceiling_ratio", rounded(one
                        .ceilingRatio()),
                "difference_bytes", one.ceiling().bytes() - one.held().bytes());
        json.put("model", one.predicted().map(model -> Fields.of("bytes", model.typical().total().bytes(),
                "bound_bytes", model.bound().total().bytes(), "ratio", one.modelRatio().map(CalibrationJson::rounded)
                        .orElse(null),
                "difference_bytes", model.typical().total().bytes() - one.held().bytes(), "terms",
                terms(model.typical()))).orElse(null));
        return json;
    }

    private static List<Map<String, @Nullable Object>> terms(Amount amount) {
        return amount.terms().stream().map(term -> Fields.of("what", term.what(), "bytes", term.size().bytes(),
                "because", term.arithmetic())).toList();
    }

    /// To a thousandth.
    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
