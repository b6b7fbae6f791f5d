package dev.plimsoll.render;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// The values of secret variables: from the `.env` that is there, or newly drawn. Never printed.
public record Secrets(Map<String, String> values) {
    public Secrets {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// The value of a variable declared with [Variable#secret].
    public String get(String name) {
        return Objects.requireNonNull(values.get(name), () -> "no value was drawn for the secret " + name);
    }

    @Override
    public String toString() {
        return "secrets " + values.keySet();
    }
}
