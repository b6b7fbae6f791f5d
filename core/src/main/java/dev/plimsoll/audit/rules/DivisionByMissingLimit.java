package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.prometheus.Expression;
import dev.plimsoll.prometheus.Expression.Binary;
import dev.plimsoll.prometheus.Expression.Selector;
import java.util.List;
import java.util.stream.Stream;

/// An alert divides by a limit that is not set.
public final class DivisionByMissingLimit implements Rule {
    @Override
    public About about() {
        return new About("OBS021", "division-by-missing-limit", Severity.MEDIUM, Confidence.CERTAIN,
                "An alert divides by a memory limit that is 0 because none is set.",
                "Redis reports 0 for no maxmemory, cAdvisor 0 for no limit. Anything divided by 0 is +Inf, "
                        + "which is above every threshold: the alert fires for ever.",
                "Set the limit, or divide by `(… > 0)` so that only limited containers count.",
                "https://github.com/samber/awesome-prometheus-alerts/issues/410");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.in(inventory).flatMap(monitored -> Stream.concat(
                report(monitored, "redis_memory_max_bytes", unlimitedRedis(inventory), "has no maxmemory"),
                report(monitored, "container_spec_memory_limit_bytes", unlimited(inventory), "has no memory limit")));
    }

    private Stream<Finding> report(Monitored monitored, String divisor, List<Recognised> unlimited, String lack) {
        var users = monitored.alerts().filter(alert -> alert.expression().stream().flatMap(Expression::conditions)
                .anyMatch(condition -> firesOnInfinity(condition, divisor, unlimited))).toList();
        return users.stream().limit(unlimited.isEmpty() ? 0 : 1).map(first -> finding(monitored.service(),
                first.text().where(), Monitored.alerts(users) + (users.size() == 1 ? " fires" : " fire")
                        + " for ever: " + divisor + " is 0, because " + unlimited.getFirst().name() + " " + lack
                        + (unlimited.size() > 1 ? ", and " + (unlimited.size() - 1) + " more" : ""),
                "Set the limit, or divide by (" + divisor + " > 0)"));
    }

    private static boolean firesOnInfinity(Binary condition, String divisor, List<Recognised> unlimited) {
        return condition.operator().startsWith(">") && condition.left().all()
                .anyMatch(part -> part instanceof Binary binary && binary.operator().equals("/")
                        && binary.right() instanceof Selector selector && selector.name().equals(divisor)
                        && selector.label("name").filter(name -> unlimited.stream()
                                .noneMatch(service -> name.contains(service.name()))).isEmpty());
    }

    private static List<Recognised> unlimited(Inventory inventory) {
        return inventory.running().filter(service -> service.limit().isEmpty()).toList();
    }

    /// Redis services whose maxmemory is certainly 0: an official image, and neither flag nor config sets it.
    private static List<Recognised> unlimitedRedis(Inventory inventory) {
        return inventory.running().filter(service -> service.clues().imageIs("redis", "valkey/valkey")
                && service.settings().value("maxmemory").filter(size -> !size.equals("0")).isEmpty()
                && service.clues().invocations().stream().flatMap(run -> run.arguments().stream())
                        .noneMatch(word -> word.value().contains("maxmemory") || word.value().endsWith(".conf")
                                || word.value().contains("$")))
                .toList();
    }
}
