package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.prometheus.Expression;
import dev.plimsoll.prometheus.Expression.Call;
import dev.plimsoll.prometheus.Expression.Selector;
import dev.plimsoll.prometheus.RuleFile.Definition;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A rate is taken of a value that also falls.
public final class RateOfGauge implements Rule {
    private static final Set<String> RATES = Set.of("rate", "irate", "increase");
    private static final Pattern GAUGE = Pattern.compile("process_(?:resident|virtual)_memory_bytes"
            + "|node_memory_(?:MemAvailable|MemFree|MemTotal|Cached|Buffers|SwapFree)_bytes|node_load\\d+"
            + "|node_filesystem_(?:avail|free|size)_bytes|container_memory_(?:usage|working_set|rss|cache|swap)(?:_bytes)?"
            + "|redis_memory_used_bytes|redis_connected_clients|pg_stat_activity_count|pg_stat_database_numbackends"
            + "|pg_database_size_bytes|go_goroutines");

    @Override
    public About about() {
        return new About("OBS027", "rate-of-gauge", Severity.MEDIUM, Confidence.CERTAIN,
                "rate() or increase() is applied to a gauge.",
                "Both take every fall for a restart of a counter and add the whole value. A flat saw-tooth of "
                        + "garbage collection reads as megabytes a second.",
                "Use deriv() or delta() for gauges.",
                "https://prometheus.io/docs/prometheus/latest/querying/functions/#rate");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.in(inventory).flatMap(monitored -> {
            var wrong = monitored.server().rules().filter(rule -> gauges(rule).findAny().isPresent()).toList();
            var gauges = wrong.stream().flatMap(RateOfGauge::gauges).distinct().toList();
            return wrong.stream().limit(1).map(first -> finding(monitored.service(), first.text().where(),
                    Monitored.rules(wrong) + ": a rate of " + Monitored.joined(gauges)
                            + (gauges.size() == 1 ? ", which is a gauge" : ", which are gauges"),
                    "Use deriv() or delta()"));
        });
    }

    private static Stream<String> gauges(Definition rule) {
        return rule.expression().stream().flatMap(Expression::all)
                .flatMap(part -> part instanceof Call call && RATES.contains(call.function())
                        ? call.arguments().stream()
                        : Stream.empty())
                .flatMap(argument -> argument instanceof Selector selector
                        ? Stream.of(selector.name())
                        : Stream.empty())
                .filter(name -> GAUGE.matcher(name).matches());
    }
}
