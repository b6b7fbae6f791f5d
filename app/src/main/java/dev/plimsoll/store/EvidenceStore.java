package dev.plimsoll.store;

import dev.plimsoll.evidence.Evidence;
import dev.plimsoll.evidence.Evidence.Item;
import dev.plimsoll.evidence.EvidenceJson;
import dev.plimsoll.evidence.Measured;
import dev.plimsoll.evidence.StartUp;
import dev.plimsoll.evidence.Verified;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.LoadRunJson;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What was recorded of a rendered stack: one file for each verification, load run, start and measurement, never
/// changed. Each plan has records of its own, for what one plan showed says nothing of another.
///
/// @param directory with the files of one plan; need not be there yet
public record EvidenceStore(Path directory) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(
            ZoneOffset.UTC);
    private static final int NAME_DIGITS = 12;
    private static final String NO_ACCESS = "Check its permissions and the disk";

    /// What a file holds, which the end of its name tells.
    public enum Kind {
        VERIFICATION, LOAD, START, MEASUREMENT;

        private String ending() {
            return "-" + name().toLowerCase(java.util.Locale.ROOT) + ".json";
        }
    }

    /// The store of the plan that a lock holds.
    ///
    /// @param stateDirectory of the rendered stack
    /// @param lock the lock file
    public static EvidenceStore of(Path stateDirectory, Path lock) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(lock));
            return new EvidenceStore(stateDirectory.resolve("evidence").resolve(HexFormat.of().formatHex(digest)
                    .substring(0, NAME_DIGITS)));
        } catch (IOException unreadable) {
            throw new InputException(Location.ofFile(lock.toString()), "the lock cannot be read", NO_ACCESS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Writes one record, whole or not at all.
    ///
    /// @return the file
    public Path add(Kind kind, Instant when, String text) throws IOException {
        WholeFile.createPrivateDirectory(directory);
        var file = free(STAMP.format(when), kind);
        WholeFile.write(file, text, "rw-------");
        return file;
    }

    private Path free(String stamp, Kind kind) {
        var file = directory.resolve(stamp + kind.ending());
        for (var number = 2; Files.exists(file); number++) {
            file = directory.resolve(stamp + "-" + number + kind.ending());
        }
        return file;
    }

    /// All records.
    ///
    /// @throws InputException when one of them cannot be read
    public Evidence read() {
        var verifications = new ArrayList<Item<Verified>>();
        var runs = new ArrayList<Item<LoadRun>>();
        var starts = new ArrayList<Item<StartUp>>();
        var measurements = new ArrayList<Item<Measured>>();
        for (var file : files()) {
            var name = String.valueOf(file.getFileName());
            var text = text(file);
            try {
                if (name.endsWith(Kind.VERIFICATION.ending())) {
                    verifications.add(new Item<>(name, EvidenceJson.verified(file.toString(), text)));
                } else if (name.endsWith(Kind.LOAD.ending())) {
                    runs.add(new Item<>(name, LoadRunJson.read(file.toString(), text)));
                } else if (name.endsWith(Kind.START.ending())) {
                    starts.add(new Item<>(name, EvidenceJson.startUp(file.toString(), text)));
                } else if (name.endsWith(Kind.MEASUREMENT.ending())) {
                    measurements.add(new Item<>(name, EvidenceJson.measured(file.toString(), text)));
                }
            } catch (InputException spoiled) {
                throw new InputException(spoiled.problems().getFirst().where(), spoiled.problems().getFirst().what(),
                        "This record can no longer be read; remove it, and its run counts for nothing");
            }
        }
        return new Evidence(verifications, runs, starts, measurements);
    }

    private List<Path> files() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException unreadable) {
            throw new InputException(Location.ofFile(directory.toString()), "this cannot be read", NO_ACCESS);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new InputException(Location.ofFile(file.toString()), "this cannot be read", NO_ACCESS);
        }
    }
}
