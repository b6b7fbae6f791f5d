package dev.plimsoll.load;

import dev.plimsoll.load.MetricsText.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What a service's own page of metrics says about its requests, by the names that Micrometer, the Prometheus clients
/// and HikariCP give them.
final class ServerMetrics {
    /// Durations of whole requests, in seconds, best first.
    private static final List<String> REQUESTS = List.of("http_server_requests_seconds",
            "http_server_request_duration_seconds", "http_request_duration_seconds", "http_requests_seconds");
    private static final String SUM = "_seconds_sum";
    /// Which part of a request a duration belongs to, by its name.
    private static final Map<String, Pattern> PARTS = parts();

    private ServerMetrics() {}

    private static Map<String, Pattern> parts() {
        var parts = new LinkedHashMap<String, Pattern>();
        parts.put("cache", Pattern.compile(".*(?:cache|redis|lettuce).*"));
        parts.put("model", Pattern.compile(".*(?:model|llm|embed|inference|completion|gen_ai).*"));
        parts.put("pool", Pattern.compile(".*(?:connections_acquire|pool_wait|pool_acquire).*"));
        parts.put("database", Pattern.compile("(?:.*_)?(?:db|jdbc|sql|database|postgres|query|hikaricp)(?:_.*)?"));
        return parts;
    }

    /// Requests that the service counted so far, and the seconds they took; empty when it does not count them.
    ///
    /// @param count those for the metrics page itself included
    record Requests(String name, double count, double seconds) {}

    static Optional<Requests> requests(MetricsText page) {
        return REQUESTS.stream().filter(name -> page.any(one -> one.name().equals(name + "_count"))).findFirst()
                .map(name -> new Requests(name, page.sum(one -> one.name().equals(name + "_count")), page.sum(one -> one
                        .name().equals(name + "_sum"))));
    }

    /// Look-ups that a cache answered, out of all; empty when none are counted.
    record LookUps(double hits, double all) {}

    static Optional<LookUps> lookUps(MetricsText page) {
        Predicate<Sample> hit = one -> one.name().matches(".*cache.*_total") && one.has("result", "hit") || one.name()
                .matches(".*cache(?:.*_)?hits_total");
        Predicate<Sample> miss = one -> one.name().matches(".*cache.*_total") && one.has("result", "miss") || one
                .name().matches(".*cache(?:.*_)?misses_total");
        return page.any(hit.or(miss))
                ? Optional.of(new LookUps(page.sum(hit), page.sum(hit.or(miss))))
                : Optional
                        .empty();
    }

    static Optional<Double> evictions(MetricsText page) {
        Predicate<Sample> which = one -> one.name().matches(".*cache(?:.*_)?evictions_total");
        return page.any(which) ? Optional.of(page.sum(which)) : Optional.empty();
    }

    static Optional<Double> poolWaiting(MetricsText page) {
        Predicate<Sample> which = one -> one.name().equals("hikaricp_connections_pending") || one.name().equals(
                "jdbc_connections_pending") || one.name().matches(".*pool_(?:pending|waiting)");
        return page.any(which) ? Optional.of(page.sum(which)) : Optional.empty();
    }

    /// Where the time of the requests between two pages went. A duration that no part's name fits is left out, and
    /// what remains is called `other`.
    static List<Inside.Part> parts(MetricsText first, MetricsText last) {
        var before = requests(first);
        var after = requests(last);
        if (after.isEmpty() || before.isEmpty() || after.get().count() <= before.get().count()) {
            return List.of();
        }
        var requests = after.get().count() - before.get().count();
        var whole = (after.get().seconds() - before.get().seconds()) / requests;
        var parts = new ArrayList<Inside.Part>();
        PARTS.forEach((name, pattern) -> part(name, belongsTo(name, pattern), first, last, requests).ifPresent(
                parts::add));
        if (parts.isEmpty()) {
            return List.of(new Inside.Part("whole", whole, 1, after.get().name()));
        }
        var known = parts.stream().mapToDouble(Inside.Part::seconds).sum();
        parts.add(new Inside.Part("other", Math.max(0, whole - known), 1, after.get().name() + " less the parts"));
        return parts;
    }

    /// The first part whose name fits has it.
    private static Predicate<String> belongsTo(String part, Pattern pattern) {
        return name -> pattern.matcher(name).matches() && PARTS.entrySet().stream().filter(entry -> entry.getValue()
                .matcher(name).matches()).findFirst().filter(entry -> entry.getKey().equals(part)).isPresent();
    }

    private static Optional<Inside.Part> part(String name, Predicate<String> belongs, MetricsText first,
            MetricsText last, double requests) {
        Predicate<Sample> sums = one -> one.name().endsWith(SUM) && !one.name().startsWith("http_") && belongs.test(one
                .name().substring(0, one.name().length() - SUM.length()));
        if (!last.any(sums)) {
            return Optional.empty();
        }
        Predicate<Sample> counts = one -> one.name().endsWith("_seconds_count") && !one.name().startsWith("http_")
                && belongs.test(one.name().substring(0, one.name().length() - "_seconds_count".length()));
        var names = last.samples().stream().filter(sums).map(Sample::name).distinct().limit(3).toList();
        return Optional.of(new Inside.Part(name, (last.sum(sums) - first.sum(sums)) / requests, (last.sum(counts)
                - first.sum(counts)) / requests, String.join(", ", names)));
    }
}
