package dev.plimsoll.runtime.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// A HikariCP pool that knows who holds its connections, and prepares statements only where that is safe.
public final class Pool implements AutoCloseable {
    /// Holders named in a message. The rest is counted.
    private static final int NAMED = 5;

    private final HikariDataSource source;
    private final PoolSettings settings;
    private final Clock clock;
    private final DataSource naming;
    private final ConcurrentMap<Connection, Holder> holders = new ConcurrentHashMap<>();

    private Pool(HikariDataSource source, PoolSettings settings, Clock clock) {
        this.source = source;
        this.settings = settings;
        this.clock = clock;
        naming = new NamingSource(this, source);
    }

    /// Opens the pool and one connection, so that a wrong address or password shows now.
    ///
    /// @param metrics where the pool's figures go, such as HikariCP's `MicrometerMetricsTrackerFactory`
    public static Pool open(DatabaseUrl url, PoolSettings settings, Optional<MetricsTrackerFactory> metrics)
            throws SQLException {
        return open(url, settings, metrics, Clock.systemUTC());
    }

    static Pool open(DatabaseUrl url, PoolSettings settings, Optional<MetricsTrackerFactory> metrics, Clock clock)
            throws SQLException {
        var first = FirstConnection.of(url, settings);
        var config = new HikariConfig();
        config.setPoolName(settings.name());
        config.setJdbcUrl(url.jdbcUrl());
        url.user().ifPresent(config::setUsername);
        url.password().ifPresent(config::setPassword);
        config.setMinimumIdle(settings.minimum());
        config.setMaximumPoolSize(settings.maximum());
        config.setConnectionTimeout(settings.patience().toMillis());
        config.setValidationTimeout(settings.validation().toMillis());
        if (settings.minimum() < settings.maximum()) {
            config.setIdleTimeout(settings.idle().toMillis());
        }
        config.setMaxLifetime(settings.lifetime().toMillis());
        config.addDataSourceProperty("ApplicationName", settings.name());
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", FirstConnection.seconds(first.reading()));
        if (!first.prepares()) {
            config.addDataSourceProperty("prepareThreshold", "0");
        }
        metrics.ifPresent(config::setMetricsTrackerFactory);
        return new Pool(new HikariDataSource(config), settings, clock);
    }

    /// Whether the driver prepares statements on the server.
    public boolean preparesOnServer() {
        return !"0".equals(source.getDataSourceProperties().getProperty("prepareThreshold"));
    }

    /// A connection, to be closed by the caller.
    ///
    /// @throws PoolDryException when none came free in time
    public Connection connection() throws SQLException {
        try {
            return held(source.getConnection());
        } catch (SQLTransientConnectionException late) {
            throw dry(late);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private Connection held(Connection connection) {
        if (holders.size() >= settings.maximum()) {
            forgetClosed();
        }
        holders.put(connection, Holder.here(clock.instant()));
        InvocationHandler watched = (proxy, method, arguments) -> {
            if (method.getName().equals("equals")) {
                return proxy == arguments[0];
            }
            if (method.getName().equals("close")) {
                holders.remove(connection);
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause() == null ? failure : failure.getCause();
            }
        };
        return (Connection) Proxy.newProxyInstance(Pool.class.getClassLoader(), new Class<?>[]{Connection.class},
                watched);
    }

    private SQLException dry(SQLTransientConnectionException late) {
        var now = clock.instant();
        var held = holders();
        // A connection on its way from one to the next is held by nobody for a moment, but it is open.
        if (source.getHikariPoolMXBean().getTotalConnections() < settings.maximum()) {
            return late;
        }
        var named = held.stream().limit(NAMED).map(holder -> holder.text(now)).collect(Collectors.joining("; "));
        return new PoolDryException("no connection of pool `" + settings.name() + "` came free within "
                + settings.patience().toMillis() + " ms: " + held.size() + " of " + settings.maximum()
                + " are held, by "
                + named + (held.size() > NAMED ? " and " + (held.size() - NAMED) + " more" : ""), held, late);
    }

    /// The same connections, with their holders, for libraries that want a data source. It unwraps to HikariCP's.
    public DataSource source() {
        return naming;
    }

    /// Who holds a connection now, the longest first.
    public List<Holder> holders() {
        forgetClosed();
        return holders.values().stream().sorted(Comparator.comparing(Holder::since)).toList();
    }

    /// A statement leads to its connection past the watch, and a library may close that one.
    private void forgetClosed() {
        holders.keySet().removeIf(connection -> {
            try {
                return connection.isClosed();
            } catch (SQLException unknown) {
                return false;
            }
        });
    }

    @Override
    public void close() {
        source.close();
    }
}
