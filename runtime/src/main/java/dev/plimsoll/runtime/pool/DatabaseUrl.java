package dev.plimsoll.runtime.pool;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a database is, read from the form that Compose stacks use: `postgres://user:password@host:port/database`.
///
/// @param jdbcUrl for the driver, without credentials
/// @param user as the driver wants it, empty for the driver's own choice
public record DatabaseUrl(String jdbcUrl, Optional<String> user, Optional<String> password) {
    /// Not [java.net.URI], which takes no host with an underscore, as services of a stack may be named.
    private static final Pattern FORM = Pattern.compile("(?i)postgres(?:ql)?(?:\\+\\w+)?://"
            + "(?:(?<user>[^:@/?#\\s]*)(?::(?<password>[^@/?#\\s]*))?@)?"
            + "(?<host>[^:@/?#\\s\\[\\]]+|\\[[0-9a-f:.]+])(?::(?<port>\\d{1,5}))?/(?<database>[^/?#\\s]+)"
            + "(?<query>\\?[^#\\s]*)?");

    /// Reads `postgres://`, `postgresql://` and those with a driver's name as in `postgresql+psycopg2://`.
    ///
    /// @throws IllegalArgumentException with a text that never holds the password
    public static DatabaseUrl parse(String text) {
        var url = FORM.matcher(text.strip());
        if (!url.matches()) {
            throw new IllegalArgumentException("does not read as postgres://USER:PASSWORD@HOST:PORT/DATABASE");
        }
        return new DatabaseUrl("jdbc:postgresql://" + url.group("host") + ":" + group(url.group("port")).orElse("5432")
                + "/" + url.group("database") + group(url.group("query")).orElse(""),
                group(url.group("user")).map(
                        DatabaseUrl::decoded),
                group(url.group("password")).map(DatabaseUrl::decoded));
    }

    private static Optional<String> group(String text) {
        return Optional.ofNullable(text).filter(found -> !found.isEmpty());
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Without the password.
    @Override
    public String toString() {
        return jdbcUrl + user.map(name -> " as " + name).orElse("");
    }
}
