package dev.plimsoll.kinds;

import dev.plimsoll.source.InputException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every kind, in the order in which they are tried: those with unmistakable programs or images first, Unknown last.
public final class Kinds {
    private static final Kind UNKNOWN = new Unknown();
    public static final List<Kind> ALL = Stream.of(
            SimpleKinds.EXPORTERS, SimpleKinds.MONITORING,
            List.of(new Prometheus(), new PgBouncer(), new Postgres(), new MySql(), new SqlServer(),
                    new Redis(), CacheShare.MONGO, CacheShare.CLICKHOUSE, CacheShare.MEMCACHED,
                    HeapServer.ELASTICSEARCH, HeapServer.KAFKA),
            SimpleKinds.STORES, List.of(new Nginx()), SimpleKinds.PROXIES, SimpleKinds.HELPERS,
            List.of(new Flower(), new Celery(), ProcessPool.SIDEKIQ, ProcessPool.QUEUE_WORKER, new PythonWeb(),
                    new Jvm(),
                    new NodeJs(), ProcessPool.RUBY, new Php(), SimpleKinds.AIRFLOW, ProcessPool.PYTHON,
                    new DotNet(), new GoProgram(), new DatabaseClient(), UNKNOWN))
            .<Kind>flatMap(List::stream).toList();

    private Kinds() {}

    /// The kind with this id.
    public static Optional<Kind> find(String id) {
        return ALL.stream().filter(kind -> kind.id().equals(id)).findFirst();
    }

    /// @throws InputException when the hint names no kind
    static Kind of(Clues clues, ServiceHints hints) {
        if (hints.kind().isPresent()) {
            var wanted = hints.kind().get();
            return ALL.stream().filter(kind -> kind.id().equals(wanted.value())).findFirst()
                    .orElseThrow(() -> new InputException(wanted.where(), "`" + wanted.value() + "` is no kind",
                            "Use one of " + ALL.stream().map(Kind::id).sorted().collect(Collectors.joining(", "))));
        }
        var server = clues.asServer();
        return first(kind -> kind.recognises(kind.role() == Role.APP ? clues : server)).or(() -> first(kind -> kind
                .suspects(clues))).orElse(UNKNOWN);
    }

    private static Optional<Kind> first(Predicate<Kind> condition) {
        return ALL.stream().filter(condition).findFirst();
    }
}
