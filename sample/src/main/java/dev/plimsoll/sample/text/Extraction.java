package dev.plimsoll.sample.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/// The paragraphs of a document.
public final class Extraction {
    private static final Pattern BLANK_LINE = Pattern.compile("\\R\\h*\\R");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Extraction() {}

    /// @param longest characters of text that are accepted, against archives that unpack to much more than they are
    public static List<String> paragraphs(Format format, byte[] content, int longest) throws UnreadableException {
        var paragraphs = switch (format) {
            case TEXT, MARKDOWN -> blocks(utf8(content));
            case HTML -> Page.paragraphs(Jsoup.parse(utf8(content)));
            case EPUB -> Epub.paragraphs(content, longest);
        };
        var length = paragraphs.stream().mapToLong(String::length).sum();
        if (length == 0) {
            throw new UnreadableException("holds no text");
        }
        if (length > longest) {
            throw tooLong(length, longest);
        }
        return paragraphs;
    }

    static UnreadableException tooLong(long length, int longest) {
        return new UnreadableException(String.format(Locale.ROOT, "holds %,d characters of text, more than %,d", length,
                longest));
    }

    private static List<String> blocks(String text) {
        return BLANK_LINE.splitAsStream(text).map(block -> SPACE.matcher(block).replaceAll(" ").strip())
                .filter(block -> !block.isEmpty()).toList();
    }

    static String utf8(byte[] content) throws UnreadableException {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            if (text.indexOf('\0') >= 0) {
                throw new UnreadableException("is not UTF-8 text: it has NUL characters, as UTF-16 and programs have");
            }
            return text;
        } catch (CharacterCodingException wrong) {
            throw new UnreadableException("is not UTF-8 text");
        }
    }
}
