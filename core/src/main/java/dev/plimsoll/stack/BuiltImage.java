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

/// What a Dockerfile of the project says of the image that it builds. What the base image brings itself is not known.
///
/// @param base the image it is built on; empty for `scratch`, and where the name depends on what is not known
/// @param entrypoint empty when that of the base is kept
/// @param command empty when that of the base is kept
/// @param workingDirectory absolute; empty when that of the base is kept
/// @param environment variables whose value is known
/// @param copies from the build context, in order: a later one lies over those before it
public record BuiltImage(Optional<Located<String>> base, Optional<List<Located<String>>> entrypoint,
        Optional<List<Located<String>>> command, Optional<String> workingDirectory,
        Map<String, Located<String>> environment, Optional<Healthcheck> healthcheck, List<Copy> copies) {
    public BuiltImage {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        copies = List.copyOf(copies);
    }

    /// Files that may be at `path` in the image, the one that lies over all others first.
    public List<Located<String>> sources(String path) {
        var found = new ArrayList<Located<String>>();
        for (var copy : copies.reversed()) {
            copy.sources(path).forEach(source -> found.add(new Located<>(source, copy.where())));
        }
        return found;
    }

    /// A file or directory that is put into the image.
    ///
    /// @param source relative to the project
    /// @param target absolute
    /// @param intoDirectory whether the target is a directory for certain, as one that ends with a slash
    public record Copy(String source, String target, boolean intoDirectory, Location where) {
        private List<String> sources(String path) {
            var found = new ArrayList<String>();
            if (path.equals(target) && !intoDirectory) {
                found.add(source);
            }
            var directory = target.equals("/") ? "/" : target + "/";
            if (path.startsWith(directory)) {
                var rest = path.substring(directory.length());
                if (rest.equals(Paths.name(source))) {
                    found.add(source);
                }
                found.add(Paths.normalized(source + "/" + rest));
            }
            return found;
        }
    }
}
