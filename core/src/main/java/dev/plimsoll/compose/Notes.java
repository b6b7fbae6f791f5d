package dev.plimsoll.compose;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import dev.plimsoll.stack.Absence;
import dev.plimsoll.stack.Stack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What loading noticed and went on from.
final class Notes implements Interpolator.Unresolved {
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private final Map<String, Absence> absences = new LinkedHashMap<>();
    private final Map<String, Location> unset = new LinkedHashMap<>();
    private final Map<Location, Set<String>> emptied = new HashMap<>();
    private final Map<String, Location> required = new LinkedHashMap<>();
    private final Map<String, Stack.OptionalVariable> resolved = new LinkedHashMap<>();

    @Override
    public void unset(String name, Location where) {
        unset.putIfAbsent(name, where);
        left(name, where);
    }

    @Override
    public void required(String name, String message, Location where) {
        required.putIfAbsent(name, where);
        left(name, where);
        absences.putIfAbsent("variable " + name,
                new Absence(Absence.Kind.VARIABLE, name,
                        new Problem(where, "the variable " + name + " is required and not set"
                                + (message.isEmpty() ? "" : " (" + message + ")"),
                                "Set " + name + " in .env or in the environment")));
    }

    @Override
    public void resolved(String name, Optional<String> fallback, Location where) {
        resolved.merge(name, new Stack.OptionalVariable(name, fallback, where), (first, next) -> first.fallback()
                .isPresent() ? first : new Stack.OptionalVariable(name, next.fallback(), first.where()));
    }

    private void left(String name, Location where) {
        emptied.computeIfAbsent(where, _ -> new LinkedHashSet<>()).add(name);
    }

    /// The problem with the variables that left something out of the text it is about: what is wrong there is then not
    /// what was written.
    Problem explained(Problem problem) {
        var names = emptied.getOrDefault(problem.where(), Set.of());
        if (names.isEmpty()) {
            return problem;
        }
        var list = names.stream().map(name -> "`${" + name + "}`").collect(Collectors.joining(" and "));
        return new Problem(problem.where(), problem.what() + ", where " + list + (names.size() == 1 ? " is" : " are")
                + " not set", "Set " + String.join(" and ", names) + " in .env or in the environment");
    }

    void missingEnvFile(String path, Location where) {
        absences.putIfAbsent("file " + path,
                new Absence(Absence.Kind.ENV_FILE, path, new Problem(where, "the env_file " + path + " does not exist",
                        "Create it, or mark it `required: false`")));
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

    List<Absence> absences() {
        return List.copyOf(absences.values());
    }

    /// Compose gets to warn of an unset variable only where it is not required anywhere.
    List<Problem> warnings() {
        var all = new ArrayList<>(warnings);
        unset.forEach((name, where) -> {
            if (!required.containsKey(name)) {
                all.add(new Problem(where, "the variable " + name + " is not set, so Compose puts nothing in its place",
                        "Set it in .env, or give it a default: ${" + name + ":-value}"));
            }
        });
        return all;
    }
}
