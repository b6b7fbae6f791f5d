package dev.plimsoll.compose;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Paths;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.yaml.Node;
import dev.plimsoll.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads and joins the files of one project (or one included project): interpolation, shape, extends, include, merge.
final class ProjectReader {
    private static final List<String> RESOURCES = List.of("services", "networks", "volumes", "configs", "secrets");

    private final ProjectFiles files;
    private final String directory;
    private final Map<String, String> variables;
    private final Notes notes;
    private final Set<String> including;
    private final Set<String> read = new LinkedHashSet<>();

    ProjectReader(ProjectFiles files, String directory, Map<String, String> variables, Notes notes) {
        this(files, directory, variables, notes, new LinkedHashSet<>());
    }

    private ProjectReader(ProjectFiles files, String directory, Map<String, String> variables, Notes notes,
            Set<String> including) {
        this.files = files;
        this.directory = directory;
        this.variables = variables;
        this.notes = notes;
        this.including = including;
    }

    /// A project's files as one canonical tree.
    record Project(Node.Mapping root, List<String> files) {}

    Project read(List<String> paths) {
        var root = Node.Mapping.empty(Location.ofFile(paths.getFirst()));
        for (var path : paths) {
            read.add(path);
            for (var document : documents(path, directory)) {
                var merged = Merge.withoutResets(Merge.of(root, document.without("include")));
                root = document.get("include").filter(list -> list.joining() != Node.Joining.RESET)
                        .map(include -> included(merged, include)).orElse(merged);
            }
        }
        return new Project(root, List.copyOf(read));
    }

    private List<Node.Mapping> documents(String path, String baseDirectory) {
        var text = files.read(path)
                .orElseThrow(() -> new InputException(Location.ofFile(path),
                        files.typeOf(path) == ProjectFiles.Type.MISSING
                                ? "the file does not exist"
                                : "the file cannot be read as text",
                        files.typeOf(path) == ProjectFiles.Type.MISSING
                                ? "Check the path"
                                : "Check that you may read it, and that it is a text"));
        var documents = YamlReader.readAll(path, text).stream().filter(node -> !node.isNull()).toList();
        if (documents.isEmpty()) {
            throw new InputException(Location.ofFile(path), "the Compose file is empty", "Add `services:` to it");
        }
        return documents.stream().map(document -> {
            if (!(document instanceof Node.Mapping raw)) {
                throw new InputException(document.where(), "a Compose file must be a mapping of keys such as "
                        + "`services`", "Start the file with `services:`");
            }
            return prepared(raw, baseDirectory, text.lines().toList());
        }).toList();
    }

    /// Interpolated, checked, canonical, and with `extends` resolved.
    private Node.Mapping prepared(Node.Mapping raw, String baseDirectory, List<String> lines) {
        var tree = interpolated(legacy(raw));
        var canonical = new Canonical(baseDirectory, lines);
        for (var key : List.of("configs", "secrets")) {
            tree = changeEach(tree, key, (_, definition) -> canonical.fileDefinition(definition));
        }
        var written = changeEach(tree, "services", (_, service) -> Merge.uniqueLists(canonical.service(service)));
        return changeEach(written, "services",
                (name, service) -> extended(service, name, written, service.where().file(), new LinkedHashSet<>()));
    }

    private Node.Mapping interpolated(Node.Mapping raw) {
        var tree = (Node.Mapping) new Interpolator(variables, notes).apply(raw);
        var verdicts = new Shape.Verdicts();
        ComposeShapes.FILE.check(tree, "", verdicts);
        if (!verdicts.problems().isEmpty()) {
            throw new InputException(verdicts.problems());
        }
        notes.warn(verdicts.warnings());
        return tree;
    }

    /// The format without `version` and `services`, where services stand at the top, is refused with its remedy.
    private static Node.Mapping legacy(Node.Mapping raw) {
        var known = raw.entries().keySet().stream().anyMatch(key -> key.startsWith("x-") || RESOURCES.contains(key)
                || Set.of("version", "name", "include", "models").contains(key));
        if (!known) {
            throw new InputException(raw.where(), "the file has no `services`", "Put the services below a "
                    + "`services:` key");
        }
        return raw;
    }

    private interface Change {
        Node.Mapping apply(String name, Node.Mapping definition);
    }

    private static Node.Mapping changeEach(Node.Mapping root, String section, Change change) {
        var definitions = root.get(section).flatMap(Node::asMapping).orElse(null);
        if (definitions == null) {
            return root;
        }
        var changed = new LinkedHashMap<String, Node>();
        definitions.entries().forEach((name, definition) -> changed.put(name,
                definition instanceof Node.Mapping mapping && !name.startsWith("x-")
                        ? change.apply(name, mapping)
                        : definition));
        return root.with(section, new Node.Mapping(changed, definitions.keys(), definitions.where(),
                definitions.joining()));
    }

    private Node.Mapping extended(Node.Mapping service, String name, Node.Mapping file, String path,
            Set<String> chain) {
        var wish = service.get("extends").flatMap(Node::asMapping);
        if (wish.isEmpty()) {
            return service;
        }
        var where = wish.get().where();
        if (!chain.add(path + "#" + name)) {
            throw new InputException(where, "the services " + String.join(", ", chain) + " extend each other",
                    "Break the circle");
        }
        var base = text(wish.get(), "service").orElseThrow(() -> new InputException(where,
                "`extends` names no service", "Add `service: NAME`"));
        var basePath = text(wish.get(), "file").map(other -> Paths.resolve(Paths.parent(path), other));
        var baseFile = basePath.map(other -> {
            if (files.typeOf(other) == ProjectFiles.Type.MISSING) {
                throw new InputException(where, "the extended file " + other + " does not exist", "Check the path");
            }
            read.add(other);
            return unextended(other);
        }).orElse(file);
        var found = baseFile.get("services").flatMap(Node::asMapping).flatMap(all -> all.get(base))
                .flatMap(Node::asMapping).orElseThrow(() -> new InputException(where, "the extended service `" + base
                        + "` is not in " + basePath.orElse(path), "Correct the name"));
        var resolved = extended(found, base, baseFile, basePath.orElse(path), chain);
        return Merge.of(resolved, service).without("extends");
    }

    private Node.Mapping unextended(String path) {
        var root = Node.Mapping.empty(Location.ofFile(path));
        var text = files.read(path).orElse("");
        for (var document : YamlReader.readAll(path, text)) {
            if (document.isNull()) {
                continue;
            }
            if (!(document instanceof Node.Mapping raw)) {
                throw new InputException(document.where(), "the extended file is no mapping of keys such as "
                        + "`services`", "Name a Compose file");
            }
            var tree = interpolated(raw);
            var canonical = new Canonical(Paths.parent(path), text.lines().toList());
            root = Merge.of(root, changeEach(tree, "services", (_, service) -> canonical.service(service)));
        }
        return root;
    }

    private Node.Mapping included(Node.Mapping root, Node include) {
        var merged = root;
        for (var item : ((Node.Sequence) include).items()) {
            merged = imported(merged, include(item), item.where());
        }
        return merged;
    }

    private Node.Mapping include(Node item) {
        var entry = item instanceof Node.Scalar scalar ? Canonical.single("path", scalar) : (Node.Mapping) item;
        var paths = texts(entry, "path").stream().map(path -> Paths.resolve(directory, path)).toList();
        if (paths.isEmpty()) {
            throw new InputException(item.where(), "an include names no path", "Add `path: FILE`");
        }
        for (var path : paths) {
            if (files.typeOf(path) == ProjectFiles.Type.MISSING) {
                throw new InputException(item.where(), "the included file " + path + " does not exist",
                        "Check the path");
            }
        }
        if (!including.add(paths.getFirst())) {
            throw new InputException(item.where(), "the file " + paths.getFirst() + " includes itself",
                    "Break the circle");
        }
        var home = text(entry, "project_directory").map(path -> Paths.resolve(directory, path))
                .orElse(Paths.parent(paths.getFirst()));
        var reader = new ProjectReader(files, home, includedVariables(entry, home), notes, including);
        var project = reader.read(paths);
        including.remove(paths.getFirst());
        read.addAll(project.files());
        return project.root();
    }

    private Map<String, String> includedVariables(Node.Mapping entry, String home) {
        var known = new HashMap<String, String>();
        var named = texts(entry, "env_file").stream().map(path -> Paths.resolve(directory, path)).toList();
        for (var path : named.isEmpty() ? List.of(Paths.resolve(home, ".env")) : named) {
            var text = files.read(path);
            if (text.isEmpty() && !named.isEmpty()) {
                throw new InputException(entry.where(), "the included env_file " + path + " does not exist",
                        "Create it");
            }
            text.ifPresent(lines -> DotEnv.read(path, lines, variables)
                    .forEach((key, value) -> known.put(key, value.value())));
        }
        known.putAll(variables);
        return known;
    }

    private static Node.Mapping imported(Node.Mapping root, Node.Mapping included, Location where) {
        var merged = root;
        for (var section : RESOURCES) {
            var theirs = included.get(section).flatMap(Node::asMapping);
            if (theirs.isEmpty()) {
                continue;
            }
            var ours = merged.get(section).flatMap(Node::asMapping).orElse(Node.Mapping.empty(theirs.get().where()));
            var entries = new LinkedHashMap<>(ours.entries());
            var keys = new LinkedHashMap<>(ours.keys());
            theirs.get().entries().forEach((name, definition) -> {
                var existing = entries.putIfAbsent(name, definition);
                if (existing != null && !Plain.of(existing).equals(Plain.of(definition))) {
                    throw new InputException(ours.keyLocation(name), section + "." + name
                            + " is also defined by the file included at " + where,
                            "Keep one of the two, or change it in an override file");
                }
                keys.putIfAbsent(name, theirs.get().keyLocation(name));
            });
            merged = merged.with(section, new Node.Mapping(entries, keys, ours.where()));
        }
        return merged;
    }

    private static Optional<String> text(Node.Mapping mapping, String key) {
        return mapping.get(key).flatMap(Node::asScalar).map(Node.Scalar::text);
    }

    private static List<String> texts(Node.Mapping mapping, String key) {
        var found = new ArrayList<String>();
        switch (mapping.entries().get(key)) {
            case null -> {
            }
            case Node.Scalar scalar -> found.add(scalar.text());
            case Node.Sequence list -> list.items().forEach(item -> item.asScalar()
                    .ifPresent(scalar -> found.add(scalar.text())));
            case Node.Mapping _ -> {
            }
        }
        return found;
    }
}
