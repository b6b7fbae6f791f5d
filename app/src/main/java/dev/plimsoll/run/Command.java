package dev.plimsoll.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One command line as data: what will run, before it runs.
///
/// @param words the program and its arguments, never split by a shell
/// @param environment variables set in addition to the surrounding ones; the place for secrets
/// @param input what it reads from its standard input
/// @param timeout after which it and its children are ended
public record Command(List<String> words, Map<String, String> environment, String input, Duration timeout) {
    /// Long enough for a busy engine to answer a question.
    private static final Duration USUAL = Duration.ofSeconds(30);

    public Command {
        words = List.copyOf(words);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    public static Command of(String... words) {
        return of(List.of(words));
    }

    public static Command of(List<String> words) {
        return new Command(words, Map.of(), "", USUAL);
    }

    public Command within(Duration longest) {
        return new Command(words, environment, input, longest);
    }

    public Command with(String variable, String value) {
        var more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new Command(words, more, input, timeout);
    }

    public Command withInput(String text) {
        return new Command(words, environment, text, timeout);
    }

    public Command and(String... more) {
        var all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new Command(all, environment, input, timeout);
    }

    /// As one would type it; values of variables are not shown.
    @Override
    public String toString() {
        return words.stream().map(Command::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./{}-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
