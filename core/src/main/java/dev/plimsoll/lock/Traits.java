package dev.plimsoll.lock;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Service;
import dev.plimsoll.units.Durations;
import dev.plimsoll.yaml.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a container is run, in words that Compose files and the engine can both be brought to.
///
/// @param options by their names in Compose files; one that is not said is left to the image or the engine
/// @param grants what it may do beyond a plain container: `privileged`, `capability NET_ADMIN`, `the host's network`
/// @param environment variables with their values, which may be secrets
public record Traits(Map<String, String> options, List<String> grants, Map<String, String> environment) {
    public static final Traits NONE = new Traits(Map.of(), List.of(), Map.of());

    public static final String LOGGING = "logging";
    public static final String STOP = "stop_grace_period";
    public static final String COMMAND = "command";
    public static final String HEALTHCHECK = "healthcheck";
    /// Whether it has any: `connected` or `none`.
    public static final String NETWORKS = "networks";
    public static final String CONNECTED = "connected";
    public static final String ENTRYPOINT = "entrypoint";
    public static final String READ_ONLY = "read_only";
    /// Nobody leaves it to an image.
    private static final String OOM_SCORE = "oom_score_adj";
    /// Taken as they are.
    private static final List<String> PLAIN = List.of(OOM_SCORE, "cpu_shares", "user");
    /// Where Compose files share a namespace of the host's, and how that is called here.
    private static final Map<String, String> SHARED = Map.of("network_mode", "network", "pid", "processes", "ipc",
            "shared memory", "userns_mode", "users");

    public Traits {
        options = Collections.unmodifiableMap(new TreeMap<>(options));
        grants = List.copyOf(grants);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /// What the Compose files ask for.
    static Traits of(Service service) {
        var options = new TreeMap<String, String>();
        options.put(OOM_SCORE, "0");
        PLAIN.forEach(name -> service.text(name).ifPresent(text -> options.put(name, text.value())));
        service.text(READ_ONLY).filter(flag -> flag.value().equals("true")).ifPresent(flag -> options.put(READ_ONLY,
                "true"));
        service.text(STOP).flatMap(text -> Durations.parse(text.value())).ifPresent(time -> options.put(STOP, String
                .valueOf(time.toSeconds())));
        service.text("logging", "driver").ifPresent(driver -> options.put(LOGGING, logging(driver.value(), service
                .mapping("logging", "options").map(Traits::texts).orElse(Map.of()))));
        service.healthcheck().filter(check -> !check.disabled() && !check.test().isEmpty())
                .ifPresent(check -> options.put(
                        HEALTHCHECK, line(check.test().stream())));
        if (service.networkMode().isEmpty()) {
            options.put(NETWORKS, CONNECTED);
        }
        service.command().filter(words -> !words.isEmpty()).ifPresent(words -> options.put(COMMAND, line(words)));
        service.entrypoint().filter(words -> !words.isEmpty()).ifPresent(words -> options.put(ENTRYPOINT, line(words)));
        var environment = new LinkedHashMap<String, String>();
        service.environment().forEach((name, value) -> environment.put(name, value.value()));
        return new Traits(options, grants(service), environment);
    }

    private static Map<String, String> texts(Node.Mapping mapping) {
        return mapping.entries().entrySet().stream().flatMap(entry -> entry.getValue().asScalar().stream().map(
                scalar -> Map.entry(entry.getKey(), scalar.text()))).collect(Collectors.toMap(Map.Entry::getKey,
                        Map.Entry::getValue));
    }

    private static String line(List<Located<String>> words) {
        return line(words.stream().map(Located::value));
    }

    /// Words of a command, as one option.
    public static String line(Stream<String> words) {
        return words.map(word -> word.matches("\\S+") ? word : "\"" + word + "\"").collect(Collectors.joining(" "));
    }

    /// `json-file max-file=3 max-size=10m`
    public static String logging(String driver, Map<String, String> options) {
        return Stream.concat(Stream.of(driver), new TreeMap<>(options).entrySet().stream().map(entry -> entry.getKey()
                + "=" + entry.getValue())).collect(Collectors.joining(" "));
    }

    private static List<String> grants(Service service) {
        var grants = new ArrayList<String>();
        if (service.isPrivileged()) {
            grants.add(privileged());
        }
        list(service, "cap_add").forEach(name -> grants.add(capability(name)));
        list(service, "security_opt").forEach(option -> grants.add(security(option)));
        SHARED.forEach((key, what) -> service.text(key).filter(mode -> mode.value().equals("host")).ifPresent(
                mode -> grants.add(shared(what))));
        list(service, "devices").forEach(device -> grants.add(device(device)));
        return grants.stream().distinct().sorted().toList();
    }

    private static Stream<String> list(Service service, String key) {
        return service.node(key).flatMap(Node::asSequence).stream().flatMap(list -> list.items().stream()).flatMap(
                item -> item.asScalar().map(Node.Scalar::text).or(() -> item.asMapping().flatMap(mapping -> mapping.get(
                        "source")).flatMap(Node::asScalar).map(Node.Scalar::text)).stream());
    }

    public static String privileged() {
        return "privileged";
    }

    public static String capability(String name) {
        return "capability " + name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
    }

    /// The engine knows two ways to write one, and Compose reads a profile's file, so that the engine has its text.
    public static String security(String option) {
        var one = option.replaceFirst("^([a-z-]+):", "$1=");
        return "security option " + (one.startsWith("seccomp=") && !one.equals("seccomp=unconfined")
                ? "seccomp=profile"
                : one);
    }

    /// @param what `network`, `processes`, `shared memory`, `users`
    public static String shared(String what) {
        return "the host's " + what;
    }

    public static String device(String path) {
        return "device " + path.replaceFirst(":.*", "");
    }
}
