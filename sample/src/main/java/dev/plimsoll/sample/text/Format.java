package dev.plimsoll.sample.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Formats that can be read.
public enum Format {
    TEXT("text/plain", "txt"), MARKDOWN("text/markdown", "md", "markdown"), HTML("text/html", "html", "htm"), EPUB(
            "application/epub+zip", "epub");

    private final String mediaType;
    private final List<String> extensions;

    Format(String mediaType, String... extensions) {
        this.mediaType = mediaType;
        this.extensions = List.of(extensions);
    }

    public String mediaType() {
        return mediaType;
    }

    /// @param contentType as in the header, with or without parameters
    public static Optional<Format> of(String contentType) {
        var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(format -> format.mediaType.equals(type)).findFirst();
    }

    /// @param name of a file, which tells by its extension
    public static Optional<Format> ofFile(String name) {
        var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(format -> format.extensions.contains(extension)).findFirst();
    }
}
