package dev.plimsoll.prometheus;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import java.util.Optional;
import java.util.regex.Pattern;

/// A `host:port` to which Prometheus or Alertmanager connects.
///
/// @param port empty when none is given
public record Target(String host, Optional<Integer> port, Location where) {
    private static final Pattern FORM = Pattern.compile("(?:https?://)?(\\[[0-9a-fA-F:]+]|[^:/\\s\\[\\]]+)"
            + "(?::(\\d{1,5}))?(?:/.*)?");

    /// Empty when the text has another form, such as a placeholder.
    public static Optional<Target> of(Located<String> text) {
        var match = FORM.matcher(text.value().strip());
        if (!match.matches() || text.value().contains("{{") || text.value().contains("$")) {
            return Optional.empty();
        }
        return Optional.of(new Target(match.group(1), Optional.ofNullable(match.group(2)).map(Integer::valueOf),
                text.where()));
    }

    public boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /// Whether the name can only be one that the stack's own network resolves.
    public boolean isPlainName() {
        return host.matches("[A-Za-z0-9][A-Za-z0-9_-]*") && !host.matches("\\d+") && !isLoopback();
    }

    @Override
    public String toString() {
        return host + port.map(number -> ":" + number).orElse("");
    }
}
