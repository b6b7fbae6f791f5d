package dev.plimsoll.cli;

import dev.plimsoll.audit.AuditResult;
import dev.plimsoll.audit.Baseline;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which findings are known already.
final class BaselineOptions {
    @Option(names = "--baseline", paramLabel = "FILE", description = "Hide the findings recorded in this file.")
    private Optional<Path> known = Optional.empty();

    @Option(names = "--write-baseline", paramLabel = "FILE", description = "Record the findings in this file and hide "
            + "them, from this run on.")
    private Optional<Path> recorded = Optional.empty();

    boolean isUsed() {
        return known.isPresent() || recorded.isPresent();
    }

    /// The result without known findings; records all of them first when that is asked for.
    AuditResult applyTo(AuditResult result) {
        var read = known.map(BaselineOptions::read);
        recorded.ifPresent(file -> OutputFile.write(file, Json.text(Baseline.of(result).document())));
        var hidden = read.map(baseline -> baseline.applyTo(result, shown(known))).orElse(result);
        return recorded.map(_ -> Baseline.of(hidden).applyTo(hidden, shown(recorded))).orElse(hidden);
    }

    private static Baseline read(Path file) {
        try {
            return Baseline.parse(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new InputException(Location.ofFile(file.toString()), "the baseline cannot be read",
                    "Check the path, or record one with `plimsoll audit --write-baseline " + file + "`");
        }
    }

    private static String shown(Optional<Path> file) {
        return file.map(Path::toString).orElse("");
    }
}
