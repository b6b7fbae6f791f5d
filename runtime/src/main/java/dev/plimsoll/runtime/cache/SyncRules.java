package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.tag.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What each kind of event makes stale, as a table:
///
///     SyncRules.by("org")
///         .on("jira", "gaps:*", "rel:ticket:*")
///         .on("repo", "impact:*", "rel:*")
///
/// A pattern is the text of a template, or its beginning and `*`. All processes need the same table: one with another
/// loads anew instead of returning what lacks a tag.
public final class SyncRules {
    private final String placeholder;
    private final Map<String, List<String>> patterns;

    private SyncRules(String placeholder, Map<String, List<String>> patterns) {
        this.placeholder = placeholder;
        this.patterns = patterns;
    }

    public static SyncRules none() {
        return by("none");
    }

    /// Rules whose events concern the keys with one value of this placeholder.
    public static SyncRules by(String placeholder) {
        return new SyncRules(placeholder, Collections.emptyMap());
    }

    /// The same with one more kind of event.
    public SyncRules on(String event, String... dropped) {
        if (!event.matches("[A-Za-z0-9._-]{1,50}")) {
            throw new IllegalArgumentException("an event has 1 to 50 letters, digits, `.`, `_` or `-`, not `" + event
                    + "`");
        }
        for (var pattern : dropped) {
            var star = pattern.indexOf('*');
            if (star >= 0 && star < pattern.length() - 1) {
                throw new IllegalArgumentException("`" + pattern + "` has its `*` not at the end");
            }
        }
        var all = new LinkedHashMap<>(patterns);
        var together = new ArrayList<>(all.getOrDefault(event, List.of()));
        together.addAll(Arrays.asList(dropped));
        all.put(event, List.copyOf(together));
        return new SyncRules(placeholder, Collections.unmodifiableMap(all));
    }

    /// The tag that an event invalidates.
    Tag tag(String event, String value) {
        if (!patterns.containsKey(event)) {
            throw new IllegalArgumentException("there is no rule for the event `" + event + "`, only for "
                    + patterns.keySet());
        }
        return Escape.tag(event + ":" + Escape.value(value));
    }

    /// Templates of the tags that a template's values carry.
    List<String> tagsOf(KeyTemplate<?> template) {
        return patterns.entrySet().stream().filter(rule -> rule.getValue().stream().anyMatch(pattern -> covers(pattern,
                template.text()))).map(rule -> tagOf(rule.getKey(), template)).toList();
    }

    private String tagOf(String event, KeyTemplate<?> template) {
        if (!template.names().contains(placeholder)) {
            throw new IllegalArgumentException("`" + template + "` is dropped on `" + event + "` but has no {"
                    + placeholder + "}");
        }
        return event + ":{" + placeholder + "}";
    }

    private static boolean covers(String pattern, String text) {
        return Optional.of(pattern).filter(whole -> whole.endsWith("*")).map(open -> text.startsWith(open.substring(0,
                open.length() - 1))).orElse(pattern.equals(text));
    }
}
