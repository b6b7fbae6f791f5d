package dev.plimsoll.compose;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What loading noticed and went on from.
final class Notes implements Interpolator.Unresolved {
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private final Map<String, Problem> missing = new LinkedHashMap<>();
    private final Map<String, Location> unset = new LinkedHashMap<>();
    private final Map<String, Location> required = new LinkedHashMap<>();

    @Override
    public void unset(String name, Location where) {
        unset.putIfAbsent(name, where);
    }

    @Override
    public void required(String name, String message, Location where) {
        required.putIfAbsent(name, where);
        missing.putIfAbsent("variable " + name, new Problem(where, "the variable " + name + " is required and not set"
                + (message.isEmpty() ? "" : " (" + message + ")"), "Set " + name + " in .env or in the environment"));
    }

    void missingEnvFile(String path, Location where) {
        missing.putIfAbsent("file " + path, new Problem(where, "the env_file " + path + " does not exist",
                "Create it, or mark it `required: false`"));
    }

    void warn(List<Problem> more) {
        warnings.addAll(more);
    }

    /// Variables without a value, those first whose absence Compose refuses.
    List<Located<String>> unsetVariables() {
        var all = new LinkedHashMap<>(required);
        unset.forEach(all::putIfAbsent);
        return all.entrySet().stream().map(entry -> new Located<>(entry.getKey(), entry.getValue())).toList();
    }

    List<Problem> missing() {
        return List.copyOf(missing.values());
    }

    List<Problem> warnings() {
        var all = new ArrayList<>(warnings);
        unset.forEach((name, where) -> all.add(new Problem(where, "the variable " + name + " is not set, so Compose "
                + "puts nothing in its place", "Set it in .env, or give it a default: ${" + name + ":-value}")));
        return all;
    }
}
