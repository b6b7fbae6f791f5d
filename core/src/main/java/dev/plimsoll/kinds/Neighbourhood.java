package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Service;
import dev.plimsoll.yaml.Node;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The hosts that a service can reach by name inside the stack.
public record Neighbourhood(Inventory inventory, Recognised service) {
    /// The service behind a host name.
    public Optional<Recognised> at(String host) {
        return inventory.services().stream().filter(other -> names(other.service()).anyMatch(host::equals)).findFirst();
    }

    /// Whether `localhost` is the container itself and nothing else.
    public boolean isIsolated() {
        return service.service().networkMode().filter(mode -> mode.value().equals("host")
                || mode.value().startsWith("service:") || mode.value().startsWith("container:")).isEmpty()
                && inventory.services().stream().noneMatch(other -> other.service().networkMode()
                        .filter(mode -> mode.value().equals("service:" + service.name())).isPresent());
    }

    /// Whether a plain host name can certainly not be resolved.
    public boolean isUnknown(String host) {
        return isIsolated() && at(host).isEmpty()
                && inventory.stack().inactive().values().stream().flatMap(Neighbourhood::names).noneMatch(host::equals)
                && !isContainer(host) && !joinsForeignNetwork() && !isExtraHost(host);
    }

    /// Whether it is a name that Compose itself gives: project, service and number.
    private boolean isContainer(String host) {
        return inventory.stack().services().keySet().stream()
                .anyMatch(name -> host.matches(".+[-_]" + Pattern.quote(name) + "[-_]\\d+"));
    }

    /// Whether the service and another one, which both have a network of their own, share one.
    public boolean shares(Recognised other) {
        var networks = networks(service.service());
        return networks(other.service()).stream().anyMatch(networks::contains);
    }

    private static Set<String> networks(Service service) {
        if (service.networkMode().isPresent()) {
            return Set.of();
        }
        return service.mapping("networks").map(networks -> networks.entries().keySet()).filter(names -> !names
                .isEmpty()).orElse(Set.of("default"));
    }

    private static Stream<String> names(Service service) {
        var fixed = Stream.of(service.text("container_name"), service.text("hostname")).flatMap(Optional::stream)
                .map(Located::value);
        var aliases = service.mapping("networks").stream().flatMap(networks -> networks.entries().values().stream())
                .flatMap(network -> network.asMapping().stream()).flatMap(network -> network.get("aliases").stream())
                .flatMap(list -> list.asSequence().stream()).flatMap(list -> list.items().stream())
                .flatMap(alias -> alias.asScalar().stream()).map(Node.Scalar::text);
        return Stream.concat(Stream.concat(Stream.of(service.name()), fixed), aliases);
    }

    /// Whether a network of the service belongs to another project.
    public boolean joinsForeignNetwork() {
        var networks = inventory.stack().networks();
        return service.service().mapping("networks").stream().flatMap(own -> own.entries().keySet().stream())
                .flatMap(name -> networks.get(name).stream()).flatMap(network -> network.asMapping().stream())
                .flatMap(network -> network.get("external").stream())
                .anyMatch(flag -> flag.asScalar().filter(text -> text.text().equals("false")).isEmpty());
    }

    private boolean isExtraHost(String host) {
        return Stream.of("extra_hosts", "links", "external_links").flatMap(key -> service.service().node(key).stream())
                .anyMatch(node -> switch (node) {
                    case Node.Mapping mapping -> mapping.entries().containsKey(host);
                    case Node.Sequence list -> list.items().stream().flatMap(item -> item.asScalar().stream())
                            .anyMatch(item -> item.text().startsWith(host + ":") || item.text().startsWith(host + "=")
                                    || item.text().endsWith(":" + host));
                    case Node.Scalar _ -> false;
                });
    }
}
