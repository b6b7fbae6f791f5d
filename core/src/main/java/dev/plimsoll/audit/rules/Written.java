package dev.plimsoll.audit.rules;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a value was written: in the Compose file, or in the `.env` that Compose takes variables from.
final class Written {
    private static final String ENV_FILE = ".env";
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)");
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)[^}]*}?|"
            + "([A-Za-z_][A-Za-z0-9_]*))");
    private static final Pattern PASSED_THROUGH = Pattern.compile("\\s*-?\\s*[\"']?([A-Za-z_][A-Za-z0-9_]*)[\"']?:?\\s*"
            + "(?:#.*)?");

    private Written() {}

    /// The line of `.env` that gave the value, or else where the value stands.
    static Location origin(Stack stack, Located<String> value) {
        if (value.value().isEmpty()) {
            return value.where();
        }
        var assigned = stack.files().read(ENV_FILE).map(String::lines).map(lines -> lines.toList()).orElse(List.of());
        for (var name : variables(line(stack, value.where()))) {
            for (var at = assigned.size(); at > 0; at--) {
                var match = ASSIGNMENT.matcher(assigned.get(at - 1));
                if (match.matches() && match.group(1).equals(name)) {
                    var given = match.group(2).strip().replaceAll("^([\"'])(.*)\\1$", "$2");
                    if (!given.isEmpty() && value.value().contains(given)) {
                        return Location.ofLine(ENV_FILE, at);
                    }
                }
            }
        }
        return value.where();
    }

    /// Whether the value's text stands in the Compose file itself, without any variable.
    static boolean isLiteral(Stack stack, Located<String> value) {
        var line = line(stack, value.where());
        return stack.composeFiles().contains(value.where().file()) && line.isPresent()
                && line.get().contains(value.value()) && variables(line).isEmpty();
    }

    private static List<String> variables(Optional<String> line) {
        var names = new ArrayList<String>();
        line.ifPresent(text -> {
            var match = VARIABLE.matcher(text);
            while (match.find()) {
                names.add(Optional.ofNullable(match.group(1)).orElseGet(() -> match.group(2)));
            }
            var passed = PASSED_THROUGH.matcher(text);
            if (names.isEmpty() && passed.matches()) {
                names.add(passed.group(1));
            }
        });
        return names;
    }

    private static Optional<String> line(Stack stack, Location where) {
        return stack.files().read(where.file()).flatMap(text -> text.lines().skip(Math.max(0, where.line() - 1))
                .findFirst());
    }
}
