package dev.plimsoll.runtime.pool;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// Where a database is, read from the form that Compose stacks use: `postgres://user:password@host:port/database`.
///
/// @param jdbcUrl for the driver, without credentials
/// @param user as the driver wants it, empty for the driver's own choice
public record DatabaseUrl(String jdbcUrl, Optional<String> user, Optional<String> password) {
    private static final int PORT = 5432;

    /// Reads `postgres://`, `postgresql://` and those with a driver's name as in `postgresql+psycopg2://`.
    ///
    /// @throws IllegalArgumentException with a text that never holds the password
    public static DatabaseUrl parse(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException("not a URL, at character " + wrong.getIndex(), wrong);
        }
        var scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT).replaceFirst("\\+.*", "");
        if (!scheme.equals("postgres") && !scheme.equals("postgresql")) {
            throw new IllegalArgumentException("begins with `" + scheme + ":`, not with `postgres://`");
        }
        var host = Optional.ofNullable(uri.getHost());
        var path = Optional.ofNullable(uri.getPath()).orElse("");
        if (host.isEmpty() || path.length() < 2) {
            throw new IllegalArgumentException("names no " + (host.isEmpty() ? "host" : "database"));
        }
        var query = Optional.ofNullable(uri.getRawQuery()).map(rest -> "?" + rest).orElse("");
        var credentials = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
        return new DatabaseUrl("jdbc:postgresql://" + host.get() + ":" + (uri.getPort() < 0 ? PORT : uri.getPort())
                + path + query, part(credentials, 0), part(credentials, 1));
    }

    private static Optional<String> part(String[] credentials, int at) {
        return credentials.length <= at || credentials[at].isEmpty()
                ? Optional.empty()
                : Optional.of(URLDecoder.decode(credentials[at].replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    /// Without the password.
    @Override
    public String toString() {
        return jdbcUrl + user.map(name -> " as " + name).orElse("");
    }
}
