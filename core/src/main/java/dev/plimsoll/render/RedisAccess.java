package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.RedisWords;
import dev.plimsoll.kinds.Role;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Who may do what in one Redis, and what its clients must know for it.
///
/// @param lines for redis.conf
/// @param secretFile name below `private/` and its text
/// @param patches of the clients, and of the container for its own command-line client
record RedisAccess(List<String> lines, Optional<SecretFile> secretFile, List<Patch> patches, List<String> notes) {
    /// What the names of settings begin with that make users.
    static final String USER = "user ";
    /// The variable that a command-line client takes a password from: valkey-cli knows no other name before version 9.
    static final String CLIENT_PASSWORD = "REDISCLI_AUTH";

    /// @param name file name, in the service's `private` directory and below [PostgresConf#DIRECTORY]
    record SecretFile(String name, String text) {}

    /// What stays the same for one service.
    ///
    /// @param variable the variable of a password that is drawn
    record Case(Task task, Recognised redis, RedisServer server, RedisPassword password, RedisUrls urls,
            String variable) {}

    static RedisAccess of(Case given, Secrets secrets) {
        if (hasOwnUsers(given.redis())) {
            return ownUsers(given);
        }
        return given.server().hasAcl() ? users(given, secrets) : renamed(given);
    }

    static boolean hasOwnUsers(Recognised redis) {
        return redis.settings().get("aclfile").isPresent()
                || redis.settings().effective().keySet().stream().anyMatch(name -> name.startsWith(USER));
    }

    private static RedisAccess ownUsers(Case given) {
        var lines = new ArrayList<String>();
        given.redis().settings().value("aclfile").ifPresent(file -> lines.add("aclfile " + RedisWords.joined(List.of(
                file))));
        return including(given, lines, List.of(given.redis().name() + ": your own users stay in force; keep FLUSHALL, "
                + "CONFIG SET and SHUTDOWN from those your services log in as."));
    }

    private static RedisAccess renamed(Case given) {
        var lines = new ArrayList<String>();
        var taken = renamedBy(given.redis());
        for (var command : RedisAcl.restricted(given.task().profile(), mayEmpty(given))) {
            if (!taken.contains(command)) {
                lines.add("rename-command " + command.toUpperCase(Locale.ROOT) + " \"\"");
            }
        }
        var name = given.redis().name();
        return including(given, lines, given.password() instanceof RedisPassword.Own
                ? List.of()
                : List.of(name + ": " + given.server() + " knows no users, so it stays without a password; move to "
                        + "Redis 6 or later."));
    }

    /// Passwords the server needs in the clear go to a file of their own.
    private static RedisAccess including(Case given, List<String> lines, List<String> notes) {
        var secret = new StringBuilder();
        for (var directive : List.of("requirepass", "masterauth")) {
            given.redis().settings().value(directive).filter(value -> !value.isBlank()).ifPresent(value -> secret
                    .append(directive).append(' ').append(RedisWords.quoted(value)).append('\n'));
        }
        given.redis().settings().effective().values().stream().filter(setting -> setting.name().startsWith(USER))
                .forEach(setting -> secret.append(USER).append(RedisWords.joined(setting.words())).append('\n'));
        if (secret.isEmpty()) {
            return new RedisAccess(lines, Optional.empty(), List.of(), notes);
        }
        lines.add("include " + PostgresConf.DIRECTORY + "auth.conf");
        return new RedisAccess(lines, Optional.of(new SecretFile("auth.conf", secret.toString())), List.of(), notes);
    }

    private static RedisAccess users(Case given, Secrets secrets) {
        var patches = new ArrayList<Patch>();
        var notes = new ArrayList<String>();
        var name = given.redis().name();
        var password = switch (given.password()) {
            case RedisPassword.None none -> {
                none.obstacle().ifPresent(why -> notes.add(name + ": it stays without a password, because " + why
                        + "."));
                yield Optional.<String>empty();
            }
            case RedisPassword.Own own -> {
                if (own.inUrls()) {
                    clients(given, ComposeText.literal(given.urls().passwords().iterator().next()),
                            ComposeText.literal(own.text()), patches);
                }
                yield Optional.of(own.text());
            }
            case RedisPassword.Drawn _ -> {
                var reference = ComposeText.required(given.variable());
                clients(given, reference, reference, patches);
                published(given, notes);
                yield Optional.of(secrets.get(given.variable()));
            }
        };
        if (given.redis().settings().get("masterauth").isPresent()) {
            notes.add(name + ": masterauth is not taken over; give the replica a user of its own in an ACL file.");
        }
        var restricted = RedisAcl.restricted(given.task().profile(), mayEmpty(given));
        notes.add(name + ": clients may no longer call " + String.join(", ", restricted).toUpperCase(
                Locale.ROOT) + " and CONFIG SET; where one must, name an `aclfile` of your own and render again.");
        var acl = RedisAcl.text(given.server(), restricted, password, secrets.get(RedisConf.MONITOR_PASSWORD.name()),
                renamedBy(given.redis()));
        return new RedisAccess(List.of("aclfile " + PostgresConf.DIRECTORY + "users.acl"), Optional.of(new SecretFile(
                "users.acl", acl)), patches, notes);
    }

    /// Laravel and Rails empty their cache with FLUSHDB, some at every start, and so does Django where it is nothing
    /// but a cache.
    private static boolean mayEmpty(Case given) {
        return given.task().plan().inventory().clientsOf(given.redis()).stream().anyMatch(client -> client.is("php",
                "ruby") || client.is("python-web", "python") && given.redis().role() == Role.CACHE);
    }

    /// @param inUrl the password as it stands in a URL
    /// @param plain the same for the command-line client in the container, which health checks run
    private static void clients(Case given, String inUrl, String plain, List<Patch> patches) {
        given.urls().urls().forEach((client, urls) -> urls.forEach((variable, url) -> {
            if (url.password().isEmpty()) {
                patches.add(ComposeText.environment(client, variable, url.with(inUrl), given.redis().name()
                        + " asks for a password"));
            }
        }));
        patches.add(ComposeText.environment(given.redis().name(), CLIENT_PASSWORD, plain,
                "health checks log in with it"));
    }

    private static void published(Case given, List<String> notes) {
        if (!given.redis().service().ports().isEmpty()) {
            notes.add(given.redis().name() + ": whoever uses its published port needs " + given.variable()
                    + " from .env too.");
        }
    }

    private static Set<String> renamedBy(Recognised redis) {
        var names = new LinkedHashSet<String>();
        redis.settings().effective().keySet().stream().filter(name -> name.startsWith("rename-command "))
                .map(name -> name.substring("rename-command ".length()).toLowerCase(Locale.ROOT)).forEach(names::add);
        return names;
    }
}
