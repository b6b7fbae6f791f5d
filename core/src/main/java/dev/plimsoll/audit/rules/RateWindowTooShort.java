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
import dev.plimsoll.prometheus.ScrapeJob;
import dev.plimsoll.units.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A rate looks at a window in which there are too few samples.
public final class RateWindowTooShort implements Rule {
    private static final Set<String> RATES = Set.of("rate", "irate", "increase", "delta", "idelta", "deriv");

    @Override
    public About about() {
        return new About("OBS018", "rate-window-too-short", Severity.MEDIUM, Confidence.LIKELY,
                "A rate window is shorter than two scrape intervals.",
                "A rate needs two samples. In a shorter window it is empty most of the time, and the alert's "
                        + "`for` starts anew each time.",
                "Use at least four scrape intervals.",
                "https://prometheus.io/docs/prometheus/latest/querying/functions/#rate");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.readable(inventory).flatMap(monitored -> {
            var shortOnes = new LinkedHashMap<String, List<Definition>>();
            monitored.server().rules().forEach(rule -> windows(rule).forEach(selector -> {
                var interval = interval(monitored, selector);
                selector.range().filter(window -> window.compareTo(interval.multipliedBy(2)) < 0)
                        .ifPresent(window -> shortOnes.computeIfAbsent("a window of " + Durations.text(window)
                                + " holds fewer than two samples, taken every " + Durations.text(interval) + "|"
                                + Durations.text(interval.multipliedBy(4)), _ -> new ArrayList<>()).add(rule));
            }));
            return shortOnes.entrySet().stream().map(entry -> {
                var words = entry.getKey().split("\\|");
                return finding(monitored.service(), entry.getValue().getFirst().text().where(),
                        Monitored.rules(entry.getValue()) + ": " + words[0], "Use [" + words[1] + "] or more");
            });
        });
    }

    private static Stream<Selector> windows(Definition rule) {
        return rule.expression().stream().flatMap(Expression::all)
                .flatMap(part -> part instanceof Call call && RATES.contains(call.function())
                        ? call.arguments().stream()
                        : Stream.empty())
                .flatMap(argument -> argument instanceof Selector selector ? Stream.of(selector) : Stream.empty());
    }

    /// The interval of the job the selector names, or the shortest of all.
    private static Duration interval(Monitored monitored, Selector selector) {
        var jobs = monitored.server().jobs();
        var named = selector.label("job").stream()
                .flatMap(name -> jobs.stream().filter(job -> job.name().equals(name))).toList();
        return (named.isEmpty() ? jobs : named).stream().map(ScrapeJob::interval).min(Comparator.naturalOrder())
                .orElse(monitored.config().scrapeInterval());
    }
}
