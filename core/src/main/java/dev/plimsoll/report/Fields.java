package dev.plimsoll.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON objects in the order in which their fields are given.
final class Fields {
    private Fields() {}

    /// @param keysAndValues a name and a value by turns; a value may be null
    static Map<String, @Nullable Object> of(@Nullable Object... keysAndValues) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (var at = 0; at < keysAndValues.length; at += 2) {
            fields.put(String.valueOf(keysAndValues[at]), keysAndValues[at + 1]);
        }
        return fields;
    }
}
