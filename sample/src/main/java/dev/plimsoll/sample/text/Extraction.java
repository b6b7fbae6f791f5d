package dev.plimsoll.sample.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/// The paragraphs of a document.
public final class Extraction {
    private static final Pattern BLANK_LINE = Pattern.compile("\\R\\h*\\R");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private static final int PIECE = 8192;

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
        if (!isUtf8(content)) {
            throw new UnreadableException("is not UTF-8 text");
        }
        var text = new String(content, StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            throw new UnreadableException("is not UTF-8 text: it has NUL characters, as UTF-16 and programs have");
        }
        return text;
    }

    /// Piece by piece: a decoder that keeps all it decodes takes three times the memory of the text.
    private static boolean isUtf8(byte[] content) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var bytes = ByteBuffer.wrap(content);
        var piece = CharBuffer.allocate(PIECE);
        var result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(bytes, piece.clear(), true);
        }
        return !result.isError();
    }
}
