package dev.plimsoll.audit.rules;

import dev.plimsoll.stack.Port;
import dev.plimsoll.stack.Service;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which ports of a service other machines can reach.
final class Exposure {
    /// Addresses of private networks and VPNs: a decision of the owner, not an oversight.
    private static final Pattern PRIVATE = Pattern.compile("10\\..*|192\\.168\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*|"
            + "169\\.254\\..*|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\..*|f[cde][0-9a-f]{2}:.*");

    private Exposure() {}

    static List<Port> open(Service service) {
        return service.ports().stream().filter(Exposure::isOpen).toList();
    }

    /// The first TCP port open to other machines whose port in the container is one of these.
    static Optional<Port> open(Service service, List<Integer> targets) {
        return open(service).stream().filter(port -> port.protocol().equals("tcp") && targets.contains(port.target()))
                .findFirst();
    }

    static boolean isOpen(Port port) {
        return !port.isLoopbackOnly() && port.hostIp().filter(ip -> PRIVATE.matcher(ip).matches()).isEmpty();
    }

    static boolean usesHostNetwork(Service service) {
        return service.networkMode().filter(mode -> mode.value().equals("host")).isPresent();
    }

    /// `on all interfaces`, or the address.
    static String address(Port port) {
        return port.hostIp().filter(ip -> !ip.equals("0.0.0.0") && !ip.equals("::")).map(ip -> "on " + ip)
                .orElse("on all interfaces");
    }
}
