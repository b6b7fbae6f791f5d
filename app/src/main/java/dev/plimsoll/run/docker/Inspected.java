package dev.plimsoll.run.docker;

import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Container.MountedAt;
import dev.plimsoll.observe.Container.PublishedPort;
import dev.plimsoll.render.OwnProject;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What `docker inspect` says about one container.
///
/// @param pid of its main process on the engine's machine; 0 when it does not run
/// @param addresses in its networks
/// @param directory the rendered directory it was started from; empty for other containers
record Inspected(Container container, long pid, List<String> addresses, String directory) {
    private static final int NANOS_PER_MILLICORE = 1_000_000;

    /// @param json the output of `docker inspect`
    static List<Inspected> all(String json) {
        return JsonMapper.shared().readTree(json).valueStream().map(Inspected::of)
                .sorted(Comparator.comparing((Inspected one) -> one.container.service())
                        .thenComparingInt(one -> one.container.number()))
                .toList();
    }

    private static Inspected of(JsonNode node) {
        var labels = node.path("Config").path("Labels");
        var networks = node.path("NetworkSettings").path("Networks").valueStream()
                .map(network -> network.path("IPAddress").asString("")).filter(address -> !address.isEmpty()).toList();
        return new Inspected(container(node, labels), node.path("State").path("Pid").asLong(0), networks,
                labels.path(OwnProject.DIRECTORY_LABEL).asString(""));
    }

    private static Container container(JsonNode node, JsonNode labels) {
        var state = node.path("State");
        var config = node.path("Config");
        var host = node.path("HostConfig");
        var status = state.path("Status").asString("");
        var started = instant(state.path("StartedAt").asString(""));
        var exit = started.isPresent() && !state.path("Running").asBoolean(false)
                ? Optional.of(state.path("ExitCode").asInt(0))
                : Optional.<Integer>empty();
        return new Container(labels.path("com.docker.compose.service").asString(""),
                number(labels.path("com.docker.compose.container-number").asString("1")), node.path("Id").asString(""),
                config.path("Image").asString(""), status, word(state.path("Health").path("Status"), "none"),
                node.path("RestartCount").asInt(0), started, exit, state.path("OOMKilled").asBoolean(false),
                size(host.path("Memory")), size(host.path("MemoryReservation")), size(host.path("MemorySwap")),
                cpus(host), Optional.of(host.path("PidsLimit").asLong(0)).filter(limit -> limit > 0),
                size(host.path("ShmSize")), host.path("OomScoreAdj").asInt(0),
                host.path("RestartPolicy").path("Name").asString(""), hasHealthcheck(config),
                environment(config.path("Env")), command(node), mounts(node.path("Mounts")),
                ports(node.path("NetworkSettings").path("Ports")));
    }

    private static boolean hasHealthcheck(JsonNode config) {
        var test = config.path("Healthcheck").path("Test");
        return !test.isEmpty() && !test.path(0).asString("").equals("NONE");
    }

    private static Optional<Millicores> cpus(JsonNode host) {
        var nanos = host.path("NanoCpus").asLong(0);
        var quota = host.path("CpuQuota").asLong(0);
        var period = Math.max(1, host.path("CpuPeriod").asLong(100_000));
        var millicores = nanos > 0 ? nanos / NANOS_PER_MILLICORE : quota > 0 ? quota * 1000 / period : 0;
        return millicores > 0 ? Optional.of(new Millicores((int) millicores)) : Optional.empty();
    }

    private static Map<String, String> environment(JsonNode list) {
        var environment = new LinkedHashMap<String, String>();
        list.valueStream().map(entry -> entry.asString("").split("=", 2))
                .forEach(pair -> environment.put(pair[0], pair.length > 1 ? pair[1] : ""));
        return environment;
    }

    private static List<String> command(JsonNode node) {
        var words = new ArrayList<>(List.of(node.path("Path").asString("")));
        node.path("Args").valueStream().forEach(word -> words.add(word.asString("")));
        return words;
    }

    private static List<MountedAt> mounts(JsonNode mounts) {
        return mounts.valueStream().map(mount -> {
            var type = mount.path("Type").asString("");
            return new MountedAt(type, mount.path(type.equals("volume") ? "Name" : "Source").asString(""),
                    mount.path("Destination").asString(""), mount.path("RW").asBoolean(true));
        }).sorted(Comparator.comparing(MountedAt::target)).toList();
    }

    /// From `{"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8080"}]}`.
    private static List<PublishedPort> ports(JsonNode ports) {
        return ports.propertyStream().flatMap(port -> port.getValue().valueStream()
                .map(binding -> new PublishedPort(binding.path("HostIp").asString(""),
                        number(binding.path("HostPort").asString("")), number(port.getKey().split("/", 2)[0]))))
                .filter(port -> port.published() > 0)
                .sorted(Comparator.comparingInt(PublishedPort::target).thenComparing(PublishedPort::hostIp)).toList();
    }

    /// Zero and -1 stand for none.
    private static Optional<MemorySize> size(JsonNode node) {
        var bytes = node.asLong(0);
        return bytes > 0 ? Optional.of(MemorySize.ofBytes(bytes)) : Optional.empty();
    }

    private static Optional<String> word(JsonNode node, String none) {
        return Optional.of(node.asString("")).filter(text -> !text.isEmpty() && !text.equals(none));
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    /// The engine writes the year 1 for never.
    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text)).filter(time -> time.isAfter(Instant.EPOCH));
        } catch (DateTimeException never) {
            return Optional.empty();
        }
    }
}
