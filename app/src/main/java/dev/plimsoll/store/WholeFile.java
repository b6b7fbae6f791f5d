package dev.plimsoll.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// Writes files whole or not at all.
public final class WholeFile {
    private static final boolean HAS_MODES = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private WholeFile() {}

    /// Writes beside the file first and then moves; the file never has another mode, not even for a moment.
    ///
    /// @param mode such as `rw-r--r--`
    public static void write(Path file, String text, String mode) throws IOException {
        var directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        Files.createDirectories(directory);
        var unfinished = directory.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(unfinished, attributes("rw-------"));
            Files.writeString(unfinished, text);
            setMode(unfinished, mode);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /// Why a file or directory could not be written, in words.
    public static String why(IOException failed) {
        if (!(failed instanceof FileSystemException at) || at.getFile() == null) {
            return String.valueOf(failed.getMessage());
        }
        return at.getFile() + switch (failed) {
            case AccessDeniedException _ -> " may not be written";
            case FileAlreadyExistsException _ -> " is there already";
            case NoSuchFileException _ -> " is not there";
            case NotDirectoryException _ -> " is no directory";
            default -> ": " + Optional.ofNullable(at.getReason()).orElse("it cannot be written");
        };
    }

    /// Sets a file's or directory's mode where the file system has modes.
    public static void setMode(Path path, String mode) throws IOException {
        if (HAS_MODES) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }

    /// Creates a directory that only its owner may enter.
    public static void createPrivateDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        setMode(directory, "rwx------");
    }

    private static FileAttribute<?>[] attributes(String mode) {
        return HAS_MODES
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
