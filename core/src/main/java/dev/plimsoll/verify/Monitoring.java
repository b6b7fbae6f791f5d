package dev.plimsoll.verify;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.verify.Look.Planned;
import dev.plimsoll.verify.Look.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What watching costs, against the plan.
final class Monitoring implements Scenario {
    /// Prometheus 2.42 at rest, and each series: 46 MB and 7.0 kB measured at 5,000 series, less above.
    private static final MemorySize BASE = MemorySize.ofMegabytes(46);
    private static final MemorySize SERIES = MemorySize.ofBytes(7168);

    @Override
    public String id() {
        return "monitoring";
    }

    @Override
    public String title() {
        return "Footprint of monitoring";
    }

    @Override
    public List<Check> checks(Look look) {
        var checks = new ArrayList<Check>();
        var watching = look.ofRole(Role.MONITORING, Role.EXPORTER).toList();
        if (watching.isEmpty()) {
            checks.add(Check.notRun("", "monitoring keeps to its share", "the stack has none"));
            return checks;
        }
        checks.add(share(look, watching));
        look.servers("prometheus").forEach(server -> {
            server.service().settings().stream().filter(setting -> setting.name().startsWith("--"))
                    .flatMap(setting -> flag(server.seen(), setting.name().substring(2), setting.value()))
                    .forEach(checks::add);
            checks.add(series(server));
        });
        return checks;
    }

    private static Check share(Look look, List<LockedService> watching) {
        var what = "monitoring keeps to its share";
        var planned = watching.stream().map(service -> service.reservation().times(service.replicas())).reduce(
                MemorySize.ZERO, MemorySize::plus);
        var held = look.held(watching.stream());
        var found = held.size() + " held, " + planned + " expected, " + LimitChecks.percent(held.size().ratioTo(look
                .lock().loadLine())) + " of the load line";
        if (held.size().isLargerThan(planned)) {
            return Check.advice("", what, found, "Scrape less often, drop series, or keep less history");
        }
        return held.judged(Check.passed("", what, found));
    }

    private static Stream<Check> flag(Seen seen, String name, String planned) {
        var fact = seen.fact("prometheus.flag." + name);
        var what = "runs with --" + name + "=" + planned;
        if (fact.isEmpty()) {
            return seen.all("prometheus.flag.").findAny().isPresent()
                    ? Stream.empty()
                    : Stream.of(Check.notRun(seen.service(), what, seen.gap("prometheus.flag")));
        }
        return Stream.of(Values.isSame(planned, fact.get().value())
                ? Check.passed(seen.service(), what, fact.get().value(), fact.get())
                : Check.failed(seen.service(), what, "it runs with " + (fact.get().value().matches("0[sB]?")
                        ? "none"
                        : fact.get().value()), "Start the rendered stack again", fact.get()));
    }

    private static Check series(Planned server) {
        var what = "has memory for its series";
        var fact = server.seen().fact("prometheus.series");
        var count = fact.flatMap(Observation::number);
        if (fact.isEmpty() || count.isEmpty()) {
            return Check.notRun(server.name(), what, server.seen().gap("prometheus.series"));
        }
        var need = BASE.plus(SERIES.times(count.get().longValue()));
        var found = "%.0f series need about %s of %s".formatted(count.get(), need, server.service().limit());
        return need.isLargerThan(server.service().limit())
                ? Check.failed(server.name(), what, found, "Drop series with metric_relabel_configs or plan again",
                        fact.get())
                : Check.passed(server.name(), what, found, fact.get());
    }
}
