package dev.plimsoll.load;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
    public static final String RESTARTS = "container.restarts";
    /// 1 while a container runs, and when it was a job that ended well; 0 when it ended otherwise or is missing.
    public static final String RUNNING = "container.running";
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

        private String who() {
            return "`" + service + "`" + (container > 1 ? " (container " + container + ")" : "");
        }

        /// When it first went from one value to the other.
        private Optional<Double> step(double from, double to) {
            return IntStream.range(1, points.size()).filter(at -> points.get(at - 1).value() == from
                    && points.get(at).value() == to).mapToObj(at -> points.get(at).at()).findFirst();
        }

        /// By how much a counter grew, and when it first did. One that starts anew with its container counts on.
        private Optional<Point> grown() {
            var steps = IntStream.range(1, points.size()).filter(at -> points.get(at).value() > points.get(at - 1)
                    .value()).boxed().toList();
            return steps.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Point(points.get(steps.getFirst()).at(), steps.stream().mapToDouble(at -> points
                            .get(at).value() - points.get(at - 1).value()).sum()));
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

    /// What the stack lost while it was loaded, one sentence each: containers that ended or were restarted, and
    /// processes killed for want of memory.
    public List<String> losses() {
        return Stream.of(all(RUNNING).flatMap(one -> one.step(1, 0).map(at -> one.who() + " no longer ran"
                + after(at)).stream()),
                all(RESTARTS).flatMap(one -> one.grown().map(by -> one.who() + " was restarted, "
                        + times(by.value()) + after(by.at())).stream()),
                all(OOM_KILLS).flatMap(one -> one.grown().map(by -> one.who() + " had processes killed for want of "
                        + "memory, " + times(by.value()) + after(by.at())).stream()))
                .flatMap(lost -> lost).toList();
    }

    /// Containers that did not run when they were first looked for, one sentence each. The load did not end them.
    static List<String> absences(List<Series> series) {
        return series.stream().filter(one -> one.what().equals(RUNNING) && one.points().getFirst().value() == 0).map(
                one -> one.who() + " did not run when the load began").toList();
    }

    private static String times(double count) {
        return count > 1 ? Math.round(count) + " times, first" : "once,";
    }

    private static String after(double seconds) {
        return " after " + Math.round(seconds) + " s";
    }

    public Stream<Series> all(String what) {
        return series.stream().filter(one -> one.what().equals(what));
    }

    public Optional<Series> of(String service, int container, String what) {
        return all(what).filter(one -> one.service().equals(service) && one.container() == container).findFirst();
    }
}
