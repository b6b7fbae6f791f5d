package dev.plimsoll.sample.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Unpacks the texts of a ZIP. A few KB may hold gigabytes, so all that is unpacked is counted, also what is only
/// passed
/// over on the way to the next file.
final class Archive {
    /// A book has some hundreds.
    private static final int MOST_FILES = 10_000;

    private final int longest;
    private long left;
    private long othersLeft;

    /// @param longest bytes of all texts, and bytes of all else
    Archive(int longest) {
        this.longest = longest;
        left = longest;
        othersLeft = longest;
    }

    Map<String, String> texts(byte[] content) throws UnreadableException {
        var texts = new HashMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            var count = 0;
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                count++;
                if (count > MOST_FILES) {
                    throw new UnreadableException("is an archive of more than " + MOST_FILES + " files");
                }
                if (isText(entry)) {
                    texts.put(entry.getName(), text(zip));
                } else {
                    pass(zip);
                }
            }
        } catch (IOException | IllegalArgumentException damaged) {
            throw new UnreadableException("is a damaged archive: " + damaged.getMessage());
        }
        return texts;
    }

    private static boolean isText(ZipEntry entry) {
        return entry.getName().matches("(?i).*\\.(xml|opf|x?html?)");
    }

    private String text(ZipInputStream zip) throws IOException, UnreadableException {
        var bytes = zip.readNBytes((int) left + 1);
        left -= bytes.length;
        if (left < 0) {
            throw new UnreadableException("unpacks to more than " + longest + " bytes of text");
        }
        return Extraction.utf8(bytes);
    }

    private void pass(ZipInputStream zip) throws IOException, UnreadableException {
        othersLeft -= zip.skip(othersLeft + 1);
        if (othersLeft < 0) {
            throw new UnreadableException("unpacks to more than " + longest + " bytes beside its text");
        }
    }
}
