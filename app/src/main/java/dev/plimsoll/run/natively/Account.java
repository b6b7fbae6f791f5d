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
    private static final String GROUP = "nogroup";

    /// `nobody` for root, else the user at work.
    static Account here() {
        return new Account("root".equals(System.getProperty("user.name")) ? Optional.of(NOBODY) : Optional.empty());
    }

    /// What stands before a command so that it runs under this account.
    List<String> words() {
        return user.isEmpty()
                ? List.of()
                : List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + GROUP, "--clear-groups", "--");
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
