package dev.plimsoll.verify;

import dev.plimsoll.observe.Observation.Unit;
import dev.plimsoll.verify.Check.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a watched stack changes, from several verifications of it.
///
/// @param lines one for each figure that was seen at least twice, by service and name
/// @param newFailures checks that failed at some time and had not at the first, as `service: what`
public record Trend(List<Line> lines, List<String> newFailures) {
    /// Figures worth following.
    private static final List<String> FOLLOWED = List.of("memory.working_set", "memory.pressure", "memory.oom_kills",
            "cpu.pressure", "io.pressure", "container.restarts", "prometheus.series", "postgres.connections.total",
            "postgres.databases.size", "redis.info.used_memory", "redis.info.connected_clients",
            "redis.info.evicted_keys", "pgbouncer.pools.cl_waiting");
    /// What servers count since their start, as a share between one look and the next.
    private static final List<Share> SHARES = List.of(new Share("cpu.throttled_share", "cpu.throttled_periods", List.of(
            "cpu.periods")), new Share("postgres.hit_share", "postgres.activity.hit",
                    List.of("postgres.activity.hit",
                            "postgres.activity.read")),
            new Share("redis.hit_share", "redis.info.keyspace_hits", List.of(
                    "redis.info.keyspace_hits", "redis.info.keyspace_misses")));

    public Trend {
        lines = List.copyOf(lines);
        newFailures = List.copyOf(newFailures);
    }

    /// @param first at the first look
    /// @param last at the last one
    /// @param perHour the slope of the line through all looks with the least squares
    public record Line(String service, String what, Unit unit, double first, double last, double perHour) {}

    /// @param whole counts that make up the whole
    private record Share(String what, String part, List<String> whole) {}

    private record Point(Instant when, double value, Unit unit) {}

    /// @param looks in the order of time
    public static Trend of(List<Verification> looks) {
        var series = new LinkedHashMap<String, List<Point>>();
        for (var what : FOLLOWED) {
            for (var look : looks) {
                sums(look, what).forEach((service, point) -> series.computeIfAbsent(service + " " + what,
                        _ -> new ArrayList<>()).add(point));
            }
        }
        SHARES.forEach(share -> shares(looks, share, series));
        var lines = new ArrayList<Line>();
        series.forEach((name, points) -> line(name, points).ifPresent(lines::add));
        return new Trend(lines, failures(looks));
    }

    private static void shares(List<Verification> looks, Share share, Map<String, List<Point>> series) {
        for (var at = 1; at < looks.size(); at++) {
            var when = looks.get(at).when();
            var part = growth(looks.get(at - 1), looks.get(at), List.of(share.part()));
            growth(looks.get(at - 1), looks.get(at), share.whole()).forEach((service, whole) -> {
                var some = part.getOrDefault(service, -1.0);
                if (whole > 0 && some >= 0 && some <= whole) {
                    series.computeIfAbsent(service + " " + share.what(), _ -> new ArrayList<>())
                            .add(new Point(when, some
                                    / whole, Unit.RATIO));
                }
            });
        }
    }

    /// How much more of some counts together one look saw than the one before it, by service.
    private static Map<String, Double> growth(Verification before, Verification after, List<String> counts) {
        var growth = new LinkedHashMap<String, Double>();
        for (var what : counts) {
            var then = sums(before, what);
            sums(after, what).forEach((service, now) -> Optional.ofNullable(then.get(service)).ifPresent(
                    point -> growth.merge(service, now.value() - point.value(), Double::sum)));
        }
        return growth;
    }

    /// A service's containers together, of shares the largest, in the order of the observations.
    private static Map<String, Point> sums(Verification look, String what) {
        var sums = new LinkedHashMap<String, Point>();
        look.seen().facts().stream().filter(fact -> fact.what().equals(what)).forEach(fact -> fact.number().ifPresent(
                value -> sums.merge(fact.service().orElse("server"), new Point(look.when(), value, fact.unit()), (a,
                        b) -> new Point(a.when(), a.unit() == Unit.RATIO
                                ? Math.max(a.value(), b.value())
                                : a.value() + b.value(), a.unit()))));
        return sums;
    }

    private static Optional<Line> line(String name, List<Point> points) {
        if (points.size() < 2) {
            return Optional.empty();
        }
        var start = points.getFirst().when();
        var hours = points.stream().mapToDouble(point -> (point.when().toEpochMilli() - start.toEpochMilli())
                / 3_600_000.0).toArray();
        var meanHour = mean(hours);
        var meanValue = mean(points.stream().mapToDouble(Point::value).toArray());
        var above = 0.0;
        var below = 0.0;
        for (var at = 0; at < hours.length; at++) {
            above += (hours[at] - meanHour) * (points.get(at).value() - meanValue);
            below += (hours[at] - meanHour) * (hours[at] - meanHour);
        }
        var space = name.lastIndexOf(' ');
        return Optional.of(new Line(name.substring(0, space), name.substring(space + 1), points.getFirst().unit(),
                points.getFirst().value(), points.getLast().value(), below == 0 ? 0 : above / below));
    }

    private static double mean(double[] values) {
        var sum = 0.0;
        for (var value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static List<String> failures(List<Verification> looks) {
        var before = new LinkedHashSet<String>();
        var since = new LinkedHashSet<String>();
        for (var at = 0; at < looks.size(); at++) {
            (at == 0 ? before : since).addAll(failed(looks.get(at)));
        }
        since.removeAll(before);
        return List.copyOf(since);
    }

    private static List<String> failed(Verification look) {
        return look.results().stream().flatMap(result -> result.checks().stream())
                .filter(check -> check.verdict() == Verdict.FAILED)
                .map(check -> check.service().map(name -> name + ": ").orElse("") + check.what()).toList();
    }
}
