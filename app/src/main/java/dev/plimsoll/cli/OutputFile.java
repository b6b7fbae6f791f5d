package dev.plimsoll.cli;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;
import java.util.regex.Pattern;

/// Files that a command writes: whole or not at all.
final class OutputFile {
    private static final Pattern WRITTEN_BY_HAND = Pattern.compile("(?i).*\\.(?:ya?ml|conf|cfg|ini|cnf|toml|sql|sh|env|"
            + "properties)|(?:.*\\.)?env(?:\\..*)?|(?:docker|container)file.*");

    private OutputFile() {}

    /// Writes a report.
    ///
    /// @throws InputException also when there is a file of that name that people write by hand
    static void write(Path file, String text) {
        refuseLoss(file);
        replace(file, text);
    }

    /// Delivers what took its time to find: printed, or into the file, and where that cannot be written any more
    /// printed
    /// as well.
    ///
    /// @param file where it is wanted; printed without one
    /// @param code how the command ends otherwise
    /// @return the same; that a file could not be written when all was fine
    static int deliver(Optional<Path> file, String text, Terminal terminal, int code) {
        if (file.isEmpty()) {
            terminal.print(text);
            return code;
        }
        try {
            write(file.get(), text);
            return code;
        } catch (InputException unwritable) {
            terminal.print(text);
            terminal.error(unwritable.text());
            return code == ExitCode.FINE ? ExitCode.BAD_INPUT : code;
        }
    }

    /// Says at once that a report will not be written, before a command works for minutes or a day.
    ///
    /// @throws InputException as [#write] would
    static void require(Path file) {
        refuseLoss(file);
        var directory = Optional.ofNullable(file.toAbsolutePath().getParent());
        if (Files.isDirectory(file) || directory.filter(Files::isDirectory).filter(Files::isWritable).isEmpty()) {
            throw unwritable(file);
        }
    }

    private static void refuseLoss(Path file) {
        if (Files.isRegularFile(file) && WRITTEN_BY_HAND.matcher(String.valueOf(file.getFileName())).matches()) {
            throw new InputException(Location.ofFile(file.toString()), "this file is there, and would be lost",
                    "Name another one; reports end with .txt, .md, .html, .json, .sarif or .xml");
        }
    }

    private static InputException unwritable(Path file) {
        return new InputException(Location.ofFile(file.toString()), "the file cannot be written",
                "Check that its directory exists and may be written to");
    }

    /// Writes beside the file first and then moves; what is no regular file, such as a pipe, is written to directly.
    static void replace(Path file, String text) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.writeString(file, text);
                return;
            }
            moved(Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(), text);
        } catch (IOException failed) {
            throw unwritable(file);
        }
    }

    /// Gives a new file the owner and the permissions of the one it replaces, which may hold passwords.
    private static void likeBefore(Path old, Path fresh) throws IOException {
        var before = Files.readAttributes(old, PosixFileAttributes.class);
        var view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        view.setPermissions(before.permissions());
        try {
            view.setOwner(before.owner());
            view.setGroup(before.group());
        } catch (IOException notAllowed) {
            // Only root may give files away; another one who may write here keeps what he writes.
        }
    }

    private static void moved(Path file, String text) throws IOException {
        var directory = Optional.ofNullable(file.getParent()).orElse(file);
        var unfinished = directory.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.writeString(unfinished, "");
            if (Files.exists(file)) {
                likeBefore(file, unfinished);
            }
            Files.writeString(unfinished, text);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
