package dev.plimsoll.spring;

import static dev.plimsoll.spring.PropertyException.require;
import static dev.plimsoll.spring.PropertyException.requireAccepted;

import dev.plimsoll.runtime.pool.DatabaseUrl;
import dev.plimsoll.runtime.pool.PoolSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Connections to PostgreSQL. The defaults are what a plan gives a service.
///
/// @param url The database, as postgres://user:password@host:port/database. Without it the pool is Boot's own.
/// @param name In metrics, logs and pg_stat_activity.
/// @param minimum Connections kept open while idle, 0 to the maximum. Without it 10, or the maximum where that is less.
/// @param maximum Connections open at most, 1 or more. The plan counts on it: write the figure it prints.
/// @param patience How long a caller waits for a connection, 300 ms or more.
/// @param idle How long a connection above the minimum may rest, 10 s or more.
/// @param lifetime After which a connection is replaced when it comes back, 30 s or more.
/// @param statements Whether the driver prepares on the server: 'detect' finds out whether a pooler is in between,
/// 'server' always, 'unnamed' never.
@ConfigurationProperties(prefix = "plimsoll.pool", ignoreUnknownFields = false)
public record PoolProperties(@Nullable String url, @DefaultValue("database") String name,
        @Nullable Integer minimum, @DefaultValue("30") int maximum, @DefaultValue("5s") Duration patience,
        @DefaultValue("5m") Duration idle, @DefaultValue("30m") Duration lifetime,
        @DefaultValue("detect") PoolSettings.Statements statements) {
    public PoolProperties {
        url = url == null || url.isBlank() ? null : url;
        requireReadable(url);
        require(maximum >= 1, "plimsoll.pool.maximum", maximum, "write 1 or more");
        require(minimum == null || (minimum >= 0 && minimum <= maximum), "plimsoll.pool.minimum",
                String.valueOf(minimum),
                "write 0 to plimsoll.pool.maximum, which is " + maximum);
        require(patience.toMillis() >= 300, "plimsoll.pool.patience", patience, "write 300ms or more, such as 5s");
        require(idle.toSeconds() >= 10, "plimsoll.pool.idle", idle, "write 10s or more, such as 5m");
        require(lifetime.toSeconds() >= 30, "plimsoll.pool.lifetime", lifetime, "write 30s or more, such as 30m");
    }

    /// The value may hold a password, so it is not repeated.
    private static void requireReadable(@Nullable String url) {
        requireAccepted(() -> url == null || !DatabaseUrl.parse(url).jdbcUrl().isEmpty(), "plimsoll.pool.url", "...",
                "write postgres://USER:PASSWORD@HOST:PORT/DATABASE");
    }

    private int least() {
        return minimum == null ? Math.min(PoolSettings.PLAN.minimum(), maximum) : minimum;
    }

    PoolSettings settings() {
        var plan = PoolSettings.PLAN;
        return new PoolSettings(name, plan.minimum(), plan.maximum(), plan.patience(), plan.validation(), idle,
                lifetime, plan.reading(), statements).sized(least(), maximum).waiting(patience);
    }

    /// Without the password.
    @Override
    public String toString() {
        return name + " of " + least() + " to " + maximum;
    }
}
