package dev.plimsoll.cli;

import dev.plimsoll.calibrate.CalibrationFile;
import dev.plimsoll.kinds.Calibration;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which measurements to plan with; shared by every command that plans.
final class CalibrationOption {
    @Option(names = "--calibration", paramLabel = "FILE", description = "Plan with what `plimsoll calibrate` measured, "
            + "in place of assumptions.")
    private Optional<Path> file = Optional.empty();

    /// The file that is named.
    Calibration named() {
        return file.map(this::from).orElse(Calibration.NONE);
    }

    /// @throws InputException when there is no such file, or it cannot be read
    Calibration from(Path path) {
        return read(path).orElseThrow(() -> new InputException(Location.ofFile(path.toString()),
                "there is no calibration here", "Write one with `plimsoll calibrate`"));
    }

    /// The file that is named, else the one in a rendered directory.
    Optional<Path> within(Path directory) {
        return file.or(() -> Optional.of(directory.resolve(CalibrationFile.NAME)).filter(Files::isRegularFile));
    }

    /// Empty when there is no such file.
    ///
    /// @throws InputException when it cannot be read
    static Optional<Calibration> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(CalibrationFile.read(file.toString(), Files.readString(file)));
        } catch (IOException unreadable) {
            throw new InputException(Location.ofFile(file.toString()), "the calibration cannot be read",
                    "Check that it is a file of UTF-8 text and may be read");
        }
    }
}
