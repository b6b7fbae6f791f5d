package dev.plimsoll.sample.store;

/// Random bytes that all copies of the service share.
public final class Secrets {
    private final Database database;

    public Secrets(Database database) {
        this.database = database;
    }

    /// What keeps others from computing whose answers a scope of the semantic cache holds.
    public byte[] scopes() {
        return database.first("secret", "SELECT value FROM secrets WHERE name = 'scopes'", row -> row.getBytes(1))
                .orElseThrow(() -> new IllegalStateException("the table `secrets` has lost its row `scopes`"));
    }
}
