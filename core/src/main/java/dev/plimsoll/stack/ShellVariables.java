package dev.plimsoll.stack;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts numbers into a word of a shell script: `$X`, `${X}`, `${X:-default}`, `${X-default}`. What is not known or
/// is no number stays as it is written: hosts, secrets and options in variables are not words of the command.
final class ShellVariables {
    private static final Pattern USED = Pattern.compile(
            "\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?)-([^}$]*))?})");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private ShellVariables() {}

    static String expand(String word, Function<String, Optional<String>> variables) {
        return USED.matcher(word).replaceAll(used -> {
            var name = used.group(1) != null ? used.group(1) : used.group(2);
            var fallback = Optional.ofNullable(used.group(4));
            var value = variables.apply(name).filter(text -> fallback.isEmpty() || used.group(3).isEmpty() || !text
                    .isEmpty());
            return Matcher.quoteReplacement(value.or(() -> fallback).filter(text -> NUMBER.matcher(text).matches())
                    .orElse(used.group()));
        });
    }
}
