package dev.plimsoll.load;

import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Gathers looks into series. Counters become rates and shares between one look and the next. Not safe for several
/// threads.
public final class InsideSeries {
    private static final int MOST_POINTS = 3600;

    private final StopConditions stops;
    private final RollCall roll;
    private final Map<Key, List<Inside.Point>> series = new LinkedHashMap<>();
    private final Map<Key, Inside.Point> counters = new HashMap<>();
    private final Set<String> gaps = new LinkedHashSet<>();
    private Optional<MetricsText> firstPage = Optional.empty();
    private Optional<MetricsText> lastPage = Optional.empty();
    private Optional<String> danger = Optional.empty();

    private record Key(String service, int container, String what, String unit) {
        static final Comparator<Key> ORDER = Comparator.comparing(Key::service).thenComparingInt(Key::container)
                .thenComparing(Key::what);
    }

    /// @param planned services whose containers are to be there
    public InsideSeries(StopConditions stops, List<LockedService> planned) {
        this.stops = stops;
        roll = new RollCall(planned);
    }

    /// One look at the stack.
    ///
    /// @param at seconds on the run's time axis
    public void add(double at, Observations seen) {
        seen.gaps().forEach(gap -> gaps.add(gap.service().map(name -> "`" + name + "`: ").orElse("") + gap.what() + ": "
                + gap.why()));
        var containers = new LinkedHashMap<Key, Map<String, Double>>();
        for (var fact : seen.facts()) {
            fact.number().ifPresent(value -> containers.computeIfAbsent(new Key(fact.service().orElse(""), Math.max(1,
                    fact.container()), "", ""), _ -> new LinkedHashMap<>()).merge(fact.what(), value, Double::sum));
        }
        danger = Optional.empty();
        containers.forEach((who, facts) -> add(at, who, facts));
        roll.missing(seen).forEach((service, numbers) -> numbers.forEach(number -> point(new Key(service, number,
                Inside.RUNNING, "count"), at, 0)));
    }

    private void add(double at, Key who, Map<String, Double> facts) {
        var used = held(facts);
        used.ifPresent(bytes -> point(new Key(who.service(), who.container(), Inside.MEMORY, "bytes"), at, bytes));
        gauge(at, who, facts, "memory.limit", Inside.MEMORY_LIMIT, "bytes");
        gauge(at, who, facts, "memory.oom_kills", Inside.OOM_KILLS, "count");
        gauge(at, who, facts, "load.restarts", Inside.RESTARTS, "count");
        gauge(at, who, facts, "load.running", Inside.RUNNING, "count");
        gauge(at, who, facts, "load.connections", Inside.CONNECTIONS, "count");
        gauge(at, who, facts, "load.waiting", Inside.POOL_WAITING, "count");
        rate(at, who, facts.get("cpu.seconds"), Inside.CPU, "cores");
        rate(at, who, facts.get("cpu.throttled"), Inside.THROTTLED, "share");
        rate(at, who, facts.get("load.evictions"), Inside.EVICTIONS, "per_second");
        var hits = facts.get("load.hits");
        var misses = facts.get("load.misses");
        if (hits != null && misses != null) {
            share(at, who, hits, hits + misses);
        }
        var limit = facts.get("memory.limit");
        if (used.isPresent() && limit != null) {
            stops.reason(who.service(), used.get(), limit).ifPresent(why -> danger = Optional.of(why));
        }
    }

    /// What cannot be dropped: files in the page cache fill any limit, and go when memory is needed.
    private static Optional<Double> held(Map<String, Double> facts) {
        return Optional.ofNullable(facts.get("memory.anonymous")).map(anonymous -> anonymous + facts.getOrDefault(
                "memory.shared", 0.0) + facts.getOrDefault("memory.kernel", 0.0));
    }

    private void gauge(double at, Key who, Map<String, Double> facts, String fact, String what, String unit) {
        Optional.ofNullable(facts.get(fact)).ifPresent(value -> point(new Key(who.service(), who.container(), what,
                unit), at, value));
    }

    /// The change each second since the last look.
    private void rate(double at, Key who, @org.jspecify.annotations.Nullable Double value, String what, String unit) {
        if (value != null) {
            var key = new Key(who.service(), who.container(), what, unit);
            var before = counters.put(key, new Inside.Point(at, value));
            if (before != null && at > before.at() && value >= before.value()) {
                point(key, at, (value - before.value()) / (at - before.at()));
            }
        }
    }

    /// The share of hits among the look-ups since the last look.
    private void share(double at, Key who, double hits, double all) {
        var hitKey = new Key(who.service(), who.container(), "hits", "");
        var allKey = new Key(who.service(), who.container(), "all", "");
        var hitsBefore = counters.put(hitKey, new Inside.Point(at, hits));
        var allBefore = counters.put(allKey, new Inside.Point(at, all));
        if (hitsBefore != null && allBefore != null && all > allBefore.value() && hits >= hitsBefore.value()) {
            point(new Key(who.service(), who.container(), Inside.HIT_RATE, "share"), at, (hits - hitsBefore.value())
                    / (all - allBefore.value()));
        }
    }

    private void point(Key key, double at, double value) {
        var points = series.computeIfAbsent(key, _ -> new ArrayList<>());
        if (points.size() < MOST_POINTS) {
            points.add(new Inside.Point(at, value));
        }
    }

    /// The loaded service's own page of metrics, when it has one.
    public void addPage(double at, Optional<String> text) {
        text.map(MetricsText::of).ifPresent(page -> {
            var who = new Key("", 1, "", "");
            lastPage.flatMap(ServerMetrics::requests).ifPresent(before -> ServerMetrics.requests(page).filter(
                    now -> now.count() > before.count()).ifPresent(
                            now -> point(new Key("", 1, Inside.SERVER_SECONDS,
                                    "seconds"), at,
                                    (now.seconds() - before.seconds()) / (now.count() - before.count()))));
            ServerMetrics.lookUps(page).ifPresent(found -> share(at, who, found.hits(), found.all()));
            ServerMetrics.evictions(page).ifPresent(found -> rate(at, who, found, Inside.EVICTIONS, "per_second"));
            ServerMetrics.poolWaiting(page).ifPresent(found -> point(new Key("", 1, Inside.POOL_WAITING, "count"), at,
                    found));
            firstPage = firstPage.or(() -> Optional.of(page));
            lastPage = Optional.of(page);
        });
    }

    /// Why the load must end, by the last look.
    public Optional<String> danger() {
        return danger;
    }

    /// Everything so far.
    ///
    /// @param looked whether a stack was looked into
    /// @param target scheme, host and port of the loaded service
    public Inside inside(boolean looked, String target) {
        var all = series.entrySet().stream().sorted(Map.Entry.comparingByKey(Key.ORDER)).map(entry -> new Inside.Series(
                entry.getKey().service(), entry.getKey().container(), entry.getKey().what(), entry.getKey().unit(),
                entry.getValue())).toList();
        var missing = new ArrayList<String>();
        if (!looked) {
            missing.addAll(Inside.NONE.gaps());
        }
        if (lastPage.isEmpty()) {
            missing.add(target + "/metrics gives no metrics of the service itself");
        }
        missing.addAll(gaps);
        missing.addAll(Inside.absences(all));
        return new Inside(all, firstPage.flatMap(first -> lastPage.map(last -> ServerMetrics.parts(first, last)))
                .orElse(List.of()), missing);
    }

}
