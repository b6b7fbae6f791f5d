package dev.plimsoll.render;

import java.util.Locale;

/// What a rendered stack is for.
public enum Profile {
    /// On a developer's machine: verbose logs, durability traded for speed, no password asked of Redis.
    DEVELOPMENT,
    /// Like production, with ports on the loopback interface open for looking inside.
    STAGING,
    /// Hardened.
    PRODUCTION;

    /// As on the command line and in the lock.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
