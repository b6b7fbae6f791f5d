package dev.plimsoll.render;

import dev.plimsoll.kinds.Clues;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the clients of a Redis name it: whether all of them do so by URLs in their environment, so that a password can
/// be put into these.
///
/// @param urls by client and variable, without a password
/// @param passwords those that stand in URLs, as written there
/// @param obstacle what keeps a password from reaching every client
record RedisUrls(Map<String, Map<String, Url>> urls, Set<String> passwords, Optional<String> obstacle) {
    private static final Pattern URL = Pattern.compile(
            "((?:redis|rediss|valkey|valkeys)(?:\\+[a-z]+)?://)(?:([^:@/]*)(?::([^@/]*))?@)?([^:@/,?]+)"
                    + "((?::\\d+)?(?:[/?][^,\\s]*)?)");

    /// @param before the scheme and `://`
    /// @param user empty for the default user
    /// @param password as written; empty for none
    /// @param after port, database and query
    record Url(String before, String user, Optional<String> password, String host, String after) {
        /// The URL for Compose, with a password that is already as Compose reads it.
        String with(String composePassword) {
            return ComposeText.literal(before + user) + ":" + composePassword + "@"
                    + ComposeText.literal(host + after);
        }
    }

    static RedisUrls of(Inventory inventory, Recognised redis) {
        var urls = new LinkedHashMap<String, Map<String, Url>>();
        var passwords = new LinkedHashSet<String>();
        var obstacles = new ArrayList<String>();
        for (var client : inventory.everyClientOf(redis)) {
            var found = new LinkedHashMap<String, Url>();
            for (var variable : client.environment().entrySet()) {
                if (variable.getKey().startsWith("COMPOSE_")) {
                    // Docker Compose's own, from a .env that is an env_file too: a list of profiles names no host.
                    continue;
                }
                var url = parsed(variable.getValue().value(), redis);
                url.ifPresent(some -> found.put(variable.getKey(), some));
                if (url.isEmpty() && names(redis).stream().anyMatch(name -> mentions(variable.getValue(), name))) {
                    obstacles.add(client.name() + " names it in " + variable.getKey() + ", which is no URL");
                }
            }
            found.values().forEach(url -> url.password().ifPresent(passwords::add));
            obstacle(inventory.stack(), client, redis, found).ifPresent(obstacles::add);
            urls.put(client.name(), found);
        }
        if (passwords.size() > 1) {
            obstacles.add("its clients use different passwords");
        }
        return new RedisUrls(urls, passwords, obstacles.stream().findFirst());
    }

    /// A part of a URL with `%41` read as `A`.
    static String decoded(String part) {
        return Pattern.compile("(?:%[0-9A-Fa-f]{2})+").matcher(part).replaceAll(run -> Matcher.quoteReplacement(
                new String(HexFormat.of().parseHex(run.group().replace("%", "")), StandardCharsets.UTF_8)));
    }

    private static Optional<String> obstacle(Stack stack, Service client, Recognised redis, Map<String, Url> found) {
        var commands = Clues.of(stack, client).invocations().stream().flatMap(run -> run.arguments().stream())
                .anyMatch(word -> names(redis).stream().anyMatch(name -> mentions(word, name)));
        if (commands) {
            return Optional.of(client.name() + " names it in its command");
        }
        if (found.isEmpty()) {
            return Optional.of(client.name() + " does not name it in a redis:// URL in its environment");
        }
        return found.values().stream().anyMatch(url -> !url.user().isEmpty() && !url.user().equals("default"))
                ? Optional.of(client.name() + " logs in as a user of its own")
                : Optional.empty();
    }

    private static Optional<Url> parsed(String value, Recognised redis) {
        var match = URL.matcher(value.strip());
        if (!match.matches() || !names(redis).contains(match.group(4))) {
            return Optional.empty();
        }
        return Optional.of(new Url(match.group(1), Optional.ofNullable(match.group(2)).orElse(""),
                Optional.ofNullable(match.group(3)).filter(password -> !password.isEmpty()), match.group(4),
                match.group(5)));
    }

    private static List<String> names(Recognised redis) {
        var names = new ArrayList<>(List.of(redis.name()));
        redis.service().text("container_name").ifPresent(name -> names.add(name.value()));
        redis.service().text("hostname").ifPresent(name -> names.add(name.value()));
        return names;
    }

    /// Whether a text names a host: as a whole, or between what surrounds one in addresses.
    private static boolean mentions(Located<String> text, String name) {
        return Pattern.compile("(?:^|[/@=,;\\s\"'\\[(])" + Pattern.quote(name) + "(?:$|[:/,;?\\s\"'\\])])")
                .matcher(text.value()).find();
    }
}
