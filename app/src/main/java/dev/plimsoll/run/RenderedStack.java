package dev.plimsoll.run;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A rendered directory and what it belongs to.
///
/// @param directory absolute
public record RenderedStack(Path directory, Lock lock) {
    /// The file that `plimsoll render` lays over the user's own.
    private static final String OVERRIDE = "compose.plimsoll.yml";

    public RenderedStack {
        directory = directory.toAbsolutePath().normalize();
    }

    /// A project of its own, so that nothing of the user's is touched.
    public String project() {
        return lock.project() + "-plimsoll";
    }

    /// The user's project: relative paths of all Compose files start there.
    public Path projectDirectory() {
        var first = directory.resolve(lock.composeFiles().getFirst()).normalize();
        return Optional.ofNullable(first.getParent()).orElse(directory);
    }

    /// The user's Compose files and the rendered one over them.
    public List<Path> composeFiles() {
        return Stream.concat(lock.composeFiles().stream(), Stream.of(OVERRIDE))
                .map(file -> directory.resolve(file).normalize()).toList();
    }

    /// The files that a project's containers were made from: with the one that `up` lays over a copy, when it is that.
    public List<Path> startedFrom(String running) {
        var copy = stateDirectory().resolve("up.yml");
        return Stream.concat(composeFiles().stream(), running.equals(project()) && Files.isRegularFile(copy)
                ? Stream.of(copy)
                : Stream.empty()).toList();
    }

    /// @throws InputException when one is missing
    public List<Path> envFiles() {
        var files = lock.envFiles().stream().map(file -> directory.resolve(file).normalize()).toList();
        files.stream().filter(file -> !Files.isRegularFile(file)).findFirst().ifPresent(missing -> {
            throw new InputException(Location.ofFile(missing.toString()), "this env file is missing, and the stack was "
                    + "rendered with it", "Bring it back, or run `plimsoll render` again");
        });
        return files;
    }

    public Path lockFile() {
        return directory.resolve(Lock.FILE_NAME);
    }

    /// Where `up` keeps what it needs later, readable by nobody else.
    public Path stateDirectory() {
        return directory.resolve(".plimsoll");
    }
}
