package dev.plimsoll.render;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The users of a Redis: the one everybody is, without the commands that empty, stop or reconfigure the server, and
/// one that may only watch. Passwords stand there as hashes.
final class RedisAcl {
    /// The user that may only watch.
    static final String MONITOR = "plimsoll";

    /// Commands that empty the server.
    private static final String OWN_DATABASE = "flushdb";
    private static final List<String> EMPTYING = List.of("flushall", OWN_DATABASE);
    /// Commands that stop it, reconfigure it or run foreign code.
    private static final List<String> OPERATING = List.of("debug", "shutdown", "replicaof", "slaveof", "module");
    private static final int FIRST_WITH_CHANNELS = 62;
    /// Subcommands are rules of their own; before 7.0 one could only allow them.
    private static final String WATCHING = "-@all +ping +auth +hello +info +dbsize +time +role +config|get +client|list "
            + "+client|getname +client|setname +memory|stats +memory|doctor +slowlog|get +slowlog|len +latency|latest "
            + "+latency|history +latency|doctor +acl|whoami "
            + "+acl|users";
    /// What a user would be allowed, asked without doing it; servers before 7.0 know no such question.
    private static final String ASKING = " +acl|dryrun";
    private static final int FIRST_WITH_DRYRUN = 70;

    private RedisAcl() {}

    /// @param restricted commands that nobody may call, in lower case
    /// @param password empty for none
    /// @param renamed commands the user has renamed or removed, in lower case; they have no rule
    static String text(RedisServer server, List<String> restricted, Optional<String> password, String monitorPassword,
            Set<String> renamed) {
        var channels = server.minor() >= FIRST_WITH_CHANNELS ? " &*" : "";
        var rules = new ArrayList<String>();
        restricted.stream().filter(command -> !renamed.contains(command)).map(command -> "-" + command)
                .forEach(rules::add);
        if (!renamed.contains("config")) {
            rules.addAll(List.of("-config", "+config|get"));
        }
        rules.addAll(List.of("-acl", "+acl|whoami"));
        return "user default on " + password.map(RedisAcl::hash).orElse("nopass") + " ~*" + channels + " +@all "
                + String.join(" ", rules) + "\nuser " + MONITOR + " on " + hash(monitorPassword) + " "
                + watching(server, renamed)
                + "\n";
    }

    private static String watching(RedisServer server, Set<String> renamed) {
        var rules = server.minor() >= FIRST_WITH_DRYRUN ? WATCHING + ASKING : WATCHING;
        return String.join(" ", List.of(rules.split(" ")).stream()
                .filter(rule -> !renamed.contains(rule.substring(1).split("\\|")[0])).toList());
    }

    /// Commands nobody calls by accident.
    ///
    /// @param mayEmpty whether a client empties its own database by design, with FLUSHDB
    static List<String> restricted(Profile profile, boolean mayEmpty) {
        var all = new ArrayList<>(profile == Profile.DEVELOPMENT ? List.<String>of() : EMPTYING);
        if (mayEmpty) {
            all.remove(OWN_DATABASE);
        }
        all.addAll(OPERATING);
        return all;
    }

    private static String hash(String password) {
        try {
            return "#" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
