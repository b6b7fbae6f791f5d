package dev.plimsoll.spring;

import static dev.plimsoll.spring.PropertyException.require;
import static dev.plimsoll.spring.PropertyException.requireAccepted;

import dev.plimsoll.runtime.cache.CachePolicy;
import dev.plimsoll.runtime.cache.KeyTemplate;
import dev.plimsoll.runtime.cache.SyncRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The caches that annotations name, and the events that make their values stale.
///
/// @param caches By their names. An annotation that names another is refused.
/// @param scope Placeholder whose value an event names, such as 'org'. Needed once there are events.
/// @param events Names of the caches whose values an event makes stale, by the event's name.
/// @param strict Whether an annotation's eviction that Redis does not confirm is thrown, after the method has run.
/// Otherwise it is logged. It is repeated either way.
@ConfigurationProperties(prefix = "plimsoll.cache", ignoreUnknownFields = false)
public record CacheProperties(@DefaultValue Map<String, Settings> caches, @DefaultValue("") String scope,
        @DefaultValue Map<String, List<String>> events, @DefaultValue("false") boolean strict) {
    /// @param key Names in braces for the parts of a key, such as {org}:{ticket} for a method with two parameters. With
    /// one name the whole key is its value.
    /// @param type Of the values, such as com.example.Ticket or java.util.List&lt;com.example.Ticket&gt;. Texts are
    /// stored as they are, others as JSON, for which the service needs Jackson 3.
    /// @param format Of what is stored, 1 or more. Raise it with an incompatible change of the type: processes with
    /// another number load anew.
    /// @param fresh How long a value is returned without question, 1 ms to 365 days, less up to 10 % at random.
    /// @param stale How long after that it is still returned by sync = true while it is loaded anew in the background, 0
    /// to 20 days.
    /// @param size Of the values in the process, 0 or more. Redis has its own maxmemory.
    public record Settings(@DefaultValue("{key}") String key, @DefaultValue("java.lang.String") String type,
            @DefaultValue("1") int format, @DefaultValue("10m") Duration fresh, @DefaultValue("0s") Duration stale,
            @DefaultValue("16MB") DataSize size) {
        CachePolicy policy() {
            return CachePolicy.fresh(fresh).stale(stale).bytes(size.toBytes());
        }
    }

    public CacheProperties {
        caches.forEach(CacheProperties::check);
        events.forEach((event, names) -> {
            var property = "plimsoll.cache.events." + event;
            require(event.matches("[A-Za-z0-9._-]{1,50}"), property, names,
                    "name the event with 1 to 50 letters, digits, `.`, `_` or `-`");
            for (var name : names) {
                require(caches.containsKey(name), property, name, "write names of caches: " + caches.keySet());
                require(template(caches, name).names().contains(scope), "plimsoll.cache.scope", scope,
                        "write a placeholder that plimsoll.cache.caches." + name + ".key has: " + template(caches,
                                name).names());
            }
        });
    }

    private static void check(String name, Settings cache) {
        var property = "plimsoll.cache.caches." + name;
        require(name.matches("[A-Za-z0-9._-]{1,80}"), property, name,
                "name the cache with 1 to 80 letters, digits, `.`, `_` or `-`");
        requireAccepted(() -> !KeyTemplate.ofList(cache.key()).names().isEmpty(), property + ".key", cache.key(),
                "write names in braces, such as {org}:{ticket}");
        require(cache.format() >= 1, property + ".format", cache.format(), "write 1 or more");
        require(cache.fresh().toMillis() >= 1 && cache.fresh().toDays() <= 365, property + ".fresh", cache.fresh(),
                "write 1ms to 365d, such as 10m");
        require(!cache.stale().isNegative() && cache.stale().toDays() <= 20, property + ".stale", cache.stale(),
                "write 0s to 20d, such as 2m");
        require(!cache.size().isNegative(), property + ".size", cache.size(), "write 0MB or more, such as 16MB");
    }

    private static KeyTemplate<List<String>> template(Map<String, Settings> caches, String name) {
        return KeyTemplate.ofList(name + ":" + caches.getOrDefault(name, new Settings("{key}", "", 1, Duration.ZERO,
                Duration.ZERO, DataSize.ofBytes(0))).key());
    }

    KeyTemplate<List<String>> template(String name) {
        return template(caches, name);
    }

    SyncRules rules() {
        var rules = events.isEmpty() ? SyncRules.none() : SyncRules.by(scope);
        for (var event : events.entrySet()) {
            rules = rules.on(event.getKey(), event.getValue().stream().map(name -> template(name).text()).toArray(
                    String[]::new));
        }
        return rules;
    }
}
