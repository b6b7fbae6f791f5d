package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Redis;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.render.RenderedFile.Access;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `redis.conf` and the users of every Redis or Valkey.
public final class RedisConf implements Renderer {
    static final Variable MONITOR_PASSWORD = Variable.secret("PLIMSOLL_REDIS_MONITOR_PASSWORD", "for "
            + RedisAcl.MONITOR + ", the Redis user that may only watch");

    @Override
    public List<Variable> variables(Task task) {
        var variables = new ArrayList<Variable>();
        var cases = cases(task);
        cases.values().stream().filter(given -> given.password() instanceof RedisPassword.Drawn)
                .map(given -> Variable.secret(given.variable(), "asked by " + given.redis().name()))
                .forEach(variables::add);
        if (cases.values().stream().anyMatch(RedisConf::getsUsers)) {
            variables.add(MONITOR_PASSWORD);
        }
        return variables;
    }

    private static boolean getsUsers(RedisAccess.Case given) {
        return isApplied(given) && given.server().hasAcl() && !RedisAccess.hasOwnUsers(given.redis());
    }

    /// What is decided about a service whose image and command surely take what is rendered for it.
    static Optional<RedisAccess.Case> applied(Task task, Recognised redis) {
        return Optional.ofNullable(cases(task).get(redis.name())).filter(RedisConf::isApplied);
    }

    private static boolean isApplied(RedisAccess.Case given) {
        return givesAccess(given.server()) && command(given).isPresent();
    }

    private static boolean givesAccess(RedisServer server) {
        return server.way() == RedisServer.Way.OFFICIAL || server.way() == RedisServer.Way.STACK;
    }

    /// The services of this kind with what is decided about their passwords, in the order of the plan.
    private static Map<String, RedisAccess.Case> cases(Task task) {
        var cases = new LinkedHashMap<String, RedisAccess.Case>();
        var inventory = task.plan().inventory();
        var drawn = 0;
        for (var plan : task.services("redis").toList()) {
            var redis = inventory.named(plan.service()).orElseThrow();
            var server = RedisServer.of(redis);
            var urls = RedisUrls.of(inventory, redis);
            var variable = drawn == 0 ? "REDIS_PASSWORD" : ComposeText.variable(redis.name()) + "_PASSWORD";
            var given = new RedisAccess.Case(task, redis, server, RedisPassword.of(task.profile(), inventory, redis,
                    urls), urls, drawn > 0 && variable.equals("REDIS_PASSWORD") ? "REDIS_2_PASSWORD" : variable);
            if (given.password() instanceof RedisPassword.Drawn && !getsUsers(given)) {
                given = new RedisAccess.Case(task, redis, server, new RedisPassword.None(Optional.empty()), urls, "");
            }
            drawn += given.password() instanceof RedisPassword.Drawn ? 1 : 0;
            cases.put(redis.name(), given);
        }
        return cases;
    }

    @Override
    public Part render(Task task, Secrets secrets) {
        var files = new ArrayList<RenderedFile>();
        var patches = new ArrayList<Patch>();
        var settings = new LinkedHashMap<String, List<LockedSetting>>();
        var notes = new ArrayList<String>();
        var cases = cases(task);
        task.services("redis").forEach(plan -> {
            var given = cases.get(plan.service());
            if (given != null) {
                add(plan, given, secrets, files, patches, settings, notes);
            }
        });
        if (!files.isEmpty()) {
            notes.add(
                    "Redis wants vm.overcommit_memory=1 and transparent huge pages off; no container can set them, so "
                            + "run `sysctl vm.overcommit_memory=1` on the server and keep it in /etc/sysctl.d.");
        }
        return new Part(files, patches, settings, notes);
    }

    private static void add(ServicePlan plan, RedisAccess.Case given, Secrets secrets, List<RenderedFile> files,
            List<Patch> patches, Map<String, List<LockedSetting>> settings, List<String> notes) {
        var name = plan.service();
        var applied = isApplied(given);
        var access = applied
                ? RedisAccess.of(given, secrets)
                : new RedisAccess(List.of(), Optional.empty(), List.of(), List.of());
        var text = RedisText.of(plan, given.redis(), given.server(), access.lines());
        files.add(RenderedFile.of(name + "/redis.conf", text.content()));
        given.redis().settings().unreadNote(name).ifPresent(notes::add);
        notes.addAll(access.notes());
        patches.addAll(access.patches());
        access.secretFile().ifPresent(secret -> {
            var path = name + "/private/" + secret.name();
            files.add(new RenderedFile(path, secret.text(), Access.CONTAINER_SECRET));
            patches.add(ComposeText.mount(given.task(), name, path, PostgresConf.DIRECTORY + secret.name(),
                    "who may do what"));
        });
        if (applied || given.server().way() == RedisServer.Way.BITNAMI) {
            settings.put(name, text.settings());
            RedisNotes.of(plan, given.redis()).forEach(notes::add);
            mount(given, patches);
        } else {
            notes.add(name + ": the planned settings are in " + name + "/redis.conf and not in force, because Plimsoll "
                    + "does not know how this image or its command starts the server; make it read that file.");
        }
    }

    private static void mount(RedisAccess.Case given, List<Patch> patches) {
        var name = given.redis().name();
        var target = switch (given.server().way()) {
            case BITNAMI -> "/opt/bitnami/" + (given.server().valkey() ? "valkey" : "redis")
                    + "/mounted-etc/overrides.conf";
            case STACK -> "/redis-stack.conf";
            case OFFICIAL, UNKNOWN -> PostgresConf.DIRECTORY + "redis.conf";
        };
        patches.add(ComposeText.mount(given.task(), name, name + "/redis.conf", target, "planned settings"));
        if (given.server().way() == RedisServer.Way.OFFICIAL) {
            patches.add(Patch.replace(name, List.of("command"), List.of(given.server().program(), target),
                    "settings of the flags are in redis.conf"));
        }
        for (var variable : Redis.flagVariables(given.redis().service())) {
            given.redis().service().variable(variable).filter(flags -> !flags.value().isBlank()).ifPresent(
                    flags -> patches.add(ComposeText.environment(name, variable, "",
                            "settings of the flags are in redis.conf")));
        }
    }

    /// The command, when it is the server with its arguments or the image's own.
    private static Optional<DirectCommand> command(RedisAccess.Case given) {
        return DirectCommand.orArguments(given.redis().service(), "redis-server", "valkey-server");
    }
}
