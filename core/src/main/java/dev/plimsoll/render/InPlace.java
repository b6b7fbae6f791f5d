package dev.plimsoll.render;

import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.yaml.YamlSplice;
import dev.plimsoll.yaml.YamlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The patches spliced into the user's own Compose files instead of laid over them.
public final class InPlace {
    /// Lists that Compose replaces when a later file has them; it joins all others.
    private static final Set<String> REPLACED = Set.of("command", "entrypoint", "test");

    private InPlace() {}

    /// The new text of each Compose file that changes, by its path.
    public static Map<String, String> texts(Rendering rendering, ProjectFiles files) {
        var byFile = new LinkedHashMap<String, Map<String, Object>>();
        for (var service : rendering.task().plan().inventory().stack().everyService().toList()) {
            var own = rendering.patches().stream().filter(patch -> patch.service().equals(service.name())).toList();
            if (!own.isEmpty()) {
                byFile.computeIfAbsent(service.where().file(), name -> new LinkedHashMap<>()).put(service.name(),
                        spliced(PatchTree.of(own)));
            }
        }
        var texts = new LinkedHashMap<String, String>();
        byFile.forEach((file, services) -> {
            var before = files.read(file).orElse("");
            var after = YamlSplice.set(file, before, Map.of("services", services));
            if (!after.equals(before)) {
                texts.put(file, after);
            }
        });
        return texts;
    }

    private static Map<String, Object> spliced(Map<String, Object> tree) {
        var all = new LinkedHashMap<String, Object>();
        tree.forEach((key, value) -> all.put(key, spliced(key, value)));
        return all;
    }

    @SuppressWarnings("unchecked")
    private static Object spliced(String key, Object value) {
        return switch (value) {
            case Map<?, ?> map -> spliced((Map<String, Object>) map);
            case YamlWriter.Commented commented -> Optional.of(spliced(key, commented.value()))
                    .<Object>map(inner -> inner instanceof YamlSplice.Appended
                            ? inner
                            : new YamlWriter.Commented(commented.comment(), inner))
                    .get();
            case List<?> items when !REPLACED.contains(key) -> new YamlSplice.Appended(items.stream()
                    .map(item -> item instanceof YamlWriter.Commented commented ? commented.value() : item).toList(),
                    item -> key.equals("volumes") ? target(item) : item);
            default -> value;
        };
    }

    /// Where a mount lies in the container, of which Compose takes one only; its whole text when that is not plain.
    private static Object target(Object mount) {
        if (mount instanceof Map<?, ?> fields) {
            return fields.containsKey("target") ? text(fields.get("target")) : fields;
        }
        var parts = text(mount).split(":");
        return parts.length > 1 && !text(mount).contains("$") ? parts[1] : parts[0];
    }

    private static String text(@Nullable Object value) {
        return value instanceof YamlWriter.Verbatim verbatim ? verbatim.text() : String.valueOf(value);
    }
}
