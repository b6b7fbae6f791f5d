package dev.plimsoll.run;

import dev.plimsoll.observe.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How to log in to the servers of a stack, from what the stack itself says. Never printed.
///
/// @param variables of the stack's env files
public record Credentials(Map<String, String> variables) {
    /// The user that a rendered Redis has for being looked at.
    static final String REDIS_MONITOR = "plimsoll";
    static final String REDIS_MONITOR_PASSWORD = "PLIMSOLL_REDIS_MONITOR_PASSWORD";

    /// @param user empty for the default user
    /// @param password empty for none
    public record Login(String user, String password) {
        static final Login NONE = new Login("", "");

        @Override
        public String toString() {
            return "login of " + (user.isEmpty() ? "the default user" : user);
        }
    }

    /// The superuser of a Postgres container; a password is only needed where local connections are not trusted.
    public Login postgres(Container container) {
        var user = first(container, "POSTGRES_USER", "POSTGRESQL_USERNAME").orElse("postgres");
        return new Login(user, first(container, "POSTGRES_PASSWORD", "POSTGRESQL_POSTGRES_PASSWORD",
                "POSTGRESQL_PASSWORD").orElse(""));
    }

    /// The database of a Postgres container's own.
    public String database(Container container) {
        return first(container, "POSTGRES_DB", "POSTGRESQL_DATABASE").orElseGet(() -> postgres(container).user());
    }

    /// What to try on a Redis, in order.
    public List<Login> redis(Container container) {
        var logins = new ArrayList<Login>();
        Optional.ofNullable(variables.get(REDIS_MONITOR_PASSWORD))
                .ifPresent(password -> logins.add(new Login(REDIS_MONITOR, password)));
        var own = container.service().toUpperCase(Locale.ROOT).replace('-', '_') + "_PASSWORD";
        Stream.of(first(container, "REDISCLI_AUTH", "VALKEYCLI_AUTH", "REDIS_PASSWORD",
                "VALKEY_PASSWORD"), requirepass(container),
                Optional.ofNullable(variables.get(own)), Optional.ofNullable(variables.get("REDIS_PASSWORD")))
                .flatMap(Optional::stream).distinct().forEach(password -> logins.add(new Login("", password)));
        logins.add(Login.NONE);
        return List.copyOf(logins);
    }

    /// What to try on a PgBouncer's console, in order.
    public List<Login> pooler(Container container) {
        var logins = new ArrayList<Login>();
        var password = first(container, "DB_PASSWORD", "POSTGRESQL_PASSWORD", "PGBOUNCER_PASSWORD");
        first(container, "ADMIN_USERS", "STATS_USERS").map(users -> users.split("[, ]+", 2)[0])
                .ifPresent(user -> logins.add(new Login(user, password.orElse(""))));
        first(container, "DB_USER", "POSTGRESQL_USERNAME")
                .ifPresent(user -> logins.add(new Login(user, password.orElse(""))));
        Urls.login(container.environment().getOrDefault("DATABASE_URL", "")).ifPresent(logins::add);
        logins.add(new Login("postgres", password.orElse("")));
        logins.add(new Login("pgbouncer", password.orElse("")));
        return logins.stream().distinct().toList();
    }

    private static Optional<String> requirepass(Container container) {
        var at = container.command().indexOf("--requirepass");
        return at < 0 || at + 1 >= container.command().size()
                ? Optional.empty()
                : Optional.of(container.command().get(at + 1));
    }

    private static Optional<String> first(Container container, String... names) {
        return Stream.of(names).flatMap(name -> Optional.ofNullable(container.environment().get(name)).stream())
                .filter(value -> !value.isEmpty()).findFirst();
    }

    @Override
    public String toString() {
        return "credentials";
    }
}
