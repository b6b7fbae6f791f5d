package dev.plimsoll.render;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.BuiltImage;
import dev.plimsoll.stack.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A `command` in which one program stands with its arguments, so that it can be changed word by word. Scripts for a
/// shell, and whatever an own entrypoint makes of its arguments, are left alone.
///
/// @param words all words of the command
/// @param program index of the program's name; -1 when the image's entrypoint puts it in front
record DirectCommand(List<String> words, int program) {
    DirectCommand {
        words = List.copyOf(words);
    }

    /// The command of a service that runs one of these programs.
    static Optional<DirectCommand> of(Service service, String... programs) {
        var words = words(service);
        for (var at = 0; at < words.size(); at++) {
            if (List.of(programs).contains(baseName(words.get(at)))) {
                return words.subList(0, at).stream().noneMatch(DirectCommand::isShell)
                        ? Optional.of(new DirectCommand(words, at))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// The same, or the arguments alone for the program that the image's own entrypoint runs; none are written when
    /// the image's command is kept.
    static Optional<DirectCommand> orArguments(Service service, String... programs) {
        if (service.entrypoint().isPresent() || service.built().flatMap(BuiltImage::entrypoint).isPresent()) {
            return Optional.empty();
        }
        var words = words(service);
        return words.isEmpty() || words.getFirst().startsWith("-")
                ? Optional.of(new DirectCommand(words, -1))
                : of(service, programs);
    }

    /// The words that a `command` in the Compose file would take the place of.
    private static List<String> words(Service service) {
        var ofImage = service.entrypoint().isPresent()
                ? Optional.<List<Located<String>>>empty()
                : service.built().flatMap(BuiltImage::command);
        return service.command().filter(words -> !words.isEmpty()).or(() -> ofImage).orElse(List.of()).stream()
                .map(Located::value).toList();
    }

    private static boolean isShell(String word) {
        return List.of("sh", "bash", "ash", "dash", "zsh").contains(baseName(word));
    }

    private static String baseName(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }

    /// The program's arguments.
    List<String> arguments() {
        return words.subList(program + 1, words.size());
    }

    /// The command with another value for an option; what stood there under any of its names goes.
    ///
    /// @param names `--workers`, `-w`: the first is written
    DirectCommand with(String value, String... names) {
        var more = new ArrayList<>(without(names).words());
        if (names[0].startsWith("--")) {
            more.add(names[0] + "=" + value);
        } else {
            more.addAll(List.of(names[0], value));
        }
        return new DirectCommand(more, program);
    }

    /// The command without an option and its value.
    DirectCommand without(String... names) {
        var kept = new ArrayList<>(words.subList(0, program + 1));
        var arguments = arguments();
        for (var at = 0; at < arguments.size(); at++) {
            var word = arguments.get(at);
            if (List.of(names).contains(word)) {
                at++;
            } else if (List.of(names).stream().noneMatch(name -> holds(word, name))) {
                kept.add(word);
            }
        }
        return new DirectCommand(kept, program);
    }

    /// Whether a word is an option together with its value: `--workers=4`, `-w4`.
    private static boolean holds(String word, String name) {
        return word.startsWith(name + "=")
                || name.length() == 2 && word.startsWith(name) && word.matches("-[A-Za-z]\\d+");
    }

    /// The command with every argument changed where it stands.
    DirectCommand mapped(UnaryOperator<String> change) {
        var changed = new ArrayList<>(words.subList(0, program + 1));
        arguments().stream().map(change).forEach(changed::add);
        return new DirectCommand(changed, program);
    }

    /// As a patch, which takes the place of the user's command.
    Patch patch(String service, String reason) {
        return Patch.replace(service, List.of("command"), ComposeText.literals(words), reason);
    }
}
