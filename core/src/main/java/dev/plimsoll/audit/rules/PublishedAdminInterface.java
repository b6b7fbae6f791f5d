package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

public final class PublishedAdminInterface implements Rule {
    private static final int TRAEFIK_API = 8080;

    @Override
    public About about() {
        return new About("SEC002", "published-admin-ui", Severity.MEDIUM, Confidence.CERTAIN,
                "An operator's interface is open to other machines.",
                "Such programs have no login, or one that is often left at its default, and show or change what runs. "
                        + "High when they give control without a login.",
                "Bind the port to 127.0.0.1 and reach it through an SSH tunnel, or put a proxy with a login in front.",
                "https://docs.docker.com/engine/network/port-publishing/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var found = new ArrayList<Finding>();
        inventory.running().forEach(service -> {
            AdminInterface.ALL.stream().filter(known -> known.isOf(service)).limit(1)
                    .forEach(known -> Exposure.open(service.service(), known.ports()).ifPresent(port -> found.add(
                            finding(service, known.severity(), port.where(), service.name() + ": port " + port
                                    + " is open " + Exposure.address(port) + " and gives " + known.gives(),
                                    fix(port)))));
            insecureApi(service).flatMap(_ -> Exposure.open(service.service(), List.of(TRAEFIK_API)))
                    .ifPresent(port -> found.add(finding(service, port.where(), service.name() + ": port " + port
                            + " is open " + Exposure.address(port) + " and gives Traefik's routes without a login, "
                            + "as api.insecure is on",
                            "Switch api.insecure off, or bind the port: 127.0.0.1:"
                                    + port.published().orElse("8080") + ":8080")));
        });
        return found.stream();
    }

    private static String fix(Port port) {
        return "Bind it: 127.0.0.1:" + port.published().orElse(String.valueOf(port.target())) + ":" + port.target();
    }

    private static Optional<Location> insecureApi(Recognised service) {
        return service.is("traefik")
                ? service.service().start().stream()
                        .filter(word -> word.value().replace(" ", "")
                                .matches("(?i)--api\\.insecure(=true)?"))
                        .map(word -> word.where()).findFirst()
                : Optional.empty();
    }
}
