package dev.plimsoll.run;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads logins out of URLs such as `postgres://user:password@db:5432/app`.
final class Urls {
    private static final Pattern LOGIN = Pattern.compile("[a-z0-9+]+://([^:/@]+):([^/]*)@[^@]*");

    private Urls() {}

    static Optional<Credentials.Login> login(String url) {
        var parts = LOGIN.matcher(url);
        return parts.matches()
                ? Optional.of(new Credentials.Login(decoded(parts.group(1)), decoded(parts.group(2))))
                : Optional.empty();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException unencoded) {
            return text;
        }
    }
}
