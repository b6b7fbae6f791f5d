package dev.plimsoll.render;

import dev.plimsoll.source.Located;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `.env` and `.env.example`.
public final class EnvFile {
    /// The file with values, which is never overwritten.
    public static final String NAME = ".env";

    private static final String EXAMPLE_HEADER = """
            # Variables of the rendered stack. `plimsoll render` writes .env with 256 random bits for each secret and never
            # changes a value that is there. Keep .env out of version control.
            """;
    private static final String HEADER = """
            # Values of the rendered stack, readable by its owner only. What each is for stands in .env.example.
            """;

    private EnvFile() {}

    /// @param optional variables with a value or a default, as comments
    static RenderedFile example(List<Variable> variables, List<Variable> optional) {
        return RenderedFile.of(".env.example", EXAMPLE_HEADER + lines(variables, "") + lines(optional, "# "));
    }

    private static String lines(List<Variable> variables, String before) {
        return variables.stream().map(variable -> "\n# " + variable.comment() + "\n" + before + variable.name() + "="
                + variable.example() + "\n").collect(Collectors.joining());
    }

    /// The text of `.env` with a line for each variable it lacks, and a value for each secret that is empty there; what
    /// has a value keeps every byte.
    ///
    /// @param present the file as it is; empty when there is none
    /// @param known what it already sets
    public static String completed(String present, Map<String, Located<String>> known, List<Variable> variables,
            Secrets secrets) {
        var lacking = variables.stream().filter(variable -> !known.containsKey(variable.name()) || isEmptySecret(
                variable, known)).map(variable -> variable.name() + "="
                        + (variable.secret()
                                ? secrets.get(variable.name())
                                : variable.example())
                        + "\n")
                .collect(Collectors.joining());
        if (lacking.isEmpty()) {
            return present;
        }
        var kept = present;
        for (var variable : variables) {
            if (isEmptySecret(variable, known)) {
                kept = kept.replaceAll("(?m)^[ \\t]*(?:export[ \\t]+)?" + Pattern.quote(variable.name())
                        + "[ \\t]*=.*(?:\\R|\\z)", "");
            }
        }
        var before = kept.isEmpty() ? HEADER : kept.endsWith("\n") ? kept : kept + "\n";
        return before + lacking;
    }

    private static boolean isEmptySecret(Variable variable, Map<String, Located<String>> known) {
        return variable.secret() && Optional.ofNullable(known.get(variable.name())).filter(value -> value.value()
                .isEmpty()).isPresent();
    }
}
