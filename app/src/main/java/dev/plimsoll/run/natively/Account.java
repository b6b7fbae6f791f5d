package dev.plimsoll.run.natively;

import dev.plimsoll.run.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/// Who native servers run as. Postgres refuses to run as root, and no server needs to.
///
/// @param user empty to stay who we are
record Account(Optional<String> user) {
    private static final String NOBODY = "nobody";
    /// The kernel's number for whom it does not know, which is nobody's wherever systemd or Debian numbers.
    private static final String OVERFLOW = "65534";

    /// `nobody` for root, else the user at work.
    static Account here() {
        return new Account("root".equals(System.getProperty("user.name")) ? Optional.of(NOBODY) : Optional.empty());
    }

    /// What stands before a command so that it runs under this account.
    List<String> words() {
        return user.isEmpty()
                ? List.of()
                : List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + group(), "--clear-groups", "--");
    }

    /// The group of nobody by its number, as its name differs: `nogroup`, `nobody`.
    private static String group() {
        try (var lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 3 && fields[0].equals(NOBODY))
                    .map(fields -> fields[3]).findFirst().orElse(OVERFLOW);
        } catch (IOException unreadable) {
            return OVERFLOW;
        }
    }

    /// A directory that others may pass through on the way to their own, whatever the umask says.
    static Path passable(Path directory) throws IOException {
        if (here().user().isEmpty()) {
            return Files.createDirectories(directory);
        }
        if (!Files.isDirectory(directory)) {
            if (directory.getParent() != null) {
                passable(directory.getParent());
            }
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return directory;
    }

    /// A directory of a server's own, which only it may enter.
    Path own(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        give(directory);
        return directory;
    }

    /// Makes a file the account's, for it only.
    void own(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        give(file);
    }

    private void give(Path file) throws IOException {
        if (user.isPresent()) {
            var owner = file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user.get());
            Files.getFileAttributeView(file, PosixFileAttributeView.class).setOwner(owner);
        }
    }

    static EnvironmentException unwritable(Path path) {
        return new EnvironmentException(path + ": this cannot be written", "Check its permissions and the disk");
    }
}
