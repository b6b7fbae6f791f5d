package dev.plimsoll.sample.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Formats that can be read.
public enum Format {
    TEXT("text/plain"), MARKDOWN("text/markdown"), HTML("text/html"), EPUB("application/epub+zip");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /// @param contentType as in the header, with or without parameters
    public static Optional<Format> of(String contentType) {
        var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(format -> format.mediaType.equals(type)).findFirst();
    }
}
