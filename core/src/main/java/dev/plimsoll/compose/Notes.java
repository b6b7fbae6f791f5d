package dev.plimsoll.compose;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import dev.plimsoll.stack.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What loading noticed and went on from.
final class Notes implements Interpolator.Unresolved {
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private final Map<String, Problem> missing = new LinkedHashMap<>();
    private final Map<String, Location> unset = new LinkedHashMap<>();
    private final Map<String, Location> required = new LinkedHashMap<>();
    private final Map<String, Stack.OptionalVariable> resolved = new LinkedHashMap<>();

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

    @Override
    public void resolved(String name, Optional<String> fallback, Location where) {
        resolved.merge(name, new Stack.OptionalVariable(name, fallback, where), (first, next) -> first.fallback()
                .isPresent() ? first : new Stack.OptionalVariable(name, next.fallback(), first.where()));
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

    /// Variables that have a value or a default wherever they are used.
    List<Stack.OptionalVariable> resolvedVariables() {
        return resolved.values().stream().filter(variable -> !unset.containsKey(variable.name())
                && !required.containsKey(variable.name())).toList();
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
