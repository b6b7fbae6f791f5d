package dev.plimsoll.cli;

import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A project directory on disk. Reads regular files of at most 4 MB; each file is read once.
final class DiskFiles implements ProjectFiles {
    private final Path root;
    private final Map<String, Optional<String>> known = new HashMap<>();

    DiskFiles(Path root) {
        this.root = root;
    }

    @Override
    public Optional<String> read(String path) {
        return known.computeIfAbsent(path, this::readOnce);
    }

    private Optional<String> readOnce(String path) {
        try {
            var file = locate(path);
            if (!Files.isRegularFile(file) || Files.size(file) > YamlReader.MOST_CHARACTERS) {
                return Optional.empty();
            }
            return Optional.of(Files.readString(file));
        } catch (CharacterCodingException notUtf8) {
            return readLatin1(path);
        } catch (IOException | InvalidPathException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<String> readLatin1(String path) {
        try {
            var text = Files.readString(locate(path), StandardCharsets.ISO_8859_1);
            return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public Type typeOf(String path) {
        try {
            var file = locate(path);
            return Files.isDirectory(file) ? Type.DIRECTORY : Files.exists(file) ? Type.FILE : Type.MISSING;
        } catch (InvalidPathException notAPath) {
            return Type.MISSING;
        }
    }

    @Override
    public List<String> list(String directory) {
        try (var entries = Files.list(locate(directory))) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
        } catch (IOException | InvalidPathException unreadable) {
            return List.of();
        }
    }

    private Path locate(String path) {
        return path.startsWith("~/")
                ? Path.of(System.getProperty("user.home"), path.substring(2))
                : root.resolve(path);
    }
}
