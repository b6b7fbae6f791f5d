package dev.plimsoll.audit.rules;

import dev.plimsoll.source.Paths;
import dev.plimsoll.source.ProjectFiles;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The patterns that projects keep for env files with values of one's own: `.env.example` for `.env`.
final class EnvSamples {
    private static final List<String> WORDS = List.of("example", "sample", "template", "dist");

    private EnvSamples() {}

    /// The pattern beside an env file that is not there.
    static Optional<String> of(ProjectFiles files, String path) {
        var name = Paths.name(path);
        var bare = name.startsWith(".") ? name.substring(1) : name;
        return WORDS.stream().flatMap(word -> Stream.of(name + "." + word, bare + "." + word, word + "." + bare))
                .map(sample -> Paths.resolve(Paths.parent(path), sample))
                .filter(sample -> files.typeOf(sample) == ProjectFiles.Type.FILE).findFirst();
    }

    /// Whether a pattern has a line for each of the variables, be it commented out.
    static boolean namesAll(String text, List<String> variables) {
        return variables.stream().allMatch(name -> Pattern.compile("^[#\\s]*(?:export\\s+)?" + Pattern.quote(name)
                + "\\s*=", Pattern.MULTILINE).matcher(text).find());
    }
}
