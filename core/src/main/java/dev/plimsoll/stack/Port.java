package dev.plimsoll.stack;

import dev.plimsoll.source.Location;
import java.util.Optional;

/// One entry of a service's `ports`.
///
/// @param hostIp the address it is bound to; empty means all
/// @param published the host's port or range; empty when the engine picks one
/// @param target the container's port
public record Port(Optional<String> hostIp, Optional<String> published, int target, String protocol, Location where) {
    public boolean isLoopbackOnly() {
        return hostIp.filter(ip -> ip.startsWith("127.") || ip.equals("::1") || ip.equals("localhost")).isPresent();
    }

    /// `127.0.0.1:5432` or `5432`.
    @Override
    public String toString() {
        return hostIp.map(ip -> ip + ":").orElse("") + published.orElse(String.valueOf(target));
    }
}
