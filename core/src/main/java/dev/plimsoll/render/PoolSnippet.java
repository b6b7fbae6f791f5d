package dev.plimsoll.render;

/// Settings of a pool, ready to paste.
final class PoolSnippet {
    private PoolSnippet() {}

    /// @param transactions whether a pooler gives each transaction another server connection
    /// @param prepares whether that pooler follows prepared statements
    static String of(PoolShare share, boolean transactions, boolean prepares) {
        var unprepared = transactions && !prepares;
        return switch (share.framework()) {
            case SQLALCHEMY, CELERY -> sqlalchemy(share, unprepared);
            case DJANGO -> django(transactions);
            case HIKARI -> hikari(share, unprepared);
            case RAILS, SIDEKIQ -> rails(share, unprepared);
            case PRISMA -> block("text", "DATABASE_URL=...?connection_limit=" + share.each() + "&pool_timeout=30"
                    + (unprepared ? "&pgbouncer=true" : ""));
            case NODE -> block("js", "new Pool({ max: " + share.each() + ", idleTimeoutMillis: 60000, "
                    + "connectionTimeoutMillis: 30000 })");
            case OTHER -> "At most " + share.each() + " connections for each process.\n";
        };
    }

    private static String sqlalchemy(PoolShare share, boolean unprepared) {
        return block("python",
                "engine = create_engine(\n    url,\n    pool_size=" + share.pool() + ",\n    max_overflow="
                        + share.overflow() + ",\n    pool_timeout=30,       # seconds to wait for a connection\n"
                        + "    pool_recycle=3600,     # seconds; backends give the memory of their caches back\n"
                        + "    pool_pre_ping=True,    # survives a restart of the database\n"
                        + "    pool_use_lifo=True,    # idle connections stay idle and can be closed\n"
                        + (unprepared
                                ? "    # asyncpg: connect_args={\"statement_cache_size\": 0}; psycopg 3: "
                                        + "{\"prepare_threshold\": None}\n"
                                : "")
                        + ")");
    }

    private static String django(boolean transactions) {
        return block("python", "DATABASES[\"default\"][\"CONN_MAX_AGE\"] = 600        # seconds\n"
                + "DATABASES[\"default\"][\"CONN_HEALTH_CHECKS\"] = True\n"
                + (transactions ? "DATABASES[\"default\"][\"DISABLE_SERVER_SIDE_CURSORS\"] = True\n" : "")
                + "# One connection for each thread of a worker. Django 5.1 and later can pool instead, with CONN_MAX_AGE = "
                + "0:\n# DATABASES[\"default\"][\"OPTIONS\"] = {\"pool\": {\"min_size\": 1, \"max_size\": 2}}");
    }

    private static String hikari(PoolShare share, boolean unprepared) {
        return block("properties", "spring.datasource.hikari.maximum-pool-size=" + share.each()
                + "\nspring.datasource.hikari.minimum-idle=" + share.pool()
                + "\nspring.datasource.hikari.idle-timeout=300000\nspring.datasource.hikari.max-lifetime=1800000"
                + "\nspring.datasource.hikari.connection-timeout=30000"
                + "\nspring.datasource.hikari.leak-detection-threshold=60000"
                + (unprepared
                        ? "\nspring.datasource.hikari.data-source-properties.prepareThreshold=0"
                        : ""));
    }

    private static String rails(PoolShare share, boolean unprepared) {
        return block("yaml", "production:\n  pool: " + share.each() + "                  # as many as threads\n"
                + "  checkout_timeout: 30      # seconds\n  reaping_frequency: 60     # seconds"
                + (unprepared ? "\n  prepared_statements: false" : ""));
    }

    private static String block(String language, String text) {
        return "```" + language + "\n" + text + "\n```\n";
    }
}
