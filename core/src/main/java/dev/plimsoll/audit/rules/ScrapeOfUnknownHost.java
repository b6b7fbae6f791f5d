package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

/// Prometheus scrapes a host name that the stack does not have.
public final class ScrapeOfUnknownHost implements Rule {
    @Override
    public About about() {
        return new About("OBS012", "scrape-of-unknown-host", Severity.MEDIUM, Confidence.CERTAIN,
                "Scrape targets name hosts that are no service of the stack.",
                "A plain name is resolved on the stack's own networks only. These targets are always down, "
                        + "and `up == 0` fires for ever.",
                "Correct the name or remove the job.",
                "https://docs.docker.com/compose/how-tos/networking/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return Monitored.readable(inventory).flatMap(monitored -> {
            var lost = monitored.scrapes().filter(scrape -> scrape.target().isPlainName()
                    && monitored.around().isUnknown(scrape.target().host())).toList();
            return lost.stream().limit(1).map(first -> finding(monitored.service(), first.target().where(),
                    Monitored.joined(lost.stream().map(scrape -> scrape.target() + " (job " + scrape.job().name()
                            + ")").toList()) + (lost.size() == 1 ? " is" : " are") + " no service of the stack",
                    "Add the service, correct the name, or remove the job"));
        });
    }
}
