package dev.plimsoll.sample.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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

    /// Of what the copies on this database share in a Redis, apart from that of other databases.
    public String namespace() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(scopes());
            return "room-" + HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JVM has SHA-256", missing);
        }
    }
}
