package dev.plimsoll.run.docker;

import dev.plimsoll.lock.Traits;
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
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What `docker inspect` says about one container.
///
/// @param pid of its main process on the engine's machine; 0 when it does not run
/// @param addresses in its networks
/// @param directory the rendered directory it was started from; empty for other containers
record Inspected(Container container, long pid, List<String> addresses, String directory) {
    private static final int NANOS_PER_MILLICORE = 1_000_000;
    /// Seconds that the engine waits after the stop signal when nothing is said.
    private static final int USUAL_STOP = 10;
    /// Namespaces that a container may share with its host.
    private static final Map<String, String> NAMESPACES = Map.of("NetworkMode", "network", "PidMode", "processes",
            "IpcMode", "shared memory", "UsernsMode", "users");

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
                environment(config.path("Env")), command(node), mounts(node),
                ports(node.path("NetworkSettings").path("Ports")))
                .running(traits(config, host, node.path("NetworkSettings").path("Networks")));
    }

    private static Traits traits(JsonNode config, JsonNode host, JsonNode networks) {
        var options = new LinkedHashMap<String, String>();
        options.put("oom_score_adj", String.valueOf(host.path("OomScoreAdj").asInt(0)));
        options.put("cpu_shares", String.valueOf(host.path("CpuShares").asInt(0)));
        options.put("user", config.path("User").asString(""));
        options.put(Traits.READ_ONLY, String.valueOf(host.path("ReadonlyRootfs").asBoolean(false)));
        options.put(Traits.STOP, String.valueOf(config.path("StopTimeout").asInt(USUAL_STOP)));
        var log = host.path("LogConfig");
        var logOptions = new LinkedHashMap<String, String>();
        log.path("Config").propertyStream().forEach(entry -> logOptions.put(entry.getKey(), entry.getValue().asString(
                "")));
        options.put(Traits.LOGGING, Traits.logging(log.path("Type").asString(""), logOptions));
        options.put(Traits.HEALTHCHECK, Traits.line(texts(config.path("Healthcheck").path("Test"))));
        options.put(Traits.NETWORKS, networks.isEmpty() ? "none" : Traits.CONNECTED);
        options.put(Traits.COMMAND, Traits.line(texts(config.path("Cmd"))));
        options.put(Traits.ENTRYPOINT, Traits.line(texts(config.path("Entrypoint"))));
        return new Traits(options, grants(host), Map.of());
    }

    private static Stream<String> texts(JsonNode list) {
        return list.valueStream().map(word -> word.asString(""));
    }

    private static List<String> grants(JsonNode host) {
        var grants = new ArrayList<String>();
        if (host.path("Privileged").asBoolean(false)) {
            grants.add(Traits.privileged());
        } else {
            texts(host.path("SecurityOpt")).forEach(option -> grants.add(Traits.security(option)));
        }
        texts(host.path("CapAdd")).forEach(name -> grants.add(Traits.capability(name)));
        NAMESPACES.forEach((key, what) -> {
            if (host.path(key).asString("").equals("host")) {
                grants.add(Traits.shared(what));
            }
        });
        host.path("Devices").valueStream().forEach(device -> grants.add(Traits.device(device.path("PathOnHost")
                .asString(""))));
        return grants.stream().distinct().sorted().toList();
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

    /// A tmpfs lies over what else is mounted at its place.
    private static List<MountedAt> mounts(JsonNode node) {
        var memory = node.path("HostConfig").path("Tmpfs").propertyStream().map(Map.Entry::getKey).toList();
        return Stream.concat(memory.stream().map(target -> new MountedAt("tmpfs", "memory", target, true)), mounted(node
                .path("Mounts")).filter(mount -> !memory.contains(mount.target()))).sorted(Comparator.comparing(
                        MountedAt::target))
                .toList();
    }

    private static Stream<MountedAt> mounted(JsonNode mounts) {
        return mounts.valueStream().map(mount -> {
            var type = mount.path("Type").asString("");
            return new MountedAt(type, mount.path(type.equals("volume") ? "Name" : "Source").asString(""),
                    mount.path("Destination").asString(""), mount.path("RW").asBoolean(true));
        });
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
