package dev.plimsoll.render;

import dev.plimsoll.audit.AuditResult;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.plan.ServicePlan;
import java.util.List;
import java.util.stream.Stream;

/// What is to be rendered.
///
/// @param audit what is wrong with the stack as written
/// @param directory path from the project directory to the rendered one, with `/`: Compose resolves relative paths of
/// every file, overrides included, against the project directory
public record Task(Plan plan, AuditResult audit, Profile profile, String directory) {
    /// Planned services of the kinds with these ids.
    public Stream<ServicePlan> services(String... kindIds) {
        return plan.services().stream().filter(service -> List.of(kindIds).contains(service.kind()));
    }

    /// What is known about a planned service.
    public Recognised recognised(ServicePlan planned) {
        return plan.inventory().named(planned.service()).orElseThrow();
    }

    /// A rendered file as a bind mount's source.
    public String mountSource(String path) {
        var whole = directory.isEmpty() ? path : directory + "/" + path;
        return whole.startsWith("/") || whole.startsWith("../") ? whole : "./" + whole;
    }
}
