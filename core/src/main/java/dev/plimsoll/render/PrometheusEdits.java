package dev.plimsoll.render;

import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.yaml.YamlScalars;
import dev.plimsoll.yaml.YamlSplice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is to change in one `prometheus.yml`, and what is left although it cannot work.
final class PrometheusEdits {
    /// The manual of every key.
    static final String MANUAL = "https://prometheus.io/docs/prometheus/latest/configuration/configuration/";

    private final Map<Location, String> scalars = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<Patch> mounts = new ArrayList<>();
    private final List<LockedSetting> changes = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    /// Another text for a value that is there.
    void replace(Located<String> value, String text) {
        scalars.put(value.where(), text);
    }

    /// A value below a key of the first level; items to add to a list are a [YamlSplice.Appended].
    @SuppressWarnings("unchecked")
    void set(String section, String key, Object value) {
        ((Map<String, Object>) values.computeIfAbsent(section, name -> new LinkedHashMap<String, Object>()))
                .put(key, value);
    }

    void append(String key, List<?> items) {
        values.put(key, new YamlSplice.Appended(items));
    }

    void mount(Patch patch) {
        mounts.add(patch);
    }

    /// Records a change for the reader.
    void changed(String name, String value, String because, String source) {
        changes.add(new LockedSetting(name, value, because, source));
    }

    /// Says why something stays that cannot work, as the end of a sentence about the service.
    void left(String sentence) {
        left.add(sentence);
    }

    List<LockedSetting> changes() {
        return changes;
    }

    List<Patch> mounts() {
        return mounts;
    }

    List<String> left() {
        return left;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /// @throws InputException when the text is written in a way that could not be changed safely
    String applied(String file, String text) {
        var changed = YamlScalars.replaced(file, text, scalars);
        return values.isEmpty() ? changed : YamlSplice.set(file, changed, values);
    }
}
