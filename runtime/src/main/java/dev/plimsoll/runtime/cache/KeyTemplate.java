package dev.plimsoll.runtime.cache;

import dev.plimsoll.runtime.tag.Tag;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The form of a cache's keys, such as `impact:file:{org}:{fileHash}`, and the tags that its values carry.
///
/// @param <K> what a key is made of: a string for one placeholder, a record with a component for each, or a list
public final class KeyTemplate<K> {
    private final TextTemplate text;
    private final List<TextTemplate> tags;
    private final BiFunction<K, String, @Nullable String> values;

    private KeyTemplate(TextTemplate text, List<TextTemplate> tags, BiFunction<K, String, @Nullable String> values) {
        this.text = text;
        this.tags = tags;
        this.values = values;
    }

    /// Keys with one placeholder.
    public static KeyTemplate<String> of(String text) {
        var template = TextTemplate.of(text);
        if (template.names().size() != 1) {
            throw new IllegalArgumentException("`" + text + "` has " + template.names().size()
                    + " placeholders; with other than one, name a record with a component for each");
        }
        return new KeyTemplate<>(template, List.of(), (key, name) -> key);
    }

    /// Keys whose placeholders are components of a record.
    public static <R extends Record> KeyTemplate<R> of(String text, Class<R> type) {
        var template = TextTemplate.of(text);
        var components = components(type);
        if (!components.keySet().equals(Set.copyOf(template.names()))) {
            throw new IllegalArgumentException("`" + text + "` and the components " + components.keySet() + " of "
                    + type.getSimpleName() + " are not the same");
        }
        return new KeyTemplate<>(template, List.of(), (key, name) -> value(components, key, name));
    }

    /// Keys that list a value for each placeholder, in their order; for templates that are known only at run time.
    public static KeyTemplate<List<String>> ofList(String text) {
        var template = TextTemplate.of(text);
        var names = template.names();
        return new KeyTemplate<>(template, List.of(), (key, name) -> {
            if (key.size() != names.size()) {
                throw new IllegalArgumentException("`" + text + "` takes " + names.size() + " values, not " + key
                        .size());
            }
            return key.get(names.indexOf(name));
        });
    }

    /// The names in braces, in their order.
    public List<String> names() {
        return text.names();
    }

    /// The same with tags beside those of the sync rules, such as `project:{project}`.
    public KeyTemplate<K> tagged(String... templates) {
        var all = new ArrayList<>(tags);
        for (var template : templates) {
            var tag = TextTemplate.of(template);
            if (!text.names().containsAll(tag.names())) {
                throw new IllegalArgumentException("`" + template + "` has a placeholder that `" + text.text()
                        + "` has not");
            }
            if (tag.text().startsWith("{")) {
                throw new IllegalArgumentException("the tag `" + template + "` begins with a placeholder, not a word");
            }
            all.add(tag);
        }
        return new KeyTemplate<>(text, List.copyOf(all), values);
    }

    /// The tag that [#tagged] gives to the values of a key, for invalidating by it: `tag("user:{email}", "ann@b.org")`.
    ///
    /// @param values for the placeholders, in their order
    /// @throws IllegalArgumentException when there are more or fewer of them
    public static Tag tag(String template, String... values) {
        var tag = TextTemplate.of(template);
        if (tag.names().size() != values.length) {
            throw new IllegalArgumentException("`" + template + "` takes " + tag.names().size() + " values, not "
                    + values.length);
        }
        return Escape.tag(tag.render(name -> values[tag.names().indexOf(name)]));
    }

    public String text() {
        return text.text();
    }

    /// The key as text, with values escaped.
    public String render(K key) {
        return text.render(name -> values.apply(key, name));
    }

    /// The tags of a key's value, without those of sync rules.
    public List<Tag> tags(K key) {
        return tags.stream().map(tag -> Escape.tag(tag.render(name -> values.apply(key, name)))).distinct().toList();
    }

    /// The same template whose values also carry the tags of the rules that drop it.
    KeyTemplate<K> under(SyncRules rules) {
        return tagged(rules.tagsOf(this).toArray(String[]::new));
    }

    private static Map<String, RecordComponent> components(Class<?> type) {
        var components = new LinkedHashMap<String, RecordComponent>();
        Arrays.stream(type.getRecordComponents()).forEach(component -> {
            component.getAccessor().setAccessible(true);
            components.put(component.getName(), component);
        });
        return Collections.unmodifiableMap(components);
    }

    private static @Nullable String value(Map<String, RecordComponent> components, Object key, String name) {
        try {
            var component = Objects.requireNonNull(components.get(name), name);
            var value = component.getAccessor().invoke(key);
            return value == null ? null : value.toString();
        } catch (ReflectiveOperationException inaccessible) {
            throw new IllegalStateException(name + " of " + key.getClass() + " cannot be read", inaccessible);
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
