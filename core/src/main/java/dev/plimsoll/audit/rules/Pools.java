package dev.plimsoll.audit.rules;

import dev.plimsoll.kinds.Celery;
import dev.plimsoll.kinds.DeclaredPool;
import dev.plimsoll.kinds.PythonWeb;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Host;
import java.util.Optional;

/// Connection pools that applications declare in their environment.
final class Pools {
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
        return DeclaredPool.of(client).map(pool -> new Pool(client.name(), pool.each(), processes(client, host) * client
                .replicas(), pool.size().value().where()));
    }

    private static int processes(Recognised client, Host host) {
        return switch (client.kind().id()) {
            case "gunicorn" -> PythonWeb.workers(client);
            case "celery" -> Math.max(1, Celery.concurrency(client, host));
            default -> 1;
        };
    }
}
