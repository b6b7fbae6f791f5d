package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.stack.Port;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

public final class PublishedDatabase implements Rule {
    /// Data services Plimsoll has no kind for, by the last part of the image's name.
    private static final Map<String, List<Integer>> OTHERS = Map.ofEntries(Map.entry("neo4j", List.of(7687, 7474)),
            Map.entry("cassandra", List.of(9042)), Map.entry("scylla", List.of(9042)),
            Map.entry("couchdb", List.of(5984)), Map.entry("cockroach", List.of(26257)),
            Map.entry("arangodb", List.of(8529)), Map.entry("milvus", List.of(19530)),
            Map.entry("chroma", List.of(8000)), Map.entry("zookeeper", List.of(2181)),
            Map.entry("cp-zookeeper", List.of(2181)), Map.entry("surrealdb", List.of(8000)),
            Map.entry("rethinkdb", List.of(28015)), Map.entry("questdb", List.of(8812, 9009)));
    private static final List<Integer> CONSOLES = List.of(9001, 15672);

    @Override
    public About about() {
        return new About("SEC001", "published-database", Severity.CRITICAL, Confidence.CERTAIN,
                "A data service is open to other machines.",
                "A port published without an address is open on every interface, and Docker's rules come before ufw's. "
                        + "Open databases are found by scanners within hours. Critical without a password or with a "
                        + "well-known one; high with a password; search, vector and object stores one step lower.",
                "Remove the port: services of the stack reach each other without it. For access from the server "
                        + "itself write 127.0.0.1:5432:5432.",
                "https://docs.docker.com/engine/network/packet-filtering-firewalls/#docker-and-ufw");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().flatMap(service -> port(service).map(port -> open(service, port))
                .or(() -> onHostNetwork(service)).stream());
    }

    private Finding open(Recognised service, Port port) {
        var login = Login.of(service);
        var usual = severity(service, login.strength());
        var isPicked = port.published().isEmpty();
        return finding(service, isPicked && usual == Severity.CRITICAL ? Severity.HIGH : usual, port.where(),
                service.name() + ": port " + port + (isPicked ? ", under a number the engine picks," : "")
                        + " is open " + Exposure.address(port) + ", " + login.words(),
                "Remove the port, or bind it: 127.0.0.1:" + port.published().orElse(String.valueOf(port.target()))
                        + ":" + port.target());
    }

    private static Optional<Port> port(Recognised service) {
        var definition = service.service();
        if (!service.role().isStateful()) {
            var ports = service.clues().image().flatMap(image -> Optional.ofNullable(OTHERS.get(image.name())));
            return ports.flatMap(targets -> Exposure.open(definition, targets));
        }
        var known = service.kind().ports().stream().filter(port -> !CONSOLES.contains(port)).toList();
        var ownPort = Exposure.open(definition, known);
        return ownPort.isPresent() || !service.is("postgres", "mysql", "redis", "mongo", "memcached")
                ? ownPort
                : Exposure.open(definition).stream().filter(port -> port.protocol().equals("tcp")
                        && port.target() != 8001 && port.target() != 8008).findFirst();
    }

    private Optional<Finding> onHostNetwork(Recognised service) {
        var isLocal = Login.anyWord(service, "127.0.0.1") || Login.anyWord(service, "localhost")
                || service.settings().value("bind").filter(address -> address.contains("127.0.0.1")).isPresent()
                || service.settings().value("listen_addresses").filter(address -> address.contains("localhost")
                        || address.contains("127.0.0.1")).isPresent();
        return service.role().isStateful() && Exposure.usesHostNetwork(service.service()) && !isLocal
                ? service.service().networkMode().map(mode -> finding(service, severity(service,
                        Login.of(service).strength()), mode.where(),
                        service.name()
                                + ": network_mode host opens its port on every interface of the server, "
                                + Login.of(service).words(),
                        "Put it on a network of the stack, or make it listen on 127.0.0.1"))
                : Optional.empty();
    }

    private static Severity severity(Recognised service, Login.Strength strength) {
        var isPlainDatabase = service.is("postgres", "mysql", "sqlserver", "redis", "mongo", "elasticsearch",
                "clickhouse");
        var isEndpoint = service.role() == Role.STORAGE || service.role() == Role.SEARCH
                || service.role() == Role.BROKER && !service.is("redis");
        return switch (strength) {
            case NONE, WEAK -> isPlainDatabase ? Severity.CRITICAL : Severity.HIGH;
            case PRESENT -> isEndpoint ? Severity.MEDIUM : Severity.HIGH;
        };
    }
}
