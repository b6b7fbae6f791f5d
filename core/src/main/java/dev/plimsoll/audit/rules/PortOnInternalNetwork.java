package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.yaml.Node;
import java.util.Set;
import java.util.stream.Stream;

public final class PortOnInternalNetwork implements Rule {
    @Override
    public About about() {
        return new About("REL028", "port-on-internal-network", Severity.HIGH, Confidence.LIKELY,
                "A service publishes ports, and all of its networks are internal.",
                "The engine gives such a container no port on the server: nobody reaches it from outside, and it "
                        + "reaches nobody there.",
                "Give the service one more network, without `internal`; the others stay as they are.",
                "https://github.com/moby/moby/issues/36174");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var shut = inventory.running().filter(service -> !service.service().ports().isEmpty()
                && isShut(inventory.stack(), service)).toList();
        return shut.stream().limit(1).map(first -> Grouped.finding(this, Severity.HIGH, shut,
                first.service().ports().getFirst().where(), Grouped.names(shut) + (shut.size() == 1
                        ? " publishes ports and is"
                        : " publish ports and are") + " on internal networks only, so the ports are not reachable",
                "Add a network without internal: true to " + (shut.size() == 1 ? first.name() : "each")));
    }

    private static boolean isShut(Stack stack, Recognised service) {
        var names = service.service().mapping("networks").map(named -> named.entries().keySet())
                .filter(named -> !named.isEmpty()).orElse(Set.of("default"));
        return service.service().networkMode().isEmpty() && names.stream().allMatch(name -> stack.networks().get(name)
                .flatMap(Node::asMapping).filter(PortOnInternalNetwork::isInternalBridge).isPresent());
    }

    /// Overlay networks are left alone: Swarm publishes ports on a network of its own.
    private static boolean isInternalBridge(Node.Mapping network) {
        return is(network, "internal", "true") && !network.entries().containsKey("external")
                && (!network.entries().containsKey("driver") || is(network, "driver", "bridge"));
    }

    private static boolean is(Node.Mapping network, String key, String value) {
        return network.get(key).flatMap(Node::asScalar).filter(text -> text.text().equals(value)).isPresent();
    }
}
