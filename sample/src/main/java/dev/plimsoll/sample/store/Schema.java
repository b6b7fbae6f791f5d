package dev.plimsoll.sample.store;

import dev.plimsoll.runtime.pool.DatabaseUrl;
import org.flywaydb.core.Flyway;

/// The tables, brought to the present version before the service starts.
public final class Schema {
    private Schema() {}

    /// @param url a direct connection: the lock against two services that start at once belongs to a session
    public static void migrate(DatabaseUrl url) {
        Flyway.configure().dataSource(url.jdbcUrl(), url.user().orElse(""), url.password().orElse("")).load().migrate();
    }
}
