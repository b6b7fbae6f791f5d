package dev.plimsoll.stack;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import dev.plimsoll.yaml.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One service of a loaded stack. The common parts are read once; everything else is in [#definition].
///
/// @param name the key below `services`
/// @param where the line of that key
/// @param definition the service after interpolation, merging and expansion of short forms
/// @param environment what the container gets, env files and the `ENV` of its Dockerfile included; a variable passed
/// through without a value is absent
/// @param dependencies written ones first, then those that `links`, `volumes_from` and the like imply
/// @param built what its Dockerfile says, where it is built from one that can be read
public record Service(String name, Location where, Node.Mapping definition,
        Map<String, Located<String>> environment, List<Port> ports, List<Mount> mounts, List<FileReference> files,
        List<Dependency> dependencies, Optional<BuiltImage> built) {
    public Service {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        ports = List.copyOf(ports);
        mounts = List.copyOf(mounts);
        files = List.copyOf(files);
        dependencies = List.copyOf(dependencies);
    }

    public Optional<Located<String>> image() {
        return text("image").filter(image -> !image.value().isBlank());
    }

    public Optional<Image> imageReference() {
        return image().map(image -> Image.of(image.value()));
    }

    public boolean isBuilt() {
        return definition.get("build").isPresent();
    }

    /// The image whose programs it has: the base of what is built here, or the image that is named.
    public Optional<Image> foundation() {
        return built.flatMap(BuiltImage::base).map(base -> Image.of(base.value())).or(this::imageReference);
    }

    /// All words that the container starts with, as far as the Compose files and the Dockerfile tell.
    public List<Located<String>> start() {
        var own = entrypoint();
        var words = new ArrayList<>(own.or(() -> built.flatMap(BuiltImage::entrypoint)).orElse(List.of()));
        // Who gives a container another entrypoint does away with the image's command too.
        var kept = own.filter(found -> !found.isEmpty()).isPresent()
                ? Optional.<List<Located<String>>>empty()
                : built.flatMap(BuiltImage::command);
        words.addAll(command().filter(found -> !found.isEmpty()).or(() -> kept).orElse(List.of()));
        return words;
    }

    /// Where its programs start: `/` when neither the Compose files nor the Dockerfile say.
    public String workingDirectory() {
        return text("working_dir").map(Located::value).or(() -> built.flatMap(BuiltImage::workingDirectory)).orElse(
                "/");
    }

    /// The words of `entrypoint`; empty when the image's own is kept.
    public Optional<List<Located<String>>> entrypoint() {
        return words("entrypoint");
    }

    /// The words of `command`; empty when the image's own is kept.
    public Optional<List<Located<String>>> command() {
        return words("command");
    }

    /// The environment without what the image brings.
    public Map<String, Located<String>> writtenEnvironment() {
        var written = new LinkedHashMap<>(environment);
        built.ifPresent(image -> written.values().removeAll(image.environment().values()));
        return written;
    }

    public Optional<Located<String>> variable(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    /// The hard memory limit, from `mem_limit` or `deploy.resources.limits.memory`. Zero means none to Compose.
    public Optional<Located<MemorySize>> memoryLimit() {
        return size("mem_limit").or(() -> size("deploy", "resources", "limits", "memory"))
                .filter(limit -> !limit.value().isZero());
    }

    /// Memory and swap together. Empty also where the files ask for no bound, or for none of their own.
    public Optional<Located<MemorySize>> swapLimit() {
        return size("memswap_limit").filter(limit -> !limit.value().isZero());
    }

    public Optional<Located<MemorySize>> memoryReservation() {
        return size("mem_reservation").or(() -> size("deploy", "resources", "reservations", "memory"));
    }

    public Optional<Located<MemorySize>> sharedMemorySize() {
        return size("shm_size");
    }

    public Optional<Located<Millicores>> cpuLimit() {
        return text("cpus").or(() -> text("deploy", "resources", "limits", "cpus"))
                .flatMap(cpus -> Millicores.parse(cpus.value()).map(parsed -> new Located<>(parsed, cpus.where())))
                .filter(cpus -> cpus.value().value() > 0);
    }

    public Optional<Located<Long>> pidsLimit() {
        return number("pids_limit").or(() -> number("deploy", "resources", "limits", "pids"))
                .filter(limit -> limit.value() > 0);
    }

    /// Containers that `up` starts for this service.
    public int replicas() {
        return number("scale").or(() -> number("deploy", "replicas"))
                .map(count -> (int) Math.clamp(count.value(), 0L, 10_000L)).orElse(1);
    }

    /// The restart policy: `no`, `always`, `on-failure:5`, `unless-stopped`, or what `deploy.restart_policy` asks for.
    public Optional<Located<String>> restart() {
        return text("restart").or(() -> text("deploy", "restart_policy", "condition"));
    }

    /// The health check that the Compose files give, or else that of the Dockerfile. With another command or entrypoint
    /// than the image's own, what the Dockerfile checks may not be what runs.
    public Optional<Healthcheck> knownHealthcheck() {
        var written = healthcheck();
        if (written.filter(check -> check.disabled() || !check.test().isEmpty()).isPresent() || entrypoint().isPresent()
                || command().isPresent()) {
            return written;
        }
        return built.flatMap(BuiltImage::healthcheck).or(() -> written);
    }

    /// The health check that the Compose files give.
    public Optional<Healthcheck> healthcheck() {
        return mapping("healthcheck").map(check -> {
            var test = check.get("test").flatMap(Node::asSequence).map(list -> list.items().stream()
                    .flatMap(item -> item.asScalar().stream()).map(Node.Scalar::text).toList()).orElse(List.of());
            var off = check.get("disable").flatMap(Node::asScalar).filter(flag -> flag.text().equals("true"));
            return new Healthcheck(test, off.isPresent() || test.equals(List.of("NONE")),
                    definition.keyLocation("healthcheck"));
        });
    }

    public boolean isPrivileged() {
        return text("privileged").filter(flag -> flag.value().equalsIgnoreCase("true")).isPresent();
    }

    public Optional<Located<String>> networkMode() {
        return text("network_mode");
    }

    /// A scalar below the service, by its path of keys.
    public Optional<Located<String>> text(String... path) {
        return node(path).flatMap(Node::asScalar).filter(scalar -> !scalar.isNull()).map(Node.Scalar::located);
    }

    public Optional<Node.Mapping> mapping(String... path) {
        return node(path).flatMap(Node::asMapping);
    }

    public Optional<Node> node(String... path) {
        Optional<Node> node = Optional.of(definition);
        for (var key : path) {
            node = node.flatMap(Node::asMapping).flatMap(mapping -> mapping.get(key));
        }
        return node;
    }

    /// Where a key of the service stands, or the service itself when it is not there.
    public Location where(String key) {
        return definition.keys().getOrDefault(key, where);
    }

    private Optional<Located<MemorySize>> size(String... path) {
        return text(path).flatMap(text -> MemoryDialect.COMPOSE.parse(text.value().replace("_", ""))
                .map(size -> new Located<>(size, text.where())));
    }

    private Optional<Located<Long>> number(String... path) {
        return text(path).flatMap(text -> {
            try {
                return Optional.of(new Located<>(Long.parseLong(text.value().strip()), text.where()));
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        });
    }

    private Optional<List<Located<String>>> words(String key) {
        return node(key).flatMap(Node::asSequence).map(list -> list.items().stream()
                .flatMap(item -> item.asScalar().stream()).map(Node.Scalar::located).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Service service && name.equals(service.name) && definition.equals(service.definition)
                && built.equals(service.built);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name);
    }

    @Override
    public String toString() {
        return "service " + name;
    }
}
