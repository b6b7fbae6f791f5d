package dev.plimsoll.verify;

import dev.plimsoll.lock.Expected;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.lock.Traits;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.verify.Look.Planned;
import dev.plimsoll.verify.Look.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whether Redis runs as configured and still asks for its passwords.
final class Cache implements Scenario {
    /// Settings whose value is a secret or a path that an image may move: only being there is compared.
    private static final List<String> SECRET = List.of("requirepass", "masterauth");
    private static final Pattern REPLICA = Pattern.compile("(?i)replicaof|slaveof|replication_mode|(?:master|primary)_"
            + "(?:host|port)");
    private static final String BUFFERS = "client-output-buffer-limit";
    /// What went wrong the last time, and the word for all being well.
    private static final Map<String, String> LAST = Map.of("rdb_last_bgsave_status", "the last snapshot",
            "aof_last_write_status", "the last write to the append-only file", "aof_last_bgrewrite_status",
            "the last rewrite of the append-only file");

    /// The password that its health check logs in with, whatever somebody has made of the file of users since.
    private static final String LOGS_IN = "container.env.REDISCLI_AUTH";

    @Override
    public String id() {
        return "redis";
    }

    @Override
    public String title() {
        return "Redis configuration and drift";
    }

    @Override
    public List<Check> checks(Look look) {
        var checks = new ArrayList<Check>();
        look.servers("redis").forEach(server -> {
            settings(server).forEach(checks::add);
            writes(server).forEach(checks::add);
            access(server).forEach(checks::add);
            persistence(server.seen()).forEach(checks::add);
        });
        if (checks.isEmpty()) {
            checks.add(Check.notRun("", "Redis runs as planned", look.ofKind("redis").findAny().isPresent()
                    ? "it does not run"
                    : "the stack has none"));
        }
        return checks;
    }

    private static Stream<Check> settings(Planned server) {
        var seen = server.seen();
        if (seen.all("redis.config.").findAny().isEmpty()) {
            return Stream.of(Ailment.unanswered(seen, "runs with its planned settings", "redis.config", false));
        }
        var planned = server.service().settings().stream().filter(setting -> setting.name().matches(
                "[a-z][a-z0-9-]*")).toList();
        var unseen = planned.stream().map(LockedSetting::name).filter(name -> seen.fact("redis.config." + name)
                .isEmpty()).toList();
        var shown = planned.stream().flatMap(setting -> seen.fact("redis.config." + setting.name()).stream().map(
                fact -> setting(seen, setting, fact)));
        var unshown = unseen.isEmpty()
                ? Stream.<Check>empty()
                : Stream.of(Check.notRun(server.name(), "all its settings are as planned",
                        "the server does not show " + String.join(", ", unseen)));
        return Stream.of(shown, buffers(server), unshown).flatMap(checks -> checks);
    }

    /// Bounds of one class of clients among those that the server shows together: `normal 0 0 0 slave 256 64 60`.
    private static Stream<Check> buffers(Planned server) {
        return server.service().settings().stream().filter(setting -> setting.name().startsWith(BUFFERS + " ")).flatMap(
                setting -> server.seen().fact("redis.config." + BUFFERS).stream().map(fact -> {
                    var what = setting.name() + " is as planned";
                    return Values.isSameRedis(BUFFERS, setting.value(), fact.value())
                            ? Check.passed(server.name(), what, setting.value(), fact)
                            : Check.failed(server.name(), what, fact.value() + " instead of " + setting.value(),
                                    "CONFIG SET it back, or restart with the rendered file", fact);
                }));
    }

    /// Who was made a replica takes no writes, and neither does one that waits for replicas of its own.
    private static Stream<Check> writes(Planned server) {
        var seen = server.seen();
        var what = "takes writes";
        var waits = seen.fact("redis.config.min-replicas-to-write").filter(fact -> !fact.value().equals("0")).filter(
                fact -> server.service().setting("min-replicas-to-write").isEmpty());
        var follows = seen.fact("redis.info.role").filter(fact -> fact.value().equals("slave")).filter(
                _ -> !isReplica(server.service()));
        return Stream.concat(waits.stream().map(fact -> Check.failed(server.name(), what, "min-replicas-to-write is "
                + fact.value() + ": without as many replicas every write is refused",
                "CONFIG SET min-replicas-to-write 0, or restart with the rendered file", fact)), follows.stream().map(
                        fact -> Check.failed(server.name(), what, "it is a replica, which nobody planned: it is "
                                + "read-only, and holds what its primary holds",
                                "REPLICAOF NO ONE, or restart with the "
                                        + "rendered file",
                                fact)));
    }

    /// Whether plan or Compose files make it one.
    private static boolean isReplica(LockedService service) {
        return service.setting("replicaof").or(() -> service.setting("slaveof")).isPresent() || service.expected().map(
                Expected::traits).filter(
                        traits -> REPLICA.matcher(traits.options().getOrDefault(Traits.COMMAND, ""))
                                .find()
                                || traits.environment().keySet().stream()
                                        .anyMatch(name -> REPLICA.matcher(name).find()))
                .isPresent();
    }

    private static Check setting(Seen seen, LockedSetting setting, Observation fact) {
        var name = setting.name();
        var secret = SECRET.contains(name);
        var same = secret
                ? fact.value().isEmpty() == Values.plain(setting.value()).isEmpty()
                : Values.isSameRedis(name, setting.value(), fact.value());
        if (same) {
            return Check.passed(seen.service(), name + " is as planned", secret ? "set" : setting.value(), fact);
        }
        var found = fact.value().isEmpty() ? "not set" : fact.value();
        return Check.failed(seen.service(), name + " is as planned", found + (secret
                ? ""
                : " instead of " + setting.value()), effect(name, fact.value()) + "CONFIG SET it back, or restart with "
                        + "the rendered file",
                fact);
    }

    private static String effect(String name, String value) {
        return switch (name) {
            case "maxmemory" -> value.equals("0") ? "Without it the kernel kills Redis at the limit. " : "";
            case "appendonly" -> value.equals("no") ? "A restart loses what is in memory. " : "";
            case "maxmemory-policy" -> value.equals("noeviction")
                    ? "A full cache refuses writes. "
                    : "A full queue drops jobs. ";
            default -> "";
        };
    }

    /// Whether the default user should need a password, by the file of users, or else by the settings.
    private static Optional<Boolean> needsPassword(Planned server) {
        if (server.seen().fact(LOGS_IN).isPresent()) {
            return Optional.of(true);
        }
        var filed = server.seen().text("redis.filed_user.default");
        if (filed.isPresent()) {
            return filed.map(user -> !user.contains("no password"));
        }
        return server.service().setting("aclfile").isPresent()
                ? Optional.empty()
                : server.service().setting("requirepass").map(setting -> !Values.plain(setting.value()).isEmpty());
    }

    private static Stream<Check> access(Planned server) {
        return Stream.concat(entry(server), CacheUsers.of(server.seen()));
    }

    private static Stream<Check> entry(Planned server) {
        var seen = server.seen();
        var what = "asks for a password";
        var open = seen.fact("redis.open");
        if (open.isEmpty()) {
            return Stream.of(Check.notRun(server.name(), what, seen.gap("redis.open")));
        }
        if (seen.is("redis.weak_password", "true")) {
            return Stream.of(Check.failed(server.name(), what, "it takes a well-known one", "Set a random one, and "
                    + "restart with the rendered file", seen.fact("redis.weak_password").orElseThrow()));
        }
        if (open.get().value().equals("false")) {
            return Stream.of(Check.passed(server.name(), what, "the default user needs one", open.get()));
        }
        return Stream.of(needsPassword(server).map(needs -> needs
                ? Check.failed(server.name(), what, "anyone who reaches it may enter", "ACL LOAD, or restart with the "
                        + "rendered file", open.get())
                : Check.advice(server.name(), what, "it has none, as planned", "Render it for production",
                        open.get()))
                .orElseGet(() -> Check.advice(server.name(), what, "it has none, and no plan says that it should",
                        "Give it one: every container on its networks may empty it", open.get())));
    }

    private static Stream<Check> persistence(Seen seen) {
        return LAST.keySet().stream().sorted().flatMap(line -> seen.fact("redis.info." + line).stream().map(
                fact -> fact.value().equals("ok")
                        ? Check.passed(seen.service(), LAST.getOrDefault(line, line) + " succeeded", "ok", fact)
                        : Check.failed(seen.service(), LAST.getOrDefault(line, line) + " succeeded", fact.value(),
                                "Read its log: the disk may be full, or the fork found no memory", fact)));
    }
}
