package dev.plimsoll.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Reads one HTTP/1.1 answer from bytes as they arrive: by length, in chunks, or up to the end of the connection.
final class AnswerReader {
    /// A header line above this size is no HTTP that anybody sends. Assumption.
    private static final int MOST_LINE = 64 * 1024;
    /// What is kept of a body to take values from.
    private static final int MOST_BODY = 1024 * 1024;

    /// Of a length: more than any body has, and less than a number can hold.
    private static final int MOST_DIGITS = 15;
    private static final byte[] VERSION = "HTTP/1.".getBytes(StandardCharsets.ISO_8859_1);

    private enum At {
        STATUS, HEADER, BODY, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILER, TO_THE_END, DONE, BAD
    }

    private At at = At.STATUS;
    private byte[] line = new byte[256];
    private int length;
    private int status;
    private long left;
    private long total;
    private boolean chunked;
    private boolean sized;
    private boolean closes;
    private boolean bodiless;
    private Optional<ByteArrayOutputStream> kept = Optional.empty();

    /// Begins the next answer.
    ///
    /// @param toHead whether it answers HEAD, which has no body whatever its length says
    /// @param keepBody whether [#body] is wanted
    void begin(boolean toHead, boolean keepBody) {
        at = At.STATUS;
        length = 0;
        total = 0;
        bodiless = toHead;
        kept = keepBody ? Optional.of(new ByteArrayOutputStream()) : Optional.empty();
    }

    /// Takes bytes in; what is left after the answer's end makes it bad, as nothing was asked for it.
    void feed(byte[] data, int count) {
        total += count;
        var from = 0;
        while (from < count && at != At.BAD) {
            from = switch (at) {
                case STATUS, HEADER, CHUNK_SIZE, CHUNK_END, TRAILER -> line(data, from, count);
                case BODY, CHUNK, TO_THE_END -> content(data, from, count);
                case DONE, BAD -> {
                    at = At.BAD;
                    yield count;
                }
            };
        }
    }

    private int line(byte[] data, int from, int to) {
        for (var next = from; next < to; next++) {
            if (data[next] == '\n') {
                if (length > 0 && line[length - 1] == '\r') {
                    length--;
                }
                endLine();
                length = 0;
                return next + 1;
            }
            if (length == line.length) {
                if (length >= MOST_LINE) {
                    at = At.BAD;
                    return to;
                }
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = data[next];
        }
        return to;
    }

    private void endLine() {
        switch (at) {
            case STATUS -> statusLine();
            case HEADER -> header();
            case CHUNK_SIZE -> chunkSize();
            case CHUNK_END -> at = length == 0 ? At.CHUNK_SIZE : At.BAD;
            case TRAILER -> at = length == 0 ? At.DONE : At.TRAILER;
            case BODY, CHUNK, TO_THE_END, DONE, BAD -> throw new IllegalStateException("no line is read here");
        }
    }

    /// `HTTP/1.1 200 OK`
    private void statusLine() {
        status = length < 12 || !startsWith(VERSION) || line[8] != ' ' ? -1 : (int) number(9, 12);
        if (status < 0) {
            at = At.BAD;
            return;
        }
        closes = line[7] == '0';
        chunked = false;
        sized = false;
        left = 0;
        at = At.HEADER;
    }

    private void header() {
        if (length == 0) {
            endOfHead();
        } else if (named("content-length")) {
            left = length("content-length".length() + 1);
            sized = true;
            at = left < 0 ? At.BAD : at;
        } else if (named("transfer-encoding")) {
            chunked = value("transfer-encoding").toLowerCase(java.util.Locale.ROOT).endsWith("chunked");
        } else if (named("connection")) {
            var value = value("connection").toLowerCase(java.util.Locale.ROOT);
            closes = value.contains("close") || closes && !value.contains("keep-alive");
        }
    }

    private void endOfHead() {
        if (status / 100 == 1) {
            at = status == 101 ? At.BAD : At.STATUS;
        } else if (bodiless || status == 204 || status == 304 || !chunked && sized && left == 0) {
            at = At.DONE;
        } else if (chunked) {
            at = At.CHUNK_SIZE;
        } else if (sized) {
            at = At.BODY;
        } else {
            at = At.TO_THE_END;
            closes = true;
        }
    }

    /// Hexadecimal, with extensions after a semicolon.
    private void chunkSize() {
        var size = 0L;
        var digits = 0;
        while (digits < length && Character.digit(line[digits], 16) >= 0 && digits < 15) {
            size = size * 16 + Character.digit(line[digits++], 16);
        }
        if (digits == 0 || digits < length && line[digits] != ';' && line[digits] != ' ') {
            at = At.BAD;
            return;
        }
        left = size;
        at = size == 0 ? At.TRAILER : At.CHUNK;
    }

    private int content(byte[] data, int from, int to) {
        var count = at == At.TO_THE_END ? to - from : (int) Math.min(left, to - from);
        kept.filter(body -> body.size() < MOST_BODY).ifPresent(body -> body.write(data, from, count));
        left -= count;
        if (at != At.TO_THE_END && left == 0) {
            at = at == At.BODY ? At.DONE : At.CHUNK_END;
        }
        return from + count;
    }

    private boolean named(String name) {
        if (length <= name.length() || line[name.length()] != ':') {
            return false;
        }
        for (var next = 0; next < name.length(); next++) {
            if ((line[next] | 0x20) != name.charAt(next) && line[next] != name.charAt(next)) {
                return false;
            }
        }
        return true;
    }

    private boolean startsWith(byte[] text) {
        return Arrays.equals(line, 0, text.length, text, 0, text.length);
    }

    /// The number that is all that stands from there on, blanks apart; -1 when there is none. Without a regular
    /// expression or a string, as every answer has one.
    private long length(int from) {
        var start = from;
        var end = length;
        while (start < end && isBlank(line[start])) {
            start++;
        }
        while (end > start && isBlank(line[end - 1])) {
            end--;
        }
        return start == end || end - start > MOST_DIGITS ? -1 : number(start, end);
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t';
    }

    /// The number in these digits; -1 when one of them is none.
    private long number(int from, int to) {
        var number = 0L;
        for (var digit = from; digit < to; digit++) {
            if (line[digit] < '0' || line[digit] > '9') {
                return -1;
            }
            number = number * 10 + line[digit] - '0';
        }
        return number;
    }

    private String value(String name) {
        return text(name.length() + 1, length - name.length() - 1).strip();
    }

    private String text(int from, int count) {
        return new String(line, from, count, StandardCharsets.ISO_8859_1);
    }

    /// The server closed the connection, which ends an answer without a length.
    void endOfConnection() {
        at = at == At.TO_THE_END ? At.DONE : At.BAD;
    }

    boolean isDone() {
        return at == At.DONE;
    }

    /// Whether it can no longer become an answer.
    boolean isBad() {
        return at == At.BAD;
    }

    /// Whether the connection cannot be used again.
    boolean closes() {
        return closes;
    }

    int status() {
        return status;
    }

    /// Bytes so far, head included.
    long bytes() {
        return total;
    }

    String body() {
        return kept.map(body -> body.toString(StandardCharsets.UTF_8)).orElse("");
    }
}
