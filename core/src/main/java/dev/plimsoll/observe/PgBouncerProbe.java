package dev.plimsoll.observe;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What PgBouncer's administration console says: settings, pools, traffic.
public final class PgBouncerProbe implements Probe {
    private static final Question CONFIG = new Question.PoolerConsole("SHOW CONFIG");
    private static final Question POOLS = new Question.PoolerConsole("SHOW POOLS");
    private static final Question STATS = new Question.PoolerConsole("SHOW STATS");
    private static final Question DATABASES = new Question.PoolerConsole("SHOW DATABASES");

    @Override
    public String id() {
        return "pgbouncer";
    }

    @Override
    public List<Question> questions(Lock lock, LockedService service, Container container) {
        return service.is("pgbouncer") && container.isRunning() ? List.of(CONFIG, POOLS, STATS, DATABASES) : List.of();
    }

    @Override
    public Observations read(Sight sight) {
        var facts = new Facts(sight);
        if (!sight.is("pgbouncer") || !sight.container().isRunning()) {
            return facts.done();
        }
        rows(sight, CONFIG, "pgbouncer.config", facts).forEach(row -> Optional.ofNullable(row.get("key"))
                .filter(Predicate.not(key -> key.contains("pass")))
                .ifPresent(key -> facts.text("pgbouncer.config." + key, row.getOrDefault("value", ""), "SHOW CONFIG")));
        var pools = rows(sight, POOLS, "pgbouncer.pools", facts);
        for (var column : List.of("cl_active", "cl_waiting", "sv_active", "sv_idle", "sv_used")) {
            sum(pools, column).ifPresent(total -> facts.number("pgbouncer.pools." + column, total, Unit.COUNT,
                    "SHOW POOLS"));
        }
        numbers(pools, "maxwait").max(Double::compare).ifPresent(wait -> facts.number("pgbouncer.pools.maxwait", wait,
                Unit.SECONDS, "SHOW POOLS"));
        pools.stream().filter(row -> !row.getOrDefault("database", "").equals("pgbouncer"))
                .forEach(row -> Optional.ofNullable(row.get("pool_mode")).ifPresent(mode -> facts.text(
                        "pgbouncer.pool_mode." + row.getOrDefault("database", "") + "." + row.getOrDefault("user", ""),
                        mode, "SHOW POOLS")));
        var stats = rows(sight, STATS, "pgbouncer.stats", facts);
        for (var column : List.of("total_xact_count", "total_query_count", "total_wait_time")) {
            sum(stats, column).ifPresent(total -> facts.number("pgbouncer.stats." + column, total, Unit.COUNT,
                    "SHOW STATS"));
        }
        rows(sight, DATABASES, "pgbouncer.database", facts).stream().filter(row -> !row.getOrDefault("name", "").equals(
                "pgbouncer")).forEach(row -> facts.text("pgbouncer.database." + row.getOrDefault("name", ""),
                        row
                                .getOrDefault("paused", "0").equals("1")
                                        ? "paused"
                                        : row.getOrDefault("disabled", "0").equals("1") ? "disabled" : "open",
                        "SHOW DATABASES"));
        return facts.done();
    }

    private static List<Map<String, String>> rows(Sight sight, Question question, String what, Facts facts) {
        return sight.text(question, what, facts).map(Csv::read).orElse(List.of());
    }

    private static Stream<Double> numbers(List<Map<String, String>> rows, String column) {
        return rows.stream().flatMap(row -> Optional.ofNullable(row.get(column)).flatMap(Json::number).stream());
    }

    private static Optional<Double> sum(List<Map<String, String>> rows, String column) {
        return numbers(rows, column).reduce(Double::sum);
    }
}
