package dev.plimsoll.dockerfile;

import dev.plimsoll.source.Location;
import dev.plimsoll.source.Paths;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a Dockerfile is read with.
final class BuildContext {
    private final String directory;
    private final Source source;
    private final Map<String, String> arguments;
    private final char escape;
    private final Map<String, String> globalArguments = new HashMap<>();

    /// @param directory of the build context, relative to the project
    /// @param arguments given to the build
    BuildContext(String directory, Source source, Map<String, String> arguments) {
        this.directory = directory;
        this.source = source;
        this.arguments = Map.copyOf(arguments);
        this.escape = DockerfileLines.escape(source.text());
    }

    /// A Dockerfile's text.
    ///
    /// @param before lines in the file before it, for one that stands in a Compose file
    record Source(String file, int before, String text) {}

    Location where(Instruction instruction) {
        return Location.ofLine(source.file(), source.before() + instruction.line());
    }

    char escape() {
        return escape;
    }

    /// A file of the context, relative to the project. The context's root is `/` too.
    String file(String path) {
        return Paths.resolve(directory, Paths.normalized("/" + path).substring(1));
    }

    /// The value that is given to the build.
    Optional<String> argument(String name) {
        return Optional.ofNullable(arguments.get(name));
    }

    /// The value of an argument before the first stage.
    Optional<String> globalArgument(String name) {
        return Optional.ofNullable(globalArguments.get(name));
    }

    void globalArgument(String name, Optional<String> value) {
        value.ifPresentOrElse(known -> globalArguments.put(name, known), () -> globalArguments.remove(name));
    }
}
