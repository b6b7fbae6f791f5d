package dev.plimsoll.render;

import dev.plimsoll.kinds.Setting;
import dev.plimsoll.plan.ServicePlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What clients of a Postgres notice.
final class PostgresNotes {
    private static final Set<String> LIMITS = Set.of("statement_timeout", "lock_timeout",
            "idle_in_transaction_session_timeout", "temp_file_limit");
    private static final Set<String> UNLIMITED = Set.of("0", "-1");

    /// The built-in default.
    private static final int DEFAULT_CONNECTIONS = 100;

    private PostgresNotes() {}

    /// Limits under which a statement may fail that ran before.
    static Optional<String> limits(Task task, ServicePlan plan, PostgresText text) {
        var own = task.recognised(plan).settings();
        var limits = new LinkedHashMap<String, String>();
        plan.choices().forEach(choice -> limits.put(choice.setting(), choice.value()));
        text.settings().forEach(setting -> limits.put(setting.name(), setting.value()));
        limits.entrySet().removeIf(limit -> !LIMITS.contains(limit.getKey()) || UNLIMITED.contains(limit.getValue())
                || own.value(limit.getKey()).filter(limit.getValue()::equals).isPresent());
        return limits.isEmpty()
                ? Optional.empty()
                : Optional.of(plan.service() + ": new limits for its clients, "
                        + listed(limits)
                        + ". Where a report or a migration needs more, let it set its own for its session, or "
                        + "set yours in the Compose file.");
    }

    /// A server that nobody set up so far has room for 100 clients.
    static Optional<String> connections(Task task, ServicePlan plan) {
        var service = task.recognised(plan);
        var isUnset = service.hints().connections().isEmpty() && service.settings().get("max_connections").filter(
                own -> own.origin() == Setting.Origin.DEFAULT).isPresent();
        var isAsked = plan.choice("max_connections").filter(choice -> choice.arithmetic().equals("as configured"))
                .isPresent();
        return isUnset && !isAsked && plan.level() < DEFAULT_CONNECTIONS
                ? Optional.of(
                        plan.service() + ": max_connections becomes " + plan.level() + ", and nobody set it so far, "
                                + "which means " + DEFAULT_CONNECTIONS
                                + ". The pools of its clients together have to stay below; "
                                + "`x-plimsoll: {connections: N}` asks for more.")
                : Optional.empty();
    }

    private static String listed(Map<String, String> limits) {
        return limits.entrySet().stream().map(limit -> limit.getKey() + " " + limit.getValue())
                .collect(Collectors.joining(", "));
    }
}
