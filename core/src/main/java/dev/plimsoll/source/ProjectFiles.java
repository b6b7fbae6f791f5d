package dev.plimsoll.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files a project may name, by path relative to the project directory. Paths use `/`; `..`, absolute paths and
/// `~` appear only where one of the user's files says so.
public interface ProjectFiles {
    enum Type {
        FILE, DIRECTORY, MISSING
    }

    /// The text of a regular file. Empty when there is none, or it cannot be read as text.
    Optional<String> read(String path);

    Type typeOf(String path);

    /// Names of the files and directories in a directory, sorted. Empty when it is none, or cannot be read.
    List<String> list(String directory);

    /// Files by path, for tests and generated input; a path with files below it is a directory.
    static ProjectFiles of(Map<String, String> texts) {
        return new ProjectFiles() {
            @Override
            public Optional<String> read(String path) {
                return Optional.ofNullable(texts.get(path));
            }

            @Override
            public Type typeOf(String path) {
                if (texts.containsKey(path)) {
                    return Type.FILE;
                }
                var directory = texts.keySet().stream().anyMatch(name -> name.startsWith(path + "/"));
                return directory || path.equals(".") ? Type.DIRECTORY : Type.MISSING;
            }

            @Override
            public List<String> list(String directory) {
                var prefix = directory.equals(".") ? "" : directory + "/";
                return texts.keySet().stream().filter(name -> name.startsWith(prefix))
                        .map(name -> name.substring(prefix.length()).split("/", 2)[0]).distinct().sorted().toList();
            }
        };
    }
}
