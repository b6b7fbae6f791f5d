package dev.plimsoll.observe;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Something a Redis user may or may not do: empty, stop or reconfigure the server, or make users.
///
/// @param command with arguments that the server would take
/// @param rule as ACL rules name the command
/// @param categories that the command belongs to, from COMMAND INFO of Redis 7.0
record RedisRight(List<String> command, String rule, Set<String> categories) {
    private static final Set<String> OPERATING = Set.of("@all", "@admin", "@dangerous", "@slow");

    static final List<RedisRight> ALL = List.of(
            new RedisRight(List.of("FLUSHALL"), "flushall", Set.of("@all", "@dangerous", "@keyspace", "@slow",
                    "@write")),
            operating("config|set", "CONFIG", "SET", "maxmemory", "0"), operating("shutdown", "SHUTDOWN"),
            operating("replicaof", "REPLICAOF", "NO", "ONE"), operating("debug", "DEBUG", "SLEEP", "0"),
            operating("module|load", "MODULE", "LOAD", "/none"), operating("acl|setuser", "ACL", "SETUSER", "none"));

    private static RedisRight operating(String rule, String... command) {
        return new RedisRight(List.of(command), rule, OPERATING);
    }

    /// `CONFIG SET`
    String title() {
        return rule.replace('|', ' ').toUpperCase(Locale.ROOT);
    }

    /// Asks whether the default user has it, without using it.
    Question question() {
        var words = new java.util.ArrayList<>(List.of("ACL", "DRYRUN", "default"));
        words.addAll(command);
        return new Question.Redis(words);
    }

    /// Whether a rule without its sign speaks of it.
    boolean isMeant(String name) {
        return categories.contains(name) || rule.equals(name) || rule.startsWith(name + "|");
    }
}
