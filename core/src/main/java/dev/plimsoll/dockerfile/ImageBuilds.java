package dev.plimsoll.dockerfile;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Paths;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.BuiltImage;
import dev.plimsoll.yaml.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the Dockerfile that a service's `build` names, and reads it.
public final class ImageBuilds {
    private ImageBuilds() {}

    /// The image that a service builds. Empty when it builds none, or when its context or Dockerfile is not among the
    /// project's files: Compose would say so when it builds.
    ///
    /// @param service the service with its `build` in the long form, its context relative to the project
    /// @param variables for build arguments that are passed through without a value
    public static Optional<BuiltImage> of(ProjectFiles files, Node.Mapping service, Map<String, String> variables) {
        return service.get("build").flatMap(Node::asMapping).flatMap(build -> {
            var directory = text(build, "context").map(Located::value).orElse(".");
            if (directory.contains("://") || directory.startsWith("git@")) {
                return Optional.empty();
            }
            var target = text(build, "target").map(Located::value).filter(name -> !name.isBlank());
            return source(files, build, directory).flatMap(source -> Dockerfile.image(new BuildContext(directory,
                    source, arguments(build, variables)), source.text(), target, foreign(build)));
        });
    }

    private static Optional<BuildContext.Source> source(ProjectFiles files, Node.Mapping build, String directory) {
        var inline = text(build, "dockerfile_inline");
        if (inline.isPresent()) {
            var where = inline.get().where();
            // A block scalar starts on the line after its mark, other text on the line itself.
            var before = where.line() - (inline.get().value().contains("\n") ? 0 : 1);
            return Optional.of(new BuildContext.Source(where.file(), before, inline.get().value()));
        }
        var path = Paths.resolve(directory, text(build, "dockerfile").map(Located::value).orElse("Dockerfile"));
        return files.read(path).map(text -> new BuildContext.Source(path, 0, text.startsWith("\uFEFF")
                ? text.substring(1)
                : text));
    }

    private static Map<String, String> arguments(Node.Mapping build, Map<String, String> variables) {
        var arguments = new HashMap<String, String>();
        build.get("args").flatMap(Node::asMapping).ifPresent(written -> written.entries().forEach((name, value) -> {
            var given = value.asScalar().filter(scalar -> !scalar.isNull()).map(Node.Scalar::text);
            given.or(() -> Optional.ofNullable(variables.get(name))).ifPresent(text -> arguments.put(name, text));
        }));
        return arguments;
    }

    private static List<String> foreign(Node.Mapping build) {
        return build.get("additional_contexts").flatMap(Node::asMapping)
                .map(written -> (List<String>) new ArrayList<>(written.entries().keySet())).orElse(List.of());
    }

    private static Optional<Located<String>> text(Node.Mapping mapping, String key) {
        return mapping.get(key).flatMap(Node::asScalar).filter(scalar -> !scalar.isNull()).map(Node.Scalar::located);
    }
}
