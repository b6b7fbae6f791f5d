package dev.plimsoll.sample.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The texts of a ZIP. A few KB may hold gigabytes, so all that is unpacked is counted, also what is only passed
/// over on the way to the next file.
final class Archive {
    /// A book has some hundreds.
    private static final int MOST_FILES = 10_000;

    private final byte[] content;
    private final int longest;
    private final Map<String, String> texts = new HashMap<>();
    private long left;
    private long othersLeft;

    private Archive(byte[] content, int longest) {
        this.content = content;
        this.longest = longest;
        left = longest;
        othersLeft = longest;
    }

    /// What is done with each file.
    @FunctionalInterface
    private interface Visit {
        void file(ZipEntry entry, ZipInputStream zip) throws IOException, UnreadableException;
    }

    /// Reads the files whose names tell that they are texts.
    ///
    /// @param longest bytes of all texts, and bytes of all else
    static Archive open(byte[] content, int longest) throws UnreadableException {
        var archive = new Archive(content, longest);
        archive.walk((entry, zip) -> {
            if (isText(entry)) {
                archive.take(entry, zip);
            } else {
                archive.pass(zip);
            }
        });
        return archive;
    }

    /// Reads these files too, whatever their names tell.
    void also(Set<String> names) throws UnreadableException {
        var missing = new HashSet<>(names);
        missing.removeAll(texts.keySet());
        if (!missing.isEmpty()) {
            // All else was counted before.
            walk((entry, zip) -> {
                if (missing.contains(entry.getName())) {
                    take(entry, zip);
                }
            });
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    private void walk(Visit visit) throws UnreadableException {
        try (var zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            var count = 0;
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                count++;
                if (count > MOST_FILES) {
                    throw new UnreadableException("is an archive of more than " + MOST_FILES + " files");
                }
                visit.file(entry, zip);
            }
        } catch (IOException | IllegalArgumentException damaged) {
            throw new UnreadableException("is a damaged archive: " + damaged.getMessage());
        }
    }

    private static boolean isText(ZipEntry entry) {
        return entry.getName().matches("(?i).*\\.(xml|opf|x?html?)");
    }

    private void take(ZipEntry entry, ZipInputStream zip) throws IOException, UnreadableException {
        var bytes = zip.readNBytes((int) left + 1);
        left -= bytes.length;
        if (left < 0) {
            throw new UnreadableException("unpacks to more than " + longest + " bytes of text");
        }
        texts.put(entry.getName(), Extraction.utf8(bytes));
    }

    private void pass(ZipInputStream zip) throws IOException, UnreadableException {
        othersLeft -= zip.skip(othersLeft + 1);
        if (othersLeft < 0) {
            throw new UnreadableException("unpacks to more than " + longest + " bytes beside its text");
        }
    }
}
