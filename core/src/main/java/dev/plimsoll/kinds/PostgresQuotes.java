package dev.plimsoll.kinds;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Values between single quotes as postgresql.conf has them: two quotes are one, and escapes stand for bytes
/// (PostgreSQL's `DeescapeQuotedString`).
public final class PostgresQuotes {
    private static final String ESCAPED = "bfnrt";
    private static final String MEANT = "\b\f\n\r\t";
    private static final Pattern PART = Pattern.compile("''|\\\\([0-7]{1,3})|\\\\(.)|([^\\\\])", Pattern.DOTALL);

    private PostgresQuotes() {}

    /// @param quoted what stands between the quotes
    static String decoded(String quoted) {
        var bytes = new ByteArrayOutputStream();
        var parts = PART.matcher(quoted);
        while (parts.find()) {
            if (parts.group(1) != null) {
                bytes.write(Integer.parseInt(parts.group(1), 8));
            } else if (parts.group(2) != null) {
                var meant = ESCAPED.indexOf(parts.group(2));
                write(meant < 0 ? parts.group(2) : MEANT.substring(meant, meant + 1), bytes);
            } else {
                write(parts.group(3) == null ? "'" : parts.group(3), bytes);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void write(String text, ByteArrayOutputStream bytes) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The value between quotes, as the server reads it.
    public static String quoted(String value) {
        var text = new StringBuilder("'");
        value.chars().forEach(c -> {
            var meant = MEANT.indexOf(c);
            if (meant >= 0) {
                text.append('\\').append(ESCAPED.charAt(meant));
            } else {
                text.append(c == '\'' || c == '\\' ? String.valueOf((char) c) : "").append((char) c);
            }
        });
        return text.append('\'').toString();
    }
}
