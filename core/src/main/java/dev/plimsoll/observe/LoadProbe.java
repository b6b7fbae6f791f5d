package dev.plimsoll.observe;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The little that is asked every few seconds while a load runs: connections, cache look-ups, evictions, waits for a
/// pooled connection, whether it runs at all. One question a container, so that looking does not disturb.
public final class LoadProbe implements Probe {
    private static final String ENGINE = "engine";
    private static final Question REDIS = new Question.Redis(List.of("INFO"));
    private static final Question POSTGRES = new Question.Sql("", "SELECT json_build_object('connections', "
            + "coalesce(sum(numbackends), 0), 'hits', coalesce(sum(blks_hit), 0), 'misses', coalesce(sum(blks_read), "
            + "0)) FROM pg_stat_database");
    private static final Question POOLER = new Question.PoolerConsole("SHOW POOLS");

    @Override
    public String id() {
        return "load";
    }

    @Override
    public List<Question> questions(Lock lock, LockedService service, Container container) {
        if (!container.isRunning()) {
            return List.of();
        }
        return switch (service.kind()) {
            case "redis" -> List.of(REDIS);
            case "postgres" -> List.of(POSTGRES);
            case "pgbouncer" -> List.of(POOLER);
            default -> List.of();
        };
    }

    @Override
    public Observations read(Sight sight) {
        var facts = new Facts(sight);
        var container = sight.container();
        facts.count("load.restarts", container.restarts(), ENGINE).count("load.running", mayBe(sight) ? 1 : 0,
                ENGINE);
        if (!container.isRunning()) {
            return facts.done();
        }
        if (sight.is("redis")) {
            sight.text(REDIS, "load", facts).map(RedisProbe::info).ifPresent(info -> redis(info, facts));
        }
        if (sight.is("postgres")) {
            sight.json(POSTGRES, "load", facts).ifPresent(row -> {
                for (var name : List.of("connections", "hits", "misses")) {
                    Json.number(row, name).ifPresent(number -> facts.number("load." + name, number, Unit.COUNT,
                            "pg_stat_database"));
                }
            });
        }
        if (sight.is("pgbouncer")) {
            sight.text(POOLER, "load", facts).map(Csv::read).ifPresent(rows -> {
                sum(rows, "cl_active", "load.connections", facts);
                sum(rows, "cl_waiting", "load.waiting", facts);
            });
        }
        return facts.done();
    }

    private static boolean mayBe(Sight sight) {
        return sight.container().isRunning() || sight.container().isDone(sight.service());
    }

    private static void redis(Map<String, String> info, Facts facts) {
        Map.of("connected_clients", "connections", "keyspace_hits", "hits", "keyspace_misses", "misses",
                "evicted_keys", "evictions").entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(
                        entry -> Optional.ofNullable(info.get(entry.getKey())).flatMap(Json::number).ifPresent(
                                number -> facts.number("load." + entry.getValue(), number, Unit.COUNT, "INFO")));
    }

    private static void sum(List<Map<String, String>> rows, String column, String what, Facts facts) {
        facts.number(what, rows.stream().flatMap(row -> Optional.ofNullable(row.get(column)).flatMap(Json::number)
                .stream()).mapToDouble(Double::doubleValue).sum(), Unit.COUNT, "SHOW POOLS");
    }
}
