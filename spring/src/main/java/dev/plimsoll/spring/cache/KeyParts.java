package dev.plimsoll.spring.cache;

import java.lang.reflect.Field;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.util.ReflectionUtils;

/// The keys of Spring's abstraction as texts, one for each placeholder of a template. Different keys give different
/// texts, but for what is written as a text itself, such as a number: that is the key of this text too.
final class KeyParts {
    private static final Field PARAMETERS = parameters();

    private final String cache;
    private final String what;
    private final int count;

    /// @param count of placeholders
    KeyParts(String cache, int count) {
        this.cache = cache;
        this.what = "a key of cache `" + cache + "`";
        this.count = count;
    }

    List<String> of(Object key) {
        if (count == 1) {
            return List.of(text(what, key));
        }
        var parts = elements(key);
        if (parts == null || parts.size() != count) {
            throw new IllegalArgumentException("the key " + key + " of cache `" + cache + "` has not the " + count
                    + " parts that plimsoll.cache.caches." + cache + ".key names");
        }
        return parts.stream().map(part -> text(what, part)).toList();
    }

    /// Texts with a backslash in front begin with a class or stand for null; those of the service's own are given one
    /// more.
    ///
    /// @param what has this part, for messages
    static String text(String what, @Nullable Object part) {
        var elements = part == null ? null : elements(part);
        if (elements != null) {
            return type(part) + elements.stream().map(element -> escaped(text(what, element))).collect(Collectors
                    .joining(",", "[", "]"));
        }
        return switch (part) {
            case null -> "\\null";
            case String text when text.startsWith("[") || text.startsWith("\\") -> "\\" + text;
            case String text -> text;
            case Enum<?> constant -> "\\" + constant.getDeclaringClass().getName() + "." + constant.name();
            case Long number -> number.toString();
            case Integer number -> number.toString();
            case Short number -> number.toString();
            case Byte number -> number.toString();
            case Boolean truth -> truth.toString();
            case Character letter -> text(what, letter.toString());
            case UUID id -> id.toString();
            case TemporalAccessor time -> time.toString();
            default -> throw new IllegalArgumentException(what + " has a part of " + part.getClass()
                    + "; name texts, whole numbers, enums, UUIDs, times, or lists and records of them with `key` in "
                    + "the annotation");
        };
    }

    /// Two records of the same values are different keys, as an order's id is not a customer's.
    private static String type(@Nullable Object part) {
        return part instanceof Record record ? "\\" + record.getClass().getName() : "";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace(",", "\\,").replace("]", "\\]");
    }

    private static @Nullable List<@Nullable Object> elements(Object key) {
        return switch (key) {
            case SimpleKey simple -> list((@Nullable Object @Nullable []) ReflectionUtils.getField(PARAMETERS, simple));
            case Object[] array -> list(array);
            case List<?> list -> new ArrayList<@Nullable Object>(list);
            case Record record -> components(record);
            default -> null;
        };
    }

    private static List<@Nullable Object> list(@Nullable Object @Nullable [] array) {
        var values = new ArrayList<@Nullable Object>();
        if (array != null) {
            Collections.addAll(values, array);
        }
        return values;
    }

    private static List<@Nullable Object> components(Record record) {
        var values = new ArrayList<@Nullable Object>();
        for (var component : record.getClass().getRecordComponents()) {
            var accessor = component.getAccessor();
            ReflectionUtils.makeAccessible(accessor);
            values.add(ReflectionUtils.invokeMethod(accessor, record));
        }
        return values;
    }

    /// Spring has no other way to the parameters.
    private static Field parameters() {
        var field = ReflectionUtils.findField(SimpleKey.class, "params");
        if (field == null) {
            throw new IllegalStateException("this version of Spring has no SimpleKey.params");
        }
        ReflectionUtils.makeAccessible(field);
        return field;
    }
}
