package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.Bounds;
import dev.plimsoll.prometheus.Expression;
import dev.plimsoll.prometheus.Expression.Binary;
import dev.plimsoll.prometheus.RuleFile.Definition;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// An alert compares with a number that its value can never, or must always, pass.
public final class ThresholdOutOfReach implements Rule {
    @Override
    public About about() {
        return new About("OBS008", "threshold-out-of-reach", Severity.HIGH, Confidence.CERTAIN,
                "An alert's threshold lies outside of what its value can be in this stack.",
                "Above max_connections, above the container's memory limit or above 100 %, the alert can "
                        + "never fire; a share compared with a percentage fires never or always.",
                "Set the threshold from the limit it guards, such as 0.8 × max_connections.",
                "https://prometheus.io/docs/practices/alerting/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.in(inventory).flatMap(monitored -> {
            var bounds = new Bounds(new StackBounds(inventory)::of);
            return monitored.alerts().flatMap(alert -> alert.expression().stream()
                    .flatMap(expression -> expression.conditions().limit(10)
                            .flatMap(condition -> judged(monitored, alert, expression, bounds.judge(condition)))));
        });
    }

    private Stream<Finding> judged(Monitored monitored, Definition alert, Expression expression,
            Bounds.Judgement judgement) {
        var because = judgement.left().because();
        var says = "alert " + alert.name().value() + ": " + Monitored.shortened(alert);
        return switch (judgement.verdict()) {
            case NEVER -> Stream.of(finding(monitored.service(), alert.text().where(),
                    says + " can never be true: " + because, fix(judgement)));
            case ALWAYS -> expression instanceof Binary binary && binary.isFilter() && judgement.left().isShare()
                    ? Stream.of(finding(monitored.service(), alert.text().where(), says
                            + " is always true: " + because, "Multiply by 100 or compare with a share below 1"))
                    : Stream.empty();
            case OPEN -> Stream.empty();
        };
    }

    private static String fix(Bounds.Judgement judgement) {
        var high = judgement.left().high();
        if (judgement.left().isShare() || high <= 1) {
            return "Compare with a value that can be reached";
        }
        return "Lower the threshold to " + (high >= 1_000_000
                ? MemorySize.ofBytes((long) (high * 0.9)).megabytes() * 1_048_576 + ", which is 90 % of the limit"
                : Math.round(high * 0.8) + ", which is 80 % of the limit") + ", or relate it to the limit's own metric";
    }
}
