package dev.plimsoll.sample.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// One request, without the web server's types.
public interface Call {
    Optional<String> header(String name);

    Optional<String> query(String name);

    String path(String name);

    /// @throws Refusal with status 413 when there are more bytes
    byte[] body(int most) throws IOException;

    /// The body as it comes, for readers that have bounds of their own.
    ///
    /// @throws Refusal with status 413 when more bytes than these are announced
    InputStream stream(int most) throws IOException;

    /// Where the connection comes from.
    String address();

    default int number(String name, int usual, int least, int most) {
        return (int) number(name, (long) usual, least, most);
    }

    default long number(String name, long usual, long least, long most) {
        return query(name).map(text -> {
            try {
                var number = Long.parseLong(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException wrong) {
                // Told below, together with numbers out of range.
            }
            throw new Refusal(400, "`" + name + "` is a whole number from " + least + " to " + most);
        }).orElse(usual);
    }

    default long id() {
        try {
            return Long.parseLong(path("id"));
        } catch (NumberFormatException wrong) {
            throw new Refusal(404, "ids are numbers");
        }
    }
}
