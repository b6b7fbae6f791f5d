package dev.plimsoll.runtime.pool;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private static final String WRONG = "does not read as postgres://USER:PASSWORD@HOST:PORT/DATABASE";

    /// Reads `postgres://`, `postgresql://` and those with a driver's name as in `postgresql+psycopg2://`.
    ///
    /// @throws IllegalArgumentException with a text that never holds the password
    public static DatabaseUrl parse(String text) {
        var url = FORM.matcher(text.strip());
        if (!url.matches()) {
            throw new IllegalArgumentException(WRONG);
        }
        var query = new Query(group(url.group("query")).orElse(""));
        return new DatabaseUrl("jdbc:postgresql://" + url.group("host") + ":" + group(url.group("port")).orElse("5432")
                + "/" + url.group("database") + query.rest(),
                group(url.group("user")).or(() -> query.value("user")).map(DatabaseUrl::decoded),
                group(url.group("password")).or(() -> query.value("password")).map(DatabaseUrl::decoded));
    }

    private static Optional<String> group(String text) {
        return Optional.ofNullable(text).filter(found -> !found.isEmpty());
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException undecodable) {
            // Its message holds a part of the text.
            throw new IllegalArgumentException(WRONG + ": a `%` in user or password is written %25");
        }
    }

    /// What follows `?`. User and password may stand there, and belong to no URL that is printed.
    private record Query(String text) {
        Optional<String> value(String name) {
            return parts().filter(part -> part.startsWith(name + "=")).map(part -> part.substring(name.length() + 1))
                    .filter(value -> !value.isEmpty()).findFirst();
        }

        String rest() {
            var rest = parts().filter(part -> !part.matches("(?:user|password)=.*")).collect(Collectors.joining("&"));
            return rest.isEmpty() ? "" : "?" + rest;
        }

        private Stream<String> parts() {
            return Stream.of(text.replaceFirst("^\\?", "").split("&")).filter(part -> !part.isEmpty());
        }
    }

    /// Without the password.
    @Override
    public String toString() {
        return jdbcUrl + user.map(name -> " as " + name).orElse("");
    }
}
