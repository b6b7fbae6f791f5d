package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

public final class OpenGrafana implements Rule {
    @Override
    public About about() {
        return new About("SEC012", "open-grafana", Severity.MEDIUM, Confidence.CERTAIN,
                "A Grafana setting gives visitors more than they need.",
                "With sanitising off, whoever edits a text panel runs scripts in the browsers of all who look at "
                        + "it. An "
                        + "anonymous Admin or Editor changes data sources and reads through them. High when anonymous "
                        + "visitors of an open port are Admin; low for open sign-up.",
                "Remove the setting; give anonymous visitors the role Viewer at most.",
                "https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().filter(service -> service.service().environment().keySet().stream()
                .anyMatch(name -> name.startsWith("GF_"))).flatMap(service -> {
                    var found = new ArrayList<Finding>();
                    on(service, "GF_PANELS_DISABLE_SANITIZE_HTML").ifPresent(where -> found.add(finding(service,
                            where, "GF_PANELS_DISABLE_SANITIZE_HTML lets any editor's panel run scripts in every "
                                    + "visitor's browser",
                            "Remove GF_PANELS_DISABLE_SANITIZE_HTML")));
                    anonymous(service).ifPresent(found::add);
                    on(service, "GF_USERS_ALLOW_SIGN_UP").filter(_ -> !Exposure.open(service.service()).isEmpty())
                            .ifPresent(where -> found.add(finding(service, Severity.LOW, where,
                                    "Anyone who reaches Grafana can make an account",
                                    "Set GF_USERS_ALLOW_SIGN_UP to false")));
                    return found.stream();
                });
    }

    private Optional<Finding> anonymous(Recognised service) {
        var role = service.service().variable("GF_AUTH_ANONYMOUS_ORG_ROLE").map(Located::value).orElse("Viewer");
        if (!role.equalsIgnoreCase("Admin") && !role.equalsIgnoreCase("Editor")) {
            return Optional.empty();
        }
        return on(service, "GF_AUTH_ANONYMOUS_ENABLED").map(where -> finding(service,
                Exposure.open(service.service()).isEmpty() ? Severity.MEDIUM : Severity.HIGH, where,
                "Visitors of Grafana are " + role.toLowerCase(Locale.ROOT) + " without a login",
                "Set GF_AUTH_ANONYMOUS_ORG_ROLE to Viewer, or switch anonymous access off"));
    }

    private static Optional<Location> on(Recognised service, String variable) {
        return service.service().variable(variable)
                .filter(value -> value.value().strip().equalsIgnoreCase("true") || value.value().equals("1"))
                .map(Located::where);
    }
}
