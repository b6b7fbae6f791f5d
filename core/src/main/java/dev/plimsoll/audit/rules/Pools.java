package dev.plimsoll.audit.rules;

import dev.plimsoll.kinds.Celery;
import dev.plimsoll.kinds.PythonWeb;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Host;
import java.util.Optional;
import java.util.regex.Pattern;

/// Connection pools that applications declare in their environment.
final class Pools {
    private static final Pattern SIZE = Pattern.compile("(?:.*_)?(?:DB|DATABASE|SQLALCHEMY|PG|POSTGRES|HIKARI)?_?"
            + "(?:POOL_SIZE|POOL_MAX|MAX_POOL_SIZE|MAXIMUM_POOL_SIZE|POOL_MAX_SIZE)|(?:.*_)?DB_POOL");
    private static final Pattern NOT_A_DATABASE = Pattern.compile(".*(?:REDIS|THREAD|WORKER|HTTP|CACHE|MONGO|RABBIT|"
            + "CELERY|MIN).*");
    private static final Pattern OVERFLOW = Pattern.compile("(?:.*_)?MAX_OVERFLOW");

    private Pools() {}

    /// The pools of one service.
    ///
    /// @param each connections of one process
    /// @param processes over all containers
    record Pool(String service, int each, int processes, Location where) {
        int connections() {
            return each * processes;
        }

        @Override
        public String toString() {
            return service + " " + (processes > 1 ? processes + " processes × " : "") + each;
        }
    }

    static Optional<Pool> of(Recognised client, Host host) {
        var size = variable(client, SIZE);
        return size.map(found -> new Pool(client.name(), found.value() + variable(client, OVERFLOW).map(Located::value)
                .orElse(0), processes(client, host) * client.replicas(), found.where()));
    }

    private static Optional<Located<Integer>> variable(Recognised client, Pattern name) {
        return client.service().environment().entrySet().stream()
                .filter(entry -> name.matcher(entry.getKey()).matches()
                        && !NOT_A_DATABASE.matcher(entry.getKey()).matches())
                .filter(entry -> entry.getValue().value().matches("[0-9]{1,4}"))
                .map(entry -> entry.getValue().<Integer>map(Integer::parseInt)).findFirst();
    }

    private static int processes(Recognised client, Host host) {
        return switch (client.kind().id()) {
            case "gunicorn" -> PythonWeb.workers(client);
            case "celery" -> Math.max(1, Celery.concurrency(client, host));
            default -> 1;
        };
    }
}
