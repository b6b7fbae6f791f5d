package dev.plimsoll.report;

import dev.plimsoll.plan.Plan;
import dev.plimsoll.plan.ServicePlan;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a plan sets otherwise than it is now.
final class PlanChanges {
    private PlanChanges() {}

    /// Limits and settings of the user's that change, then defaults that the plan goes below; empty when there
    /// are none.
    static String of(Plan plan) {
        return section("\nSettings of yours that change\n", plan, PlanChanges::chosen)
                + section("\nDefaults that are lowered\n", plan, PlanChanges::lowered);
    }

    private static String section(String title, Plan plan, BiFunction<Plan, ServicePlan, Stream<String>> changes) {
        var lines = plan.services().stream().map(service -> {
            var line = changes.apply(plan, service).collect(Collectors.joining(", "));
            return line.isEmpty() ? "" : PlanText.wrapped("  " + service.service() + ": ", line);
        }).collect(Collectors.joining());
        return lines.isEmpty() ? "" : title + lines;
    }

    private static Stream<String> chosen(Plan plan, ServicePlan service) {
        var limit = service.declaredLimit().map(Object::toString).filter(now -> !Current.isSame(now, service.limit()
                .toString())).map(now -> change("memory limit", now, service.limit().toString()));
        var settings = service.choices().stream().flatMap(choice -> Current.value(plan, service, choice)
                .filter(now -> !Current.isSame(now, choice.value()))
                .map(now -> change(choice.setting(), now, choice.value())).stream());
        return Stream.concat(limit.stream(), settings);
    }

    private static Stream<String> lowered(Plan plan, ServicePlan service) {
        return service.choices().stream().filter(choice -> Current.value(plan, service, choice).isEmpty())
                .flatMap(choice -> plan.inventory().named(service.service())
                        .flatMap(found -> found.kind().builtIn(found, choice.setting()))
                        .filter(now -> Current.isLess(choice.value(), now))
                        .map(now -> change(choice.setting(), now, choice.value())).stream());
    }

    private static String change(String setting, String now, String planned) {
        return setting + " " + now + " → " + planned;
    }
}
