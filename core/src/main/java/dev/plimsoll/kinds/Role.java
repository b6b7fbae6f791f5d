package dev.plimsoll.kinds;

/// What a service is for. Decides priorities, and which findings make sense.
public enum Role {
    DATABASE, CACHE, BROKER, SEARCH, STORAGE, POOLER, PROXY, APP, WORKER, MONITORING, EXPORTER, TOOL;

    /// Whether losing its data or its start hurts the others.
    public boolean isStateful() {
        return switch (this) {
            case DATABASE, CACHE, BROKER, SEARCH, STORAGE -> true;
            case POOLER, PROXY, APP, WORKER, MONITORING, EXPORTER, TOOL -> false;
        };
    }
}
