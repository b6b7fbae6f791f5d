package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import java.util.Optional;
import java.util.stream.Stream;

public final class SwitchedOffSearchSecurity implements Rule {
    @Override
    public About about() {
        return new About("SEC016", "disabled-search-security", Severity.LOW, Confidence.CERTAIN,
                "The security of Elasticsearch or OpenSearch is switched off.",
                "Every container of its networks reads and deletes every index. An open port is reported as "
                        + "published-database.",
                "Leave security on and set a password, or keep the service on a network of its own.",
                "https://www.elastic.co/docs/deploy-manage/security");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("elasticsearch")
                .filter(service -> Exposure.open(service.service(), service.kind().ports()).isEmpty())
                .flatMap(service -> off(service).map(value -> finding(service, value.where(), service.name()
                        + " serves every container of its networks without a login",
                        "Switch security on, or keep it on a network of its own"))
                        .stream());
    }

    private static Optional<Located<String>> off(Recognised service) {
        return service.service().variable("xpack.security.enabled")
                .filter(value -> value.value().equalsIgnoreCase("false"))
                .or(() -> service.service().variable("DISABLE_SECURITY_PLUGIN")
                        .filter(value -> value.value().equalsIgnoreCase("true")))
                .or(() -> service.service().variable("plugins.security.disabled")
                        .filter(value -> value.value().equalsIgnoreCase("true")));
    }
}
