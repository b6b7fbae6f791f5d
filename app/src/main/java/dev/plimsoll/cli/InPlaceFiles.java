package dev.plimsoll.cli;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The user's own files, changed because the user asked for it.
final class InPlaceFiles {
    private InPlaceFiles() {}

    /// Keeps the file as it was beside it, unless that was done before, and then replaces it.
    static void replace(Path file, String text) {
        try {
            var kept = file.resolveSibling(file.getFileName() + ".before-plimsoll");
            if (!Files.exists(kept)) {
                Files.copy(file, kept);
            }
        } catch (IOException failed) {
            throw new InputException(Location.ofFile(file.toString()), "the file cannot be kept as it was: " + failed
                    .getMessage(), "Check that its directory may be written to");
        }
        OutputFile.write(file, text);
    }
}
