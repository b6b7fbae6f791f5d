package dev.plimsoll.render;

import dev.plimsoll.yaml.YamlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Patches joined into one tree of keys; a later patch wins over an earlier one for the same key.
final class PatchTree {
    private final Map<String, Object> root = new LinkedHashMap<>();

    /// The tree below one service, for [YamlWriter].
    static Map<String, Object> of(List<Patch> patches) {
        var tree = new PatchTree();
        patches.forEach(tree::add);
        return tree.root;
    }

    private void add(Patch patch) {
        var parent = root;
        for (var key : patch.path().subList(0, patch.path().size() - 1)) {
            parent = mapping(parent, key);
        }
        put(parent, patch.path().getLast(), patch);
    }

    private static void put(Map<String, Object> parent, String key, Patch patch) {
        if (patch.value() instanceof Map<?, ?> map && !patch.replaces()) {
            var inner = mapping(parent, key);
            map.forEach((name, value) -> inner.put(String.valueOf(name), value));
            return;
        }
        var value = patch.replaces() ? new YamlWriter.Tagged("!override", patch.value()) : patch.value();
        parent.put(key, patch.reason().isEmpty() ? value : new YamlWriter.Commented(patch.reason(), value));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> mapping(Map<String, Object> parent, String key) {
        if (!(parent.get(key) instanceof Map<?, ?>)) {
            parent.put(key, new LinkedHashMap<String, Object>());
        }
        return (Map<String, Object>) java.util.Objects.requireNonNull(parent.get(key));
    }
}
