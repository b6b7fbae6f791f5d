package dev.plimsoll.audit.rules;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Setting;
import dev.plimsoll.prometheus.Bounds.Bound;
import dev.plimsoll.prometheus.Expression.Selector;
import dev.plimsoll.source.Located;
import dev.plimsoll.units.MemorySize;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Between which values the metrics of a stack must lie, by what its services are configured to allow.
record StackBounds(Inventory inventory) {
    private static final Pattern CONNECTIONS = Pattern.compile("max_connections\\s*=\\s*'?(\\d{1,6})");
    private static final Pattern POSTGRES = Pattern.compile("postgres|postgresql|timescaledb|pgvector|postgis|pg\\d*");
    private static final int DEFAULT_CONNECTIONS = 100;

    Optional<Bound> of(Selector selector) {
        return switch (selector.name()) {
            case "pg_stat_activity_count", "pg_stat_database_numbackends" -> connections();
            case "container_memory_usage_bytes", "container_memory_working_set_bytes", "container_memory_rss" ->
                memory(selector);
            case "node_memory_MemAvailable_bytes", "node_memory_MemFree_bytes", "node_memory_MemTotal_bytes",
                    "node_memory_Cached_bytes" ->
                hostMemory();
            default -> Optional.empty();
        };
    }

    private Optional<Bound> connections() {
        var servers = inventory.running().filter(service -> service.is("postgres")
                || service.clues().imageNameMatches(POSTGRES)).toList();
        return servers.size() == 1 ? connections(servers.getFirst()) : Optional.empty();
    }

    private static Optional<Bound> connections(Recognised postgres) {
        var set = postgres.settings().get("max_connections")
                .filter(setting -> setting.origin() != Setting.Origin.DEFAULT);
        var flag = postgres.clues().invocations().stream().flatMap(run -> run.arguments().stream())
                .map(Located::value).flatMap(StackBounds::connections).findFirst();
        var initial = postgres.service().variable("POSTGRES_INITDB_ARGS").map(Located::value)
                .flatMap(text -> connections(text).findFirst());
        var count = set.flatMap(_ -> postgres.settings().integer("max_connections")).or(() -> flag);
        var files = postgres.clues().invocations().stream().flatMap(run -> run.arguments().stream())
                .anyMatch(word -> word.value().contains("config_file"))
                || postgres.service().mounts().stream().anyMatch(mount -> mount.target().endsWith(".conf"));
        if (count.isPresent()) {
            return count.map(most -> upTo(most, "max_connections of " + postgres.name() + " is " + most));
        }
        if (initial.isPresent()) {
            return initial.map(most -> upTo(most, "max_connections of " + postgres.name() + " is meant to be " + most
                    + " by POSTGRES_INITDB_ARGS"));
        }
        return files || postgres.service().isBuilt() || !postgres.settings().overridden().isEmpty()
                ? Optional.empty()
                : Optional
                        .of(upTo(DEFAULT_CONNECTIONS, "max_connections of " + postgres.name() + " is 100 by default"));
    }

    private static Stream<Integer> connections(String text) {
        var match = CONNECTIONS.matcher(text);
        return match.find() ? Stream.of(Integer.valueOf(match.group(1))) : Stream.empty();
    }

    /// The limit of the container a selector names, or the largest when every container has one.
    private Optional<Bound> memory(Selector selector) {
        var name = selector.label("name");
        var candidates = inventory.running().filter(service -> name.filter(text -> !text.equals(service.service()
                .text("container_name").map(Located::value).orElse(service.name()))).isEmpty()).toList();
        if (candidates.isEmpty() || candidates.stream().anyMatch(service -> service.limit().isEmpty())) {
            return Optional.empty();
        }
        return candidates.stream().max(Comparator.comparing(StackBounds::limit)).map(largest -> new Bound(0,
                limit(largest).bytes(), name.isPresent() && largest.replicas() == 1, "the memory limit of "
                        + largest.name() + " is " + limit(largest)));
    }

    private static MemorySize limit(Recognised service) {
        return service.limit().map(Located::value).orElse(MemorySize.MAX);
    }

    private Optional<Bound> hostMemory() {
        var memory = inventory.host().memory();
        return inventory.host().assumed()
                ? Optional.empty()
                : Optional.of(new Bound(0, memory.bytes(), false, "the server has " + memory));
    }

    private static Bound upTo(int most, String because) {
        return new Bound(0, most, true, because);
    }
}
