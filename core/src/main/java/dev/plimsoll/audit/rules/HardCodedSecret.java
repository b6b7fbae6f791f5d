package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Location;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

public final class HardCodedSecret implements Rule {
    private static final int SHORTEST = 8;

    @Override
    public About about() {
        return new About("SEC005", "hard-coded-secret", Severity.LOW, Confidence.LIKELY,
                "Secrets are written into the Compose file.",
                "The file is meant for the repository, and whoever reads it, or its history, has the secrets.",
                "Write ${NAME:?} and keep the value in an .env file that is not committed, or in a secret.",
                "https://docs.docker.com/compose/how-tos/use-secrets/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var services = new ArrayList<Recognised>();
        var names = new LinkedHashSet<String>();
        Set<Location> places = new TreeSet<>();
        inventory.running().forEach(service -> service.service().environment().forEach((name, value) -> {
            if (Secrets.isSecretName(name) && looksSecret(value.value())
                    && !Secrets.isWeak(service.service(), name, value.value())
                    && Written.isLiteral(inventory.stack(), value)) {
                if (!services.contains(service)) {
                    services.add(service);
                }
                names.add(name);
                places.add(value.where());
            }
        }));
        return services.isEmpty()
                ? Stream.empty()
                : Stream.of(Grouped.finding(this, Severity.LOW, List.copyOf(services), places.iterator().next(),
                        "Secrets stand in the Compose file: " + String.join(", ", names) + " ("
                                + Grouped.names(services) + ")",
                        "Write ${" + names.getFirst() + ":?} and keep the value outside the repository"));
    }

    private static boolean looksSecret(String value) {
        return value.length() >= SHORTEST && !value.contains(" ") && !value.startsWith("/") && !value.contains("://")
                && !value.contains("$");
    }
}
