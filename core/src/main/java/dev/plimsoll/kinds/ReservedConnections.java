package dev.plimsoll.kinds;

/// Connections of a Postgres that no pool may take: a migration and its lock, a dump with a second job, one that
/// watches, and Postgres' superuser_reserved_connections.
public final class ReservedConnections {
    public static final int MIGRATION = 2;
    public static final int BACKUP = 2;
    public static final int MONITOR = 1;
    public static final int SUPERUSER = 3;
    public static final int ALL = MIGRATION + BACKUP + MONITOR + SUPERUSER;

    private ReservedConnections() {}
}
