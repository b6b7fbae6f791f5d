package dev.plimsoll.runtime.redis;

import io.lettuce.core.RedisURI;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a Redis is, read from such as `redis://user:password@host:port/database` or `redis-socket:///run/redis.sock`.
public final class RedisAddress {
    private static final String WRONG = "does not read as redis://USER:PASSWORD@HOST:PORT/NUMBER, with % codes for "
            + "signs such as @ and ^";
    private static final Pattern HOST = Pattern.compile("[^:@\\s\\[\\]]+|\\[[0-9A-Fa-f:.]+]");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(?<host>[^:@\\s\\[\\]]+):(?<port>\\d{1,5})");

    private final RedisURI uri;

    private RedisAddress(RedisURI uri) {
        this.uri = uri;
    }

    /// @throws IllegalArgumentException with a text that never holds the password, and no cause that does
    public static RedisAddress parse(String text) {
        var uri = read(text.strip());
        if (uri.getSocket() == null && uri.getSentinels().isEmpty()) {
            separatePort(uri);
        }
        return new RedisAddress(uri);
    }

    private static RedisURI read(String text) {
        try {
            return RedisURI.create(text);
        } catch (IllegalArgumentException unreadable) {
            // Its message holds the text, and so does its cause's.
            throw new IllegalArgumentException(WRONG);
        }
    }

    /// Lettuce takes for a host what [java.net.URI] finds none in: a host with an underscore, as services of a stack
    /// may be named, together with its port, and a port that is none.
    private static void separatePort(RedisURI uri) {
        var host = Optional.ofNullable(uri.getHost()).orElse("");
        if (HOST.matcher(host).matches()) {
            return;
        }
        var both = HOST_AND_PORT.matcher(host);
        if (!both.matches() || !isPort(Integer.parseInt(both.group("port")))) {
            throw new IllegalArgumentException(WRONG);
        }
        uri.setHost(both.group("host"));
        uri.setPort(Integer.parseInt(both.group("port")));
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= 65_535;
    }

    RedisURI uri() {
        return uri;
    }

    /// Without the password.
    @Override
    public String toString() {
        if (uri.getSocket() != null) {
            return uri.getSocket();
        }
        return uri.getSentinels().isEmpty() ? uri.getHost() + ":" + uri.getPort() : uri.getSentinelMasterId();
    }
}
