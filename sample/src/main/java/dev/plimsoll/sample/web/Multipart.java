package dev.plimsoll.sample.web;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads a body of `multipart/form-data` (RFC 7578) part by part as it comes, each part up to a bound.
final class Multipart {
    private static final int BUFFER = 16 * 1024;
    /// Of a line of a part's head, and of what stands before the first part.
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_LINES = 16;
    private static final Pattern BOUNDARY = Pattern.compile("(?i)multipart/form-data\\s*;.*?\\bboundary="
            + "(?:\"([^\"\\r\\n]{1,70})\"|([^\\s;\"]{1,70})).*");
    private static final Pattern PARAMETER = Pattern
            .compile(";\\s*([\\w*]+)=(?:\"((?:\\\\.|[^\"\\\\])*+)\"|([^;\\s]*))");
    private static final byte[] LINE = {'\r', '\n'};

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer;
    private int from;
    private int to;
    private boolean begun;

    /// A part whose content is read next.
    ///
    /// @param name of the field
    /// @param fileName without directories
    record Part(String name, Optional<String> fileName, Optional<String> contentType) {}

    private Multipart(InputStream in, String boundary) {
        this.in = in;
        delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        buffer = new byte[BUFFER];
        // The first delimiter needs no line before it.
        System.arraycopy(LINE, 0, buffer, 0, LINE.length);
        to = LINE.length;
    }

    static boolean is(String contentType) {
        return contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    /// @throws Refusal with status 400 when the type names no boundary
    static Multipart of(String contentType, InputStream in) {
        var type = BOUNDARY.matcher(contentType.strip());
        if (!type.matches()) {
            throw new Refusal(400, "the Content-Type is multipart/form-data with a boundary, as in "
                    + "multipart/form-data; boundary=x");
        }
        return new Multipart(in, Optional.ofNullable(type.group(1)).orElseGet(() -> type.group(2)));
    }

    /// The next part; empty after the last. The content of the one before must have been read.
    Optional<Part> next() throws IOException {
        if (!begun) {
            until(delimiter, LONGEST_LINE, new Refusal(400, "the body does not begin with its boundary"));
            begun = true;
        }
        var rest = line();
        if (rest.startsWith("--")) {
            return Optional.empty();
        }
        if (!rest.isBlank()) {
            throw new Refusal(400,
                    "a boundary is followed by `" + rest.substring(0, Math.min(20, rest.length())) + "`");
        }
        return Optional.of(head());
    }

    private Part head() throws IOException {
        var disposition = "";
        Optional<String> type = Optional.empty();
        for (var count = 0; count < MOST_LINES; count++) {
            var line = line();
            if (line.isEmpty()) {
                return new Part(parameter(disposition, "name").orElseThrow(() -> new Refusal(400,
                        "a part has no `Content-Disposition: form-data; name=\"...\"`")),
                        parameter(disposition,
                                "filename").map(Multipart::baseName).filter(name -> !name.isEmpty()),
                        type);
            }
            var colon = line.indexOf(':');
            var name = line.substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT);
            if (name.equals("content-disposition")) {
                disposition = line.substring(colon + 1);
            } else if (name.equals("content-type")) {
                type = Optional.of(line.substring(colon + 1).strip());
            }
        }
        throw new Refusal(400, "a part has more than " + MOST_LINES + " header fields");
    }

    private static Optional<String> parameter(String disposition, String name) {
        if (!disposition.strip().toLowerCase(Locale.ROOT).startsWith("form-data")) {
            return Optional.empty();
        }
        return PARAMETER.matcher(disposition).results().filter(found -> found.group(1).equalsIgnoreCase(name)).map(
                found -> Optional.ofNullable(found.group(2)).orElseGet(() -> found.group(3)).replaceAll("\\\\(.)",
                        "$1"))
                .findFirst();
    }

    private static String baseName(String fileName) {
        return fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    }

    /// The content of the part that was given last.
    ///
    /// @throws Refusal the given one, when there are more bytes than `most`
    byte[] content(int most, Refusal tooMuch) throws IOException {
        return until(delimiter, most, tooMuch);
    }

    private String line() throws IOException {
        return new String(until(LINE, LONGEST_LINE, new Refusal(400, "a line of a part's head is longer than "
                + LONGEST_LINE + " bytes")), StandardCharsets.UTF_8);
    }

    /// What stands before the mark, which is read too.
    private byte[] until(byte[] mark, int most, Refusal tooMuch) throws IOException {
        var pieces = new ArrayList<byte[]>();
        var length = 0;
        while (true) {
            var at = indexOf(mark);
            // The end of the buffer may be the beginning of the mark.
            var end = at >= 0 ? at : Math.max(from, to - mark.length + 1);
            length += end - from;
            if (length > most) {
                throw tooMuch;
            }
            if (end > from) {
                pieces.add(Arrays.copyOfRange(buffer, from, end));
            }
            from = end;
            if (at >= 0) {
                from += mark.length;
                return joined(pieces, length);
            }
            fill();
        }
    }

    /// Waits for all that has room: a piece for each byte that came alone would take many times what it holds.
    private void fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        int count;
        try {
            count = in.readNBytes(buffer, to, buffer.length - to);
        } catch (EOFException early) {
            count = 0;
        }
        if (count == 0) {
            throw new Refusal(400, "the body ends before its last boundary");
        }
        to += count;
    }

    private int indexOf(byte[] mark) {
        for (var at = from; at <= to - mark.length; at++) {
            if (Arrays.equals(buffer, at, at + mark.length, mark, 0, mark.length)) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] joined(List<byte[]> pieces, int length) {
        var all = new byte[length];
        var at = 0;
        for (var piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }
}
