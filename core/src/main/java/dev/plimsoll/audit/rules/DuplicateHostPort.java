package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.stack.Port;
import java.util.ArrayList;
import java.util.stream.Stream;

public final class DuplicateHostPort implements Rule {
    @Override
    public About about() {
        return new About("REL021", "duplicate-host-port", Severity.HIGH, Confidence.CERTAIN,
                "Two services publish the same port of the server.",
                "The one that starts second fails with \"port is already allocated\"; several containers of one "
                        + "service with a fixed port do the same.",
                "Publish one of them on another port, or not at all.",
                "https://docs.docker.com/reference/compose-file/services/#ports");
    }

    private record Published(Recognised service, Port port) {}

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var seen = new ArrayList<Published>();
        var found = new ArrayList<Finding>();
        inventory.running().forEach(service -> service.service().ports().stream()
                .filter(port -> port.published().filter(text -> text.matches("\\d{1,5}") && !text.equals("0"))
                        .isPresent())
                .forEach(port -> {
                    var one = new Published(service, port);
                    if (service.replicas() > 1) {
                        found.add(finding(service, port.where(), service.replicas() + " containers of "
                                + service.name() + " publish the same port " + port + ", which only one can have",
                                "Publish no fixed port and put a proxy in front, or run one container"));
                    }
                    seen.stream().filter(other -> !other.service().name().equals(service.name())
                            && collide(other.port(), port)).findFirst()
                            .ifPresent(other -> found.add(finding(service, port.where(), service.name() + " publishes "
                                    + port + "/" + port.protocol() + ", which " + other.service().name()
                                    + " publishes too (line " + other.port().where().line() + ")",
                                    "Publish one of the two on another port")));
                    seen.add(one);
                }));
        return found.stream();
    }

    private static boolean collide(Port one, Port other) {
        return one.published().equals(other.published()) && one.protocol().equals(other.protocol())
                && (isEverywhere(one) || isEverywhere(other) || one.hostIp().equals(other.hostIp()));
    }

    private static boolean isEverywhere(Port port) {
        return port.hostIp().filter(ip -> !ip.equals("0.0.0.0") && !ip.equals("::")).isEmpty();
    }
}
