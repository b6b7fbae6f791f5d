package dev.plimsoll.load;

import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/// Scheme, host and port that a load goes to, and the path when the URL has one.
///
/// @param path with the query; `/` when the URL names none
public record Endpoint(boolean tls, String host, int port, String path) {
    private static final String REMEDY = "Write one such as http://127.0.0.1:8080/books";

    /// @throws InputException when it is no http or https URL
    public static Endpoint parse(String url) {
        try {
            var parts = new URI(url.strip());
            var scheme = Optional.ofNullable(parts.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            var host = Optional.ofNullable(parts.getHost()).orElse("");
            if (!scheme.equals("http") && !scheme.equals("https") || host.isEmpty()) {
                throw bad(url);
            }
            var tls = scheme.equals("https");
            var path = Optional.ofNullable(parts.getRawPath()).filter(text -> !text.isEmpty()).orElse("/");
            var query = Optional.ofNullable(parts.getRawQuery()).map(text -> "?" + text).orElse("");
            return new Endpoint(tls, host, parts.getPort() > 0 ? parts.getPort() : tls ? 443 : 80, path + query);
        } catch (URISyntaxException unreadable) {
            throw bad(url);
        }
    }

    private static InputException bad(String url) {
        return new InputException(Location.ofFile("URL"), "`" + url + "` is no http or https URL", REMEDY);
    }

    /// Scheme, host and port.
    public String base() {
        return (tls ? "https://" : "http://") + authority();
    }

    /// As in the Host header: without the scheme's own port.
    public String authority() {
        return port == (tls ? 443 : 80) ? host : host + ":" + port;
    }

    /// @throws EnvironmentException when the name is not known
    public InetSocketAddress address() {
        try {
            return new InetSocketAddress(InetAddress.getByName(bareHost()), port);
        } catch (UnknownHostException unknown) {
            throw new EnvironmentException("The host " + host + " is not known", "Check the URL's spelling");
        }
    }

    /// Without the brackets of an IPv6 address.
    public String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// Whether it is this machine, by an address that no other can be reached by.
    public boolean isLoopback() {
        return address().getAddress().isLoopbackAddress();
    }
}
