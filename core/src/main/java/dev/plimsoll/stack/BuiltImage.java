package dev.plimsoll.stack;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a Dockerfile of the project says of the image that it builds. What the base image brings itself is not known.
///
/// @param stages images that the Dockerfile names, those of earlier stages included
/// @param base the image it is built on; empty for `scratch`, and where the name depends on what is not known
/// @param entrypoint empty when that of the base is kept
/// @param command empty when that of the base is kept
/// @param workingDirectory absolute; empty when that of the base is kept, or when it is not known
/// @param environment variables whose value is known
/// @param unknownVariables those that are set to what is not known
/// @param copies from the build context, in order: a later one lies over those before it
/// @param unseen instructions whose effect on files is not known: commands, and copies from elsewhere
public record BuiltImage(List<String> stages, Optional<Located<String>> base,
        Optional<List<Located<String>>> entrypoint,
        Optional<List<Located<String>>> command, Optional<String> workingDirectory,
        Map<String, Located<String>> environment, Set<String> unknownVariables, Optional<Healthcheck> healthcheck,
        List<Copy> copies, List<String> unseen) {
    public BuiltImage {
        stages = List.copyOf(stages);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        unknownVariables = Set.copyOf(unknownVariables);
        copies = List.copyOf(copies);
        unseen = List.copyOf(unseen);
    }

    /// Files of the project that may be at `path` in the image, the one that lies over all others first.
    public List<Located<String>> sources(String path) {
        var found = new ArrayList<Located<String>>();
        for (var copy : copies.reversed()) {
            if (copy.source().isEmpty() && copy.covers(path)) {
                return found;
            }
            copy.sources(path).forEach(source -> found.add(new Located<>(source, copy.where())));
        }
        return found;
    }

    /// Where single files of the project may lie in the image.
    public Stream<String> targets() {
        return copies.stream().flatMap(copy -> copy.source().stream().map(source -> copy.intoDirectory()
                ? Paths.normalized(copy.target() + "/" + Paths.name(source))
                : copy.target()));
    }

    /// Whether an instruction whose effect is not known speaks of a file or directory.
    public boolean mayHide(String part) {
        return unseen.stream().anyMatch(instruction -> instruction.contains(part));
    }

    /// A file or directory that is put into the image.
    ///
    /// @param source relative to the project; empty where it comes from elsewhere
    /// @param target absolute
    /// @param intoDirectory whether the target is a directory for certain, as one that ends with a slash
    public record Copy(Optional<String> source, String target, boolean intoDirectory, Location where) {
        private boolean covers(String path) {
            return path.equals(target) || path.startsWith(directory());
        }

        private String directory() {
            return target.equals("/") ? "/" : target + "/";
        }

        private List<String> sources(String path) {
            var found = new ArrayList<String>();
            source.ifPresent(from -> {
                if (path.equals(target) && !intoDirectory) {
                    found.add(from);
                }
                if (path.startsWith(directory())) {
                    var rest = path.substring(directory().length());
                    if (rest.equals(Paths.name(from))) {
                        found.add(from);
                    }
                    found.add(Paths.normalized(from + "/" + rest));
                }
            });
            return found;
        }
    }
}
