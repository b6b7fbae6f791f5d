package dev.plimsoll.kinds;

import java.util.Set;

/// Passwords that are tried first: those of examples and manuals, and the commonest of published lists.
public final class WeakPasswords {
    public static final Set<String> ALL = Set.of("postgres", "password", "passw0rd", "secret", "changeme", "change_me",
            "change-me", "admin", "root", "test", "example", "redis", "guest", "user", "pass", "default",
            "mysecretpassword",
            "123456", "12345678", "123456789", "1234", "qwerty", "letmein", "app", "db", "foobared", "mypassword",
            "supersecret", "docker", "dev", "demo", "minioadmin", "grafana");

    private WeakPasswords() {}
}
