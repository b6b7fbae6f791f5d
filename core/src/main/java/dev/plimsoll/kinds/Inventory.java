package dev.plimsoll.kinds;

import dev.plimsoll.prometheus.PrometheusServer;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Problem;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A stack on a host, with every active service recognised: what audit and plan work on.
///
/// @param services in the order of the Compose files
/// @param prometheus what each Prometheus among them loads, by service; many rules look at it, and it is read once
public record Inventory(Stack stack, Host host, List<Recognised> services, Map<String, PrometheusServer> prometheus) {
    public Inventory {
        services = List.copyOf(services);
        prometheus = Map.copyOf(prometheus);
    }

    public Inventory(Stack stack, Host host, List<Recognised> services) {
        this(stack, host, services, services.stream().filter(service -> service.is("prometheus")).collect(Collectors
                .toMap(Recognised::name, service -> PrometheusServer.of(stack, service.service()))));
    }

    /// @throws InputException when a hint is wrong or a config file cannot be read
    public static Inventory of(Stack stack, Host host) {
        var recognised = new ArrayList<Recognised>();
        var problems = new ArrayList<Problem>();
        for (var service : stack.services().values()) {
            try {
                var hints = ServiceHints.of(service);
                var clues = clues(stack, service, hints);
                var kind = Kinds.of(clues, hints);
                recognised.add(
                        new Recognised(service, kind, kind.role(), clues, kind.settings(stack, clues),
                                hints.checkedFor(kind),
                                Calibrated.NONE, 0));
            } catch (InputException bad) {
                problems.addAll(bad.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
        var plain = new Inventory(stack, host, recognised, Map.of());
        return new Inventory(stack, host, recognised.stream().map(service -> service.is("postgres")
                ? service.pooled(Poolers.connections(service, plain))
                : Roles.refine(service, plain)).toList());
    }

    /// By what it is built on, unless only the name that it is given tells something.
    private static Clues clues(Stack stack, Service service, ServiceHints hints) {
        var clues = Clues.of(stack, service);
        return Kinds.of(clues, hints).id().equals(Unknown.ID)
                ? clues.byGivenName().filter(given -> !Kinds.of(given, hints).id().equals(Unknown.ID)).orElse(clues)
                : clues;
    }

    /// The same stack on another host.
    public Inventory on(Host other) {
        return new Inventory(stack, other, services, prometheus);
    }

    /// The same stack with what was measured of it. Measurements of services it does not have say nothing.
    public Inventory calibrated(Calibration calibration) {
        return new Inventory(stack, host, services.stream().map(service -> service.calibrated(calibration.of(service
                .name()))).toList(), prometheus);
    }

    /// Hints that change nothing, in the order of the Compose files.
    public List<Problem> unheededHints() {
        return running().flatMap(service -> ServiceHints.unheeded(service).stream()).toList();
    }

    /// Services that run at least one container.
    public Stream<Recognised> running() {
        return services.stream().filter(service -> service.replicas() > 0);
    }

    /// Running services of the kinds with these ids.
    public Stream<Recognised> ofKind(String... kindIds) {
        return running().filter(service -> service.is(kindIds));
    }

    public Optional<Recognised> named(String name) {
        return services.stream().filter(service -> service.name().equals(name)).findFirst();
    }

    /// All containers that run.
    public int containers() {
        return running().mapToInt(Recognised::replicas).sum();
    }

    /// Running services that name this one in their environment or command, or depend on it.
    public List<Recognised> clientsOf(Recognised target) {
        return running().filter(service -> !service.name().equals(target.name()))
                .filter(service -> mentions(service, target.service()) || service.service().dependencies().stream()
                        .anyMatch(dependency -> dependency.service().equals(target.name())))
                .toList();
    }

    /// Those of [#clientsOf] and the services that would be among them if they ran: without a container for now, or
    /// behind a profile that is not active.
    public List<Service> everyClientOf(Recognised target) {
        return stack.everyService().filter(service -> !service.name().equals(target.name()))
                .filter(service -> mentions(Clues.of(stack, service), target.service())
                        || service.dependencies().stream()
                                .anyMatch(dependency -> dependency.service().equals(target.name())))
                .toList();
    }

    /// Whether a service's environment or command names another one as a host.
    public static boolean mentions(Recognised service, Service target) {
        return mentions(service.clues(), target);
    }

    private static boolean mentions(Clues clues, Service target) {
        var names = new ArrayList<>(List.of(target.name()));
        target.text("container_name").ifPresent(name -> names.add(name.value()));
        target.text("hostname").ifPresent(name -> names.add(name.value()));
        return names.stream().anyMatch(name -> {
            var host = Pattern.compile("(?:^|[/@=,;\\s\"'\\[(])" + Pattern.quote(name) + "(?:$|[:/,;?\\s\"'\\])])");
            return clues.service().environment().entrySet().stream()
                    .filter(entry -> !entry.getKey().startsWith("COMPOSE_"))
                    .anyMatch(entry -> host.matcher(entry.getValue().value()).find())
                    || clues.invocations().stream().flatMap(run -> run.arguments().stream())
                            .anyMatch(word -> host.matcher(word.value()).find());
        });
    }
}
