package dev.plimsoll.report;

import dev.plimsoll.kinds.Amount;
import dev.plimsoll.kinds.Measurement;
import dev.plimsoll.plan.Change;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.units.MemorySize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A plan for programs; `schema/plan.schema.json` describes it. Sizes are bytes.
public final class PlanJson {
    private PlanJson() {}

    public static Map<String, @Nullable Object> of(String version, Plan plan) {
        var host = plan.inventory().host();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("version", version);
        json.put("project", plan.inventory().stack().name());
        json.put("host",
                Fields.of("memory_bytes", host.memory().bytes(), "cpus", host.cpus().value() / 1000.0, "assumed",
                        host.assumed()));
        json.put("load_line_bytes", plan.loadLine().bytes());
        json.put("needed_bytes", plan.needed().bytes());
        json.put("limits_bytes", plan.total().bytes());
        json.put("fits", plan.fits());
        json.put("services", plan.services().stream().map(PlanJson::service).toList());
        json.put("left_out", plan.leftOut());
        json.put("single_changes", plan.singles().stream().map(PlanJson::change).toList());
        json.put("combination", plan.combination().stream().map(PlanJson::change).toList());
        json.put("measured", plan.inventory().running().flatMap(service -> service.calibrated().measurements().stream()
                .map(one -> measured(service.name(), one))).toList());
        json.put("assumptions", plan.assumptions());
        return json;
    }

    /// One constant as it was measured, without a margin.
    static Map<String, @Nullable Object> measured(String service, Measurement one) {
        return Fields.of("service", service, "constant", one.constant().word(), "value", one.value(), "unit", one
                .constant().unit().word(), "when", one.when().toString(), "how", one.how());
    }

    private static Map<String, @Nullable Object> service(ServicePlan service) {
        var json = Fields.of("service", service.service(), "kind", service.kind(), "replicas", service.replicas(),
                "declared_replicas", service.declaredReplicas(),
                "limit_bytes", service.limit().bytes(), "reservation_bytes", service.reservation().bytes(),
                "ceiling_bytes", service.ceiling().map(Amount::total).map(MemorySize::bytes).orElse(null), "cpu_share",
                service.cpuShare().value() / 1000.0, "declared_limit_bytes",
                service.declaredLimit().map(MemorySize::bytes).orElse(null));
        json.put("now", Fields.of("floor_bytes", service.configured().floor().total().bytes(), "expected_bytes",
                service.configured().expected().total().bytes(), "ceiling_bytes",
                service.configured().ceiling().map(Amount::total).map(MemorySize::bytes).orElse(null)));
        json.put("lever",
                service.lever().map(lever -> Fields.of("setting", lever.setting(), "declared", lever.declared(),
                        "planned", service.level())).orElse(null));
        json.put("settings", service.choices().stream().map(choice -> Fields.of("name", choice.setting(), "value",
                choice.value(), "because", choice.arithmetic(), "source", choice.source(), "changes_with",
                choice.changes())).toList());
        return json;
    }

    private static Map<String, @Nullable Object> change(Change change) {
        return Fields.of("service", change.service().orElse(null), "what", change.what(),
                change.service().isPresent() ? "saves_bytes" : "adds_bytes", change.saves().bytes());
    }

    /// Plans for several sizes of server.
    public static List<Map<String, @Nullable Object>> of(String version, List<Plan> plans) {
        return plans.stream().map(plan -> of(version, plan)).toList();
    }
}
