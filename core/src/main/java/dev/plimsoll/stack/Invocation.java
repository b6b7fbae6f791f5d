package dev.plimsoll.stack;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program that a container runs, with its arguments.
///
/// @param program file name without directory, or empty when the image's entrypoint gets the arguments
/// @param arguments after the program
/// @param assignments variables set in front of it in a shell
/// @param where where the program is named
public record Invocation(String program, List<Located<String>> arguments, Map<String, String> assignments,
        Location where) {

    /// The value of an option: `--name value`, `--name=value`, and for a name with one dash also `-nvalue`.
    public Optional<Located<String>> option(String... names) {
        Optional<Located<String>> found = Optional.empty();
        for (var at = 0; at < arguments.size(); at++) {
            var word = arguments.get(at);
            for (var name : names) {
                if (word.value().equals(name) && at + 1 < arguments.size()) {
                    found = Optional.of(arguments.get(at + 1));
                } else if (word.value().startsWith(name + "=")) {
                    found = Optional.of(word.map(text -> text.substring(name.length() + 1)));
                } else if (isShort(name) && word.value().startsWith(name) && word.value().length() > 2) {
                    found = Optional.of(word.map(text -> text.substring(2)));
                }
            }
        }
        return found;
    }

    /// Every value of an option that may be given several times.
    public List<Located<String>> options(String... names) {
        var found = new ArrayList<Located<String>>();
        for (var at = 0; at < arguments.size(); at++) {
            var word = arguments.get(at);
            for (var name : names) {
                if (word.value().equals(name) && at + 1 < arguments.size()) {
                    found.add(arguments.get(at + 1));
                } else if (word.value().startsWith(name + "=")) {
                    found.add(word.map(text -> text.substring(name.length() + 1)));
                } else if (isShort(name) && word.value().startsWith(name) && word.value().length() > 2) {
                    found.add(word.map(text -> text.substring(2)));
                }
            }
        }
        return found;
    }

    public boolean has(String flag) {
        return arguments.stream().anyMatch(word -> word.value().equals(flag));
    }

    /// Whether a word stands among the arguments, such as a sub-command.
    public boolean hasWord(String text) {
        return arguments.stream().anyMatch(word -> word.value().equals(text));
    }

    private static boolean isShort(String name) {
        return name.length() == 2 && name.charAt(0) == '-' && name.charAt(1) != '-';
    }
}
