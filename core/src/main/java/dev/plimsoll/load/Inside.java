package dev.plimsoll.load;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What happened inside the stack while the load ran, on the run's own time axis.
///
/// @param series sorted by service and name
/// @param parts where the server's time went, when it tells; empty otherwise
/// @param gaps what could not be read, one sentence each
public record Inside(List<Series> series, List<Part> parts, List<String> gaps) {
    public static final Inside NONE = new Inside(List.of(), List.of(), List.of("no stack was looked into: its rendered "
            + "directory was not named"));

    public static final String MEMORY = "memory.held";
    public static final String MEMORY_LIMIT = "memory.limit";
    /// CPU cores in use.
    public static final String CPU = "cpu.cores";
    /// Share of the time for which its CPU limit held a container up.
    public static final String THROTTLED = "cpu.throttled";
    public static final String OOM_KILLS = "memory.oom_kills";
    /// Connections from clients.
    public static final String CONNECTIONS = "connections";
    /// Share of look-ups since the look before that a cache could answer.
    public static final String HIT_RATE = "cache.hit_rate";
    public static final String EVICTIONS = "cache.evictions_per_second";
    /// Requests or clients that wait for a pooled connection.
    public static final String POOL_WAITING = "pool.waiting";
    /// Mean seconds per request, as the server measured it.
    public static final String SERVER_SECONDS = "server.seconds";

    public Inside {
        series = List.copyOf(series);
        parts = List.copyOf(parts);
        gaps = List.copyOf(gaps);
    }

    /// One thing of one service over time.
    ///
    /// @param service empty string for the service that was loaded, when it was asked by its URL
    /// @param container number among the service's containers, from 1
    /// @param what one of this class' names
    /// @param unit `bytes`, `cores`, `share`, `count`, `per_second`, `seconds`
    public record Series(String service, int container, String what, String unit, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }

        public Optional<Double> most() {
            return points.stream().map(Point::value).max(Double::compare);
        }

        public Optional<Double> last() {
            return points.isEmpty() ? Optional.empty() : Optional.of(points.getLast().value());
        }
    }

    /// @param at seconds since the whole run's start
    public record Point(double at, double value) {}

    /// A share of the server's time.
    ///
    /// @param name such as `cache`, `database`, `model`, or `other`
    /// @param seconds per request, mean over the run
    /// @param calls per request
    public record Part(String name, double seconds, double calls, String how) {}

    public Stream<Series> all(String what) {
        return series.stream().filter(one -> one.what().equals(what));
    }

    public Optional<Series> of(String service, int container, String what) {
        return all(what).filter(one -> one.service().equals(service) && one.container() == container).findFirst();
    }
}
