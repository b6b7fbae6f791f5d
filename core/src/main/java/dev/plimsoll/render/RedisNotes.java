package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Redis;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.kinds.Setting;
import dev.plimsoll.kinds.Sizing.Choice;
import dev.plimsoll.plan.ServicePlan;
import java.util.List;
import java.util.stream.Stream;

/// What the owner of a Redis has to know before its data are kept in another way, or evicted by another rule.
final class RedisNotes {
    private static final String SWITCH = "run `CONFIG SET appendonly yes` on the running server and wait until `INFO "
            + "persistence` says aof_rewrite_in_progress:0";
    private static final List<String> OF_CONSEQUENCE = List.of("maxmemory-policy", "appendonly", "save");

    private RedisNotes() {}

    static Stream<String> of(ServicePlan plan, Recognised service) {
        var name = service.name();
        var changed = plan.choices().stream().filter(choice -> OF_CONSEQUENCE.contains(choice.setting()))
                .flatMap(choice -> changed(choice, service));
        return Stream.concat(changed, keeping(plan, service)).map(note -> name + ": " + note);
    }

    private static Stream<String> changed(Choice choice, Recognised service) {
        return service.settings().get(choice.setting()).filter(own -> own.origin() != Setting.Origin.DEFAULT)
                .filter(own -> !plain(own.value()).equalsIgnoreCase(plain(choice.value())))
                .map(own -> "`" + choice.setting() + " " + own.value() + "` becomes `" + choice.setting() + " "
                        + choice.value() + "`: " + choice.arithmetic() + ".")
                .stream();
    }

    private static Stream<String> keeping(ServicePlan plan, Recognised service) {
        var appends = plan.choice("appendonly").filter(choice -> choice.value().equals("yes")).isPresent();
        if (appends && !Redis.usesAof(service) && Redis.usesSnapshots(service)) {
            return Stream.of("with `appendonly yes` it does not read the snapshot that it keeps now. Where it already "
                    + "holds data, first " + SWITCH + ".");
        }
        if (!appends && service.role() == Role.BROKER) {
            return Stream.of("a queue is kept in snapshots only, so a crash loses the jobs since the last one. For an "
                    + "append-only file " + SWITCH + "; then set `--appendonly yes` and render again.");
        }
        if (!Redis.isUndecided(service)) {
            return Stream.empty();
        }
        var forgets = plan.choice("save").filter(choice -> plain(choice.value()).isEmpty()).isPresent() && Redis
                .usesSnapshots(service);
        return Stream.of("nobody said whether its data may be lost, so " + (forgets
                ? "only keys with an expiry make room. No volume keeps it, so its snapshots are switched off, and it "
                        + "starts empty. `x-plimsoll: {role: cache}` lets any key go; "
                : "it keeps its snapshots, and only keys with an expiry make room. `x-plimsoll: {role: cache}` gives "
                        + "the data twice the room; ")
                + "`role: store` stands for an append-only file.");
    }

    /// Two quotes are how an empty value is written.
    private static String plain(String value) {
        return value.matches("\"\"|''") ? "" : value;
    }
}
