package dev.plimsoll.compose;

import dev.plimsoll.dockerfile.ImageBuilds;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.BuiltImage;
import dev.plimsoll.stack.Dependency;
import dev.plimsoll.stack.FileDefinition;
import dev.plimsoll.stack.FileReference;
import dev.plimsoll.stack.Mount;
import dev.plimsoll.stack.Port;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.stack.VolumeDefinition;
import dev.plimsoll.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes the Stack out of a project's canonical tree.
final class StackBuilder {
    private final ProjectFiles files;
    private final ProjectReader.Project project;
    private final Map<String, String> variables;
    private final Set<String> profiles;
    private final Notes notes;

    StackBuilder(ProjectFiles files, ProjectReader.Project project, Map<String, String> variables,
            Set<String> profiles, Notes notes) {
        this.files = files;
        this.project = project;
        this.variables = variables;
        this.profiles = profiles;
        this.notes = notes;
    }

    /// @param nameIsGiven whether `fallbackName` was asked for and so wins over the file's `name`
    Stack build(String fallbackName, boolean nameIsGiven) {
        var root = project.root();
        var written = scalar(root, "name");
        var name = nameIsGiven ? fallbackName : written.map(Located::value).orElse(fallbackName);
        var active = new LinkedHashMap<String, Service>();
        var inactive = new LinkedHashMap<String, Service>();
        var problems = new ArrayList<Problem>();
        written.filter(text -> text.value().isEmpty()).ifPresent(text -> problems.add(new Problem(text.where(),
                "the project name is empty", "Set the variable it comes from, or remove `name`")));
        section(root, "services").forEach((key, definition) -> {
            try {
                var service = service(key, (Node.Mapping) definition.value(), definition.where());
                (isActive(service) ? active : inactive).put(key, service);
            } catch (InputException bad) {
                problems.addAll(bad.problems());
            }
        });
        var volumes = new LinkedHashMap<String, VolumeDefinition>();
        section(root, "volumes").forEach((key, definition) -> volumes.put(key, new VolumeDefinition(key,
                definition.value().asMapping().orElse(Node.Mapping.empty(definition.where())), definition.where())));
        var hints = root.get("x-plimsoll").flatMap(Node::asMapping).orElse(Node.Mapping.empty(root.where()));
        var networks = root.get("networks").flatMap(Node::asMapping).orElse(Node.Mapping.empty(root.where()));
        var stack = new Stack(name, project.files(), active, inactive, volumes, fileDefinitions("configs"),
                fileDefinitions("secrets"), networks, hints, files, notes.unsetVariables(), notes.resolvedVariables(),
                notes.absences(),
                notes.warnings());
        problems.addAll(Consistency.problems(stack));
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
        return stack;
    }

    private boolean isActive(Service service) {
        var wanted = texts(service.definition(), "profiles");
        return wanted.isEmpty() || profiles.contains("*")
                || wanted.stream().anyMatch(name -> profiles.contains(name.value()));
    }

    private Service service(String name, Node.Mapping definition, Location where) {
        var built = ImageBuilds.of(files, buildOf(definition), variables);
        return new Service(name, where, definition, environment(definition, built), ports(definition), mounts(
                definition), references(definition), dependencies(definition), built);
    }

    /// The service whose `build` makes the image that this one runs: itself, or another that gives it the same name.
    private Node.Mapping buildOf(Node.Mapping service) {
        var image = text(service, "image");
        if (service.get("build").isPresent() || image.isEmpty()) {
            return service;
        }
        return section(project.root(), "services").values().stream().flatMap(other -> other.value().asMapping()
                .stream()).filter(other -> other.get("build").isPresent() && text(other, "image").equals(image))
                .findFirst().orElse(service);
    }

    private Map<String, Located<String>> environment(Node.Mapping service, Optional<BuiltImage> built) {
        var environment = new LinkedHashMap<>(built.map(BuiltImage::environment).orElse(Map.of()));
        for (var entry : mappings(service, "env_file")) {
            var path = text(entry, "path").orElse("");
            var text = files.read(path);
            if (text.isPresent()) {
                environment.putAll(DotEnv.read(path, text.get(), variables));
            } else if (text(entry, "required").filter(flag -> flag.equals("false")).isEmpty()) {
                notes.missingEnvFile(path, entry.where());
            }
        }
        service.get("environment").flatMap(Node::asMapping).ifPresent(written -> written.entries().forEach((key, v) -> {
            var scalar = (Node.Scalar) v;
            if (!scalar.isNull()) {
                environment.put(key, new Located<>(EnvironmentText.of(scalar), written.keyLocation(key)));
            } else if (variables.containsKey(key)) {
                environment.put(key, new Located<>(variables.getOrDefault(key, ""), written.keyLocation(key)));
            } else {
                environment.remove(key);
            }
        }));
        return environment;
    }

    private static List<Port> ports(Node.Mapping service) {
        return mappings(service, "ports").stream().map(port -> new Port(
                text(port, "host_ip").filter(ip -> !ip.isEmpty()),
                text(port, "published").filter(published -> !published.isEmpty()),
                Integer.parseInt(text(port, "target").orElse("0")), text(port, "protocol").orElse("tcp"),
                port.where())).toList();
    }

    private static List<Mount> mounts(Node.Mapping service) {
        return mappings(service, "volumes").stream().map(mount -> {
            var type = switch (text(mount, "type").orElse("volume")) {
                case "bind" -> Mount.Type.BIND;
                case "volume" -> Mount.Type.VOLUME;
                case "tmpfs" -> Mount.Type.TMPFS;
                default -> Mount.Type.OTHER;
            };
            return new Mount(type, text(mount, "source").filter(source -> !source.isEmpty()),
                    Volumes.trimmed(text(mount, "target").orElse("")),
                    text(mount, "read_only").filter(f -> f.equals("true"))
                            .isPresent(),
                    mount.where());
        }).toList();
    }

    private static List<FileReference> references(Node.Mapping service) {
        var references = new ArrayList<FileReference>();
        for (var section : List.of("configs", "secrets")) {
            var secret = section.equals("secrets");
            for (var entry : mappings(service, section)) {
                var source = text(entry, "source").orElse("");
                var target = text(entry, "target").orElse(source);
                references.add(new FileReference(source,
                        target.startsWith("/") ? target : (secret ? "/run/secrets/" : "/") + target, secret,
                        entry.where()));
            }
        }
        return references;
    }

    private static List<Dependency> dependencies(Node.Mapping service) {
        var dependencies = new LinkedHashMap<String, Dependency>();
        service.get("depends_on").flatMap(Node::asMapping).ifPresent(written -> written.entries().forEach((key, v) -> {
            var entry = v.asMapping().orElse(Node.Mapping.empty(v.where()));
            var condition = switch (text(entry, "condition").orElse("service_started")) {
                case "service_healthy" -> Dependency.Condition.HEALTHY;
                case "service_completed_successfully" -> Dependency.Condition.COMPLETED;
                default -> Dependency.Condition.STARTED;
            };
            var required = text(entry, "required").filter(flag -> flag.equals("false")).isEmpty();
            // What a list of names becomes has its condition where the name stands.
            var chosen = scalar(entry, "condition").filter(text -> !text.where().equals(entry.keyLocation("condition")))
                    .isPresent();
            dependencies.put(key, new Dependency(key, condition, chosen, required, false,
                    written.keyLocation(key)));
        }));
        for (var link : texts(service, "links")) {
            implied(dependencies, link.value().split(":", -1)[0], link.where());
        }
        for (var source : texts(service, "volumes_from")) {
            if (!source.value().startsWith("container:")) {
                implied(dependencies, source.value().split(":", -1)[0], source.where());
            }
        }
        for (var key : List.of("network_mode", "ipc", "pid")) {
            service.get(key).flatMap(Node::asScalar).filter(mode -> mode.text().startsWith("service:"))
                    .ifPresent(mode -> implied(dependencies, mode.text().substring("service:".length()),
                            mode.where()));
        }
        return List.copyOf(dependencies.values());
    }

    private static void implied(Map<String, Dependency> dependencies, String service, Location where) {
        dependencies.putIfAbsent(service, new Dependency(service, Dependency.Condition.STARTED, false, true, true,
                where));
    }

    private Map<String, FileDefinition> fileDefinitions(String section) {
        var definitions = new LinkedHashMap<String, FileDefinition>();
        section(project.root(), section).forEach((name, located) -> {
            var definition = located.value().asMapping().orElse(Node.Mapping.empty(located.where()));
            var external = definition.get("external").isPresent() && text(definition, "external")
                    .filter(flag -> flag.equals("false")).isEmpty();
            definitions.put(name, new FileDefinition(name, scalar(definition, "file"), scalar(definition, "content"),
                    external, located.where()));
        });
        return definitions;
    }

    private static Optional<Located<String>> scalar(Node.Mapping mapping, String key) {
        return mapping.get(key).flatMap(Node::asScalar).map(Node.Scalar::located);
    }

    private static Map<String, Located<Node>> section(Node.Mapping root, String key) {
        var found = new LinkedHashMap<String, Located<Node>>();
        root.get(key).flatMap(Node::asMapping).ifPresent(mapping -> mapping.entries().forEach((name, value) -> {
            if (!name.startsWith("x-")) {
                found.put(name, new Located<>(value, mapping.keyLocation(name)));
            }
        }));
        return found;
    }

    private static List<Node.Mapping> mappings(Node.Mapping service, String key) {
        return service.get(key).flatMap(Node::asSequence).map(list -> list.items().stream()
                .flatMap(item -> item.asMapping().stream()).toList()).orElse(List.of());
    }

    private static List<Located<String>> texts(Node.Mapping service, String key) {
        return service.get(key).flatMap(Node::asSequence).map(list -> list.items().stream()
                .flatMap(item -> item.asScalar().stream()).map(Node.Scalar::located).toList()).orElse(List.of());
    }

    private static Optional<String> text(Node.Mapping mapping, String key) {
        return mapping.get(key).flatMap(Node::asScalar).filter(scalar -> !scalar.isNull()).map(Node.Scalar::text);
    }
}
