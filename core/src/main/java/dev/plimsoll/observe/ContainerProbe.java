package dev.plimsoll.observe;

import dev.plimsoll.kinds.WeakPasswords;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation.Unit;
import dev.plimsoll.units.MemorySize;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the engine says of a container. Values of variables are left out; whether one is a well-known password is not.
public final class ContainerProbe implements Probe {
    private static final Pattern SECRET = Pattern
            .compile("(?i).*(?:PASS(?:WORD|WD)?|SECRET|TOKEN|REQUIREPASS)(?:_KEY)?$");
    private static final String ENGINE = "engine";

    @Override
    public String id() {
        return "containers";
    }

    @Override
    public Observations read(Sight sight) {
        var one = sight.container();
        var facts = new Facts(sight);
        facts.text("container.id", one.id(), ENGINE).text("container.image", one.image(), ENGINE)
                .text("container.state", one.state(), ENGINE).count("container.restarts", one.restarts(), ENGINE)
                .text("container.health", one.health().orElse("none"), ENGINE)
                .flag("container.healthcheck", one.healthcheck(), ENGINE)
                .flag("container.oom_killed", one.oomKilled(), ENGINE)
                .text("container.restart_policy", one.restartPolicy().isEmpty() ? "no" : one.restartPolicy(), ENGINE)
                .count("container.oom_score_adj", one.oomScoreAdj(), ENGINE);
        one.exitCode().ifPresent(code -> facts.count("container.exit_code", code, ENGINE));
        one.startedAt().ifPresent(start -> facts.add("container.age", String.valueOf(Math.max(0, sight.when()
                .getEpochSecond() - start.getEpochSecond())), Unit.SECONDS, ENGINE));
        size(facts, "container.limit", one.limit());
        size(facts, "container.reservation", one.reservation());
        size(facts, "container.swap_limit", one.swapLimit());
        size(facts, "container.shm", one.shm());
        facts.text("container.pids", one.pids().map(String::valueOf).orElse("none"), ENGINE);
        facts.text("container.cpus", one.cpus().map(Object::toString).orElse("none"), ENGINE);
        one.mounts().forEach(mount -> facts.text("container.mount." + mount.target(), mount.type() + ":"
                + mount.source(), ENGINE));
        one.mounts().stream().filter(Container.MountedAt::writable).forEach(mount -> facts.flag("container.writable."
                + mount.target(), true, ENGINE));
        one.traits().options().forEach((name, value) -> facts.text("container.option." + name, value, ENGINE));
        one.traits().grants().forEach(grant -> facts.flag("container.grant." + grant, true, ENGINE));
        variables(sight, facts);
        one.ports().forEach(port -> facts.text("container.port." + port.target(), port.hostIp() + ":"
                + port.published(), ENGINE));
        one.environment().forEach((name, value) -> {
            if (SECRET.matcher(name).matches()) {
                facts.flag("container.weak." + name, WeakPasswords.ALL.contains(value), ENGINE);
            } else {
                facts.flag("container.env." + name, true, ENGINE);
            }
        });
        return facts.done();
    }

    /// Whether the container has the values that the Compose files give, without the values.
    private static void variables(Sight sight, Facts facts) {
        var given = sight.container().environment();
        sight.service().flatMap(LockedService::expected).map(expected -> expected.traits().environment()).orElse(Map
                .of()).forEach(
                        (name, value) -> facts.text("container.variable." + name, !given.containsKey(name)
                                ? "missing"
                                : value.equals(given.get(name)) ? "as given" : "other", ENGINE));
    }

    /// `none` says that there is no bound, where a missing fact says that nobody looked.
    private static void size(Facts facts, String what, Optional<MemorySize> size) {
        size.ifPresentOrElse(bytes -> facts.bytes(what, bytes, ENGINE), () -> facts.text(what, "none", ENGINE));
    }
}
