package dev.plimsoll.observe;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.observe.Observation.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a Redis or Valkey server says of itself: INFO, its configuration, and who may do what.
public final class RedisProbe implements Probe {
    private static final Question INFO = new Question.Redis(List.of("INFO", "all"));
    private static final Question CONFIG = new Question.Redis(List.of("CONFIG", "GET", "*"));
    private static final Question USERS = new Question.Redis(List.of("ACL", "LIST"));
    private static final Question NAMES = new Question.Redis(List.of("ACL", "USERS"));
    private static final String ALLOWED = "allowed";
    private static final String DENIED = "denied";
    /// Passwords tried for the default user. The first one says whether it needs any: a user without a password takes
    /// every one.
    private static final List<String> TRIED = List.of("plimsoll-tries-whether-any-will-do", "redis", "password",
            "foobared", "secret", "changeme");
    private static final Pattern REFUSAL = Pattern
            .compile("(?:\\(error\\) )?[A-Z]{3,}[A-Z0-9]* .*", Pattern.DOTALL);
    private static final Set<String> SECRETS = Set.of("requirepass", "masterauth", "primaryauth", "tls-key-file-pass",
            "tls-client-key-file-pass");
    /// Lines of INFO that checks use or people look at first, with their units.
    private static final Map<String, Unit> LINES = lines();

    private static Map<String, Unit> lines() {
        var lines = new LinkedHashMap<String, Unit>();
        for (var name : List.of("used_memory", "used_memory_rss", "used_memory_peak", "used_memory_dataset",
                "maxmemory", "mem_clients_normal", "mem_not_counted_for_evict", "aof_current_size",
                "rdb_last_cow_size", "aof_last_cow_size")) {
            lines.put(name, Unit.BYTES);
        }
        for (var name : List.of("connected_clients", "blocked_clients", "rejected_connections", "evicted_keys",
                "expired_keys", "keyspace_hits", "keyspace_misses", "total_commands_processed",
                "rdb_changes_since_last_save", "rdb_last_save_time", "aof_enabled", "connected_slaves",
                "total_error_replies", "loading")) {
            lines.put(name, Unit.COUNT);
        }
        lines.put("mem_fragmentation_ratio", Unit.RATIO);
        lines.put("uptime_in_seconds", Unit.SECONDS);
        for (var name : List.of("redis_version", "valkey_version", "maxmemory_policy", "rdb_last_bgsave_status",
                "aof_last_write_status", "aof_last_bgrewrite_status", "role", "master_link_status")) {
            lines.put(name, Unit.TEXT);
        }
        return lines;
    }

    @Override
    public String id() {
        return "redis";
    }

    /// The file of users that the plan names.
    private static Optional<Question> userFile(LockedService service) {
        return service.setting("aclfile").map(LockedSetting::value).map(path -> path.replaceAll("[\"']", ""))
                .filter(path -> path.startsWith("/")).map(Question.FileText::new);
    }

    private static Question enter(String password) {
        return new Question.Redis(List.of("AUTH", "default", password));
    }

    @Override
    public List<Question> questions(Lock lock, LockedService service, Container container) {
        if (!service.is("redis") || !container.isRunning()) {
            return List.of();
        }
        var questions = new ArrayList<>(List.of(INFO, CONFIG, USERS, NAMES));
        TRIED.forEach(password -> questions.add(enter(password)));
        userFile(service).ifPresent(file -> {
            questions.add(file);
            RedisRight.ALL.forEach(right -> questions.add(right.question()));
        });
        return questions;
    }

    @Override
    public Observations read(Sight sight) {
        var facts = new Facts(sight);
        if (!sight.is("redis") || !sight.container().isRunning()) {
            return facts.done();
        }
        var info = answer(sight, INFO, "redis.info", facts).map(RedisProbe::info).orElse(Map.of());
        LINES.forEach((name, unit) -> Optional.ofNullable(info.get(name)).ifPresent(value -> {
            if (unit == Unit.TEXT) {
                facts.text("redis.info." + name, value, "INFO");
            } else {
                Json.number(value).ifPresent(number -> facts.number("redis.info." + name, number, unit, "INFO"));
            }
        }));
        var config = answer(sight, CONFIG, "redis.config", facts).map(RedisProbe::pairs).orElse(Map.of());
        config.forEach((name, value) -> facts.text("redis.config." + name, SECRETS.contains(name) && !value.isEmpty()
                ? "set"
                : value, "CONFIG GET"));
        if (config.isEmpty()) {
            fromInfo(info, facts);
        }
        listed(sight, facts);
        entry(sight, facts);
        sight.service().flatMap(RedisProbe::userFile).ifPresent(file -> users(sight, file, facts));
        return facts.done();
    }

    /// All users with their rights. A rendered file of users keeps these from who only watches, who may ask for
    /// names and single rights instead: something is missing only where neither is answered.
    private static void listed(Sight sight, Facts facts) {
        var aside = new Facts(sight);
        var text = answer(sight, USERS, "redis.user", aside);
        text.ifPresent(users -> RedisUser.all(users).forEach(user -> facts.text("redis.user." + user.name(), user
                .summary(), "ACL LIST")));
        if (text.isEmpty() && answer(sight, NAMES, "redis.named_user", new Facts(sight)).isEmpty()) {
            aside.done().gaps().forEach(gap -> facts.gap(gap.what(), gap.why()));
        }
    }

    /// The users that the plan's file names, those that are there, and what the default user may do now.
    private static void users(Sight sight, Question file, Facts facts) {
        answer(sight, NAMES, "redis.named_user", facts)
                .ifPresent(text -> text.lines().map(String::strip).filter(name -> !name.isEmpty())
                        .forEach(name -> facts.text("redis.named_user." + name, "there", "ACL USERS")));
        RedisRight.ALL.forEach(right -> answer(sight, right.question(), "redis.right", facts).flatMap(text -> right(text
                .strip())).ifPresent(may -> facts.text("redis.right." + right.title(), may, "ACL DRYRUN")));
        sight.text(file, "redis.filed_user", facts).stream().flatMap(text -> RedisUser.all(text).stream())
                .forEach(user -> {
                    facts.text("redis.filed_user." + user.name(), user.summary(), "the file of users");
                    if (user.name().equals("default") && !user.hasSelectors()) {
                        RedisRight.ALL.forEach(right -> facts.text("redis.filed_right." + right.title(), user.rights()
                                .contains(right) ? ALLOWED : DENIED, "the file of users"));
                    }
                });
    }

    private static Optional<String> right(String answer) {
        return answer.equals("OK")
                ? Optional.of(ALLOWED)
                : Optional.of(DENIED).filter(_ -> answer.contains("has no permissions"));
    }

    /// Whether the default user, whom every client is at first, needs a password, and whether it is a weak one.
    private static void entry(Sight sight, Facts facts) {
        var answers = TRIED.stream().map(password -> switch (sight.answers().getOrDefault(enter(password),
                new Question.Answer.None("it was not asked"))) {
            case Question.Answer.Text(String text) -> withoutNotes(text).strip();
            case Question.Answer.None(String why, _) -> why;
        }).toList();
        var open = answers.getFirst().equals("OK") || answers.getFirst().contains("without any password configured");
        if (!open && !answers.getFirst().contains("WRONGPASS")) {
            facts.gap("redis.open", answers.getFirst().lines().findFirst().orElse("no answer"));
            return;
        }
        facts.flag("redis.open", open, "AUTH").flag("redis.weak_password", !open && answers.contains("OK"), "AUTH");
    }

    /// What the client itself says before the answer, such as that the server no longer knows its password.
    private static String withoutNotes(String text) {
        return text.lines().dropWhile(line -> line.startsWith("Warning: ") || line.startsWith("AUTH failed: "))
                .collect(Collectors.joining("\n"));
    }

    private static Optional<String> answer(Sight sight, Question question, String what, Facts facts) {
        var text = sight.text(question, what, facts).map(RedisProbe::withoutNotes);
        var refused = text.filter(found -> REFUSAL.matcher(found.strip()).matches());
        refused.ifPresent(why -> facts.gap(what, why.strip().lines().findFirst().orElse("refused")));
        return refused.isPresent() ? Optional.empty() : text;
    }

    /// What INFO tells of the configuration when CONFIG is not allowed.
    private static void fromInfo(Map<String, String> info, Facts facts) {
        Map.of("maxmemory", "maxmemory", "maxmemory_policy", "maxmemory-policy").entrySet().stream()
                .sorted(Map.Entry.comparingByKey()).forEach(entry -> Optional.ofNullable(info.get(entry.getKey()))
                        .ifPresent(value -> facts.text("redis.config." + entry.getValue(), value, "INFO")));
        Optional.ofNullable(info.get("aof_enabled")).ifPresent(value -> facts.text("redis.config.appendonly", value
                .equals("1") ? "yes" : "no", "INFO"));
    }

    static Map<String, String> info(String text) {
        var lines = new LinkedHashMap<String, String>();
        text.lines().map(String::strip).filter(line -> !line.startsWith("#")).forEach(line -> {
            var at = line.indexOf(':');
            if (at > 0) {
                lines.put(line.substring(0, at), line.substring(at + 1));
            }
        });
        return lines;
    }

    /// Names and values by turns; a name without a value is left out.
    static Map<String, String> pairs(String text) {
        var lines = text.lines().toList();
        var pairs = new LinkedHashMap<String, String>();
        for (var at = 0; at < lines.size(); at += 2) {
            var name = lines.get(at).strip();
            if (name.matches("[a-z][a-z0-9-]*")) {
                pairs.put(name, at + 1 < lines.size() ? lines.get(at + 1).strip() : "");
            }
        }
        return pairs;
    }
}
