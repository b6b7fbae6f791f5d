package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A connection pool whose size an application reads from its environment.
///
/// @param size connections that each process keeps
/// @param overflow connections that it opens beyond those
public record DeclaredPool(Variable size, Optional<Variable> overflow) {
    private static final Pattern SIZE = Pattern.compile("(?:.*_)?(?:DB|DATABASE|SQLALCHEMY|PG|POSTGRES|HIKARI)?_?"
            + "(?:POOL_SIZE|POOL_MAX|MAX_POOL_SIZE|MAXIMUM_POOL_SIZE|POOL_MAX_SIZE)|(?:.*_)?DB_POOL");
    private static final Pattern NOT_A_DATABASE = Pattern.compile(".*(?:REDIS|THREAD|WORKER|HTTP|CACHE|MONGO|RABBIT|"
            + "CELERY|MIN).*");
    private static final Pattern OVERFLOW = Pattern.compile("(?:.*_)?MAX_OVERFLOW");

    /// @param value of 0 to 9999
    public record Variable(String name, Located<Integer> value) {}

    /// The first pool that a service's variables speak of.
    public static Optional<DeclaredPool> of(Recognised service) {
        return variable(service, SIZE).map(size -> new DeclaredPool(size, variable(service, OVERFLOW)));
    }

    /// Connections of one process at most.
    public int each() {
        return size.value().value() + overflow.map(variable -> variable.value().value()).orElse(0);
    }

    private static Optional<Variable> variable(Recognised service, Pattern name) {
        return service.service().environment().entrySet().stream()
                .filter(entry -> name.matcher(entry.getKey()).matches()
                        && !NOT_A_DATABASE.matcher(entry.getKey()).matches())
                .filter(entry -> entry.getValue().value().matches("[0-9]{1,4}")).findFirst()
                .map(DeclaredPool::variable);
    }

    private static Variable variable(Map.Entry<String, Located<String>> entry) {
        return new Variable(entry.getKey(), entry.getValue().map(Integer::parseInt));
    }
}
