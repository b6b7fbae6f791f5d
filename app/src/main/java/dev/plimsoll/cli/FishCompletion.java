package dev.plimsoll.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// A completion script for fish, made from the command model.
final class FishCompletion {
    private FishCompletion() {}

    static String of(CommandSpec root) {
        var lines = new ArrayList<String>();
        var name = root.name();
        lines.add("# Completion of " + name + " for fish");
        root.options().forEach(option -> lines.add(option(name, "__fish_use_subcommand", option)));
        root.subcommands().forEach((command, line) -> {
            var spec = line.getCommandSpec();
            lines.add("complete -c " + name + " -f -n __fish_use_subcommand -a " + command
                    + description(spec.usageMessage().description()));
            var inside = "'__fish_seen_subcommand_from " + command + "'";
            spec.options().stream().filter(option -> !option.hidden())
                    .forEach(option -> lines.add(option(name, inside, option)));
            spec.positionalParameters().stream().map(parameter -> candidates(parameter.completionCandidates()))
                    .filter(words -> !words.isEmpty()).forEach(words -> lines.add("complete -c " + name + " -f -n "
                            + inside + " -a '" + String.join(" ", words) + "'"));
        });
        return String.join("\n", lines) + "\n";
    }

    private static String option(String name, String condition, OptionSpec option) {
        var line = new StringBuilder("complete -c ").append(name).append(" -n ").append(condition);
        for (var spelling : option.names()) {
            line.append(spelling.startsWith("--") ? " -l " + spelling.substring(2) : " -s " + spelling.substring(1));
        }
        var words = candidates(option.completionCandidates());
        if (!words.isEmpty()) {
            line.append(" -x -a '").append(String.join(" ", words)).append("'");
        } else if (option.arity().max() > 0) {
            line.append(option.paramLabel().equals("FILE") ? " -r -F" : " -x");
        }
        return line.append(description(option.description())).toString();
    }

    private static List<String> candidates(Iterable<String> words) {
        var all = new ArrayList<String>();
        if (words != null) {
            words.forEach(all::add);
        }
        return all;
    }

    private static String description(String[] lines) {
        if (lines.length == 0) {
            return "";
        }
        var text = lines[0].replaceAll("[:;]? *(?:One of )?\\$\\{[^}]*}.*", "").strip();
        return text.isEmpty() ? "" : " -d '" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
