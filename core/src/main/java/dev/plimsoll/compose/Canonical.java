package dev.plimsoll.compose;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Paths;
import dev.plimsoll.stack.ShellWords;
import dev.plimsoll.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Turns the short forms of a service into the long ones, so that merging and reading know one form only. Relative
/// paths are resolved against the directory that Compose uses for the file they stand in.
final class Canonical {
    private final String directory;
    private final List<String> lines;

    /// @param directory what relative paths are relative to
    /// @param lines of the file the services stand in, to find the words of a long command again
    Canonical(String directory, List<String> lines) {
        this.directory = directory;
        this.lines = lines;
    }

    Node.Mapping service(Node.Mapping service) {
        var changed = service;
        for (var key : List.of("environment", "labels", "annotations", "sysctls")) {
            changed = change(changed, key, node -> pairs(node, '='));
        }
        changed = change(changed, "extra_hosts", Canonical::hosts);
        for (var key : List.of("dns", "dns_opt", "dns_search", "tmpfs")) {
            changed = change(changed, key, Canonical::list);
        }
        changed = change(changed, "command", this::command);
        changed = change(changed, "entrypoint", this::command);
        changed = change(changed, "build", this::build);
        changed = change(changed, "ports", node -> expand(node, Ports::parse));
        changed = change(changed, "volumes", node -> expand(node, item -> List.of(Volumes.parse(item, directory))));
        changed = change(changed, "configs", node -> expand(node, item -> List.of(fileReference(item))));
        changed = change(changed, "secrets", node -> expand(node, item -> List.of(fileReference(item))));
        changed = change(changed, "env_file", this::envFiles);
        changed = change(changed, "depends_on", node -> keyed(node, Canonical::dependency));
        changed = change(changed, "networks", node -> keyed(node, Node.Scalar::empty));
        changed = change(changed, "healthcheck", Canonical::healthcheck);
        changed = change(changed, "extends", Canonical::extension);
        return change(changed, "deploy",
                node -> node instanceof Node.Mapping deploy ? change(deploy, "labels", l -> pairs(l, '=')) : node);
    }

    /// A definition below `configs:` or `secrets:`.
    Node.Mapping fileDefinition(Node.Mapping definition) {
        return change(definition, "file", this::path);
    }

    private static Node.Mapping change(Node.Mapping mapping, String key, UnaryOperator<Node> change) {
        var value = mapping.entries().get(key);
        if (value == null || value.joining() == Node.Joining.RESET) {
            return mapping;
        }
        return mapping.with(key, keepingTag(change.apply(value), value));
    }

    private static Node keepingTag(Node changed, Node original) {
        var joining = original.joining();
        if (joining == changed.joining()) {
            return changed;
        }
        return switch (changed) {
            case Node.Scalar s -> new Node.Scalar(s.text(), s.type(), s.where(), joining);
            case Node.Sequence s -> new Node.Sequence(s.items(), s.where(), joining);
            case Node.Mapping m -> new Node.Mapping(m.entries(), m.keys(), m.where(), joining);
        };
    }

    /// `[A=1, B]` as `{A: 1, B: null}`.
    private static Node pairs(Node node, char separator) {
        if (!(node instanceof Node.Sequence list)) {
            return node;
        }
        var entries = new LinkedHashMap<String, Node>();
        var keys = new LinkedHashMap<String, Location>();
        for (var item : list.items()) {
            var scalar = text(item);
            var at = scalar.text().indexOf(separator);
            var key = at < 0 ? scalar.text() : scalar.text().substring(0, at);
            entries.put(key, at < 0
                    ? Node.Scalar.empty(scalar.where())
                    : Node.Scalar.string(scalar.text().substring(at + 1), scalar.where()));
            keys.put(key, scalar.where());
        }
        return new Node.Mapping(entries, keys, node.where());
    }

    private static Node hosts(Node node) {
        if (!(node instanceof Node.Sequence list)) {
            return node;
        }
        var items = list.items().stream().map(Canonical::text)
                .map(item -> item.text().contains("=") ? item : item.withText(item.text().replaceFirst(":", "=")))
                .toList();
        return pairs(new Node.Sequence(items, node.where()), '=');
    }

    private static Node list(Node node) {
        return node instanceof Node.Scalar ? new Node.Sequence(List.of(node), node.where()) : node;
    }

    private Node command(Node node) {
        if (!(node instanceof Node.Scalar scalar) || scalar.isNull()) {
            return node;
        }
        var words = ShellWords.split(scalar.text()).orElseThrow(() -> new InputException(scalar.where(),
                "the command `" + scalar.text().strip() + "` has a quote that is not closed", "Close the quote"));
        var places = new WordPlaces(lines, scalar.where());
        return new Node.Sequence(words.stream().map(word -> Node.Scalar.string(word, places.next(word))).toList(),
                scalar.where());
    }

    /// Finds the lines on which the words of a text stand that goes over several lines.
    private static final class WordPlaces {
        private static final int MOST_LINES = 300;

        private final List<String> lines;
        private final Location start;
        private int line;

        WordPlaces(List<String> lines, Location start) {
            this.lines = lines;
            this.start = start;
            this.line = start.line();
        }

        Location next(String word) {
            for (var at = line; !word.isEmpty() && at <= Math.min(lines.size(), start.line() + MOST_LINES); at++) {
                if (at > 0 && lines.get(at - 1).contains(word)) {
                    line = at;
                    break;
                }
                if (at > start.line() && isOutside(lines.get(at - 1))) {
                    break;
                }
            }
            return line == start.line() ? start : Location.ofLine(start.file(), line);
        }

        /// Whether a line ends the text: it is indented no more than a key of a service.
        private static boolean isOutside(String text) {
            return text.matches(" {0,4}[A-Za-z_-]+:.*");
        }
    }

    private Node build(Node node) {
        var mapping = node instanceof Node.Scalar scalar ? single("context", scalar) : (Node.Mapping) node;
        for (var key : List.of("args", "labels", "additional_contexts")) {
            mapping = change(mapping, key, value -> pairs(value, '='));
        }
        mapping = change(mapping, "extra_hosts", Canonical::hosts);
        return change(mapping, "context", this::path);
    }

    private Node path(Node node) {
        return node instanceof Node.Scalar scalar && !scalar.isNull() && !scalar.text().contains("://")
                && !scalar.text().startsWith("git@") ? scalar.withText(Paths.resolve(directory, scalar.text())) : node;
    }

    private static Node expand(Node node, Function<Node, List<? extends Node>> change) {
        if (!(node instanceof Node.Sequence list)) {
            return node;
        }
        var items = new ArrayList<Node>();
        list.items().forEach(item -> items.addAll(change.apply(item)));
        return new Node.Sequence(items, node.where(), node.joining());
    }

    private static Node fileReference(Node item) {
        return item instanceof Node.Scalar scalar ? single("source", scalar) : item;
    }

    private Node envFiles(Node node) {
        return expand(list(node), item -> {
            var entry = item instanceof Node.Scalar scalar ? single("path", scalar) : (Node.Mapping) item;
            return List.of(change(entry, "path", this::path));
        });
    }

    private static Node keyed(Node node, Function<Location, Node> value) {
        if (!(node instanceof Node.Sequence list)) {
            return node;
        }
        var entries = new LinkedHashMap<String, Node>();
        var keys = new LinkedHashMap<String, Location>();
        for (var item : list.items()) {
            var name = text(item);
            entries.put(name.text(), value.apply(name.where()));
            keys.put(name.text(), name.where());
        }
        return new Node.Mapping(entries, keys, node.where());
    }

    private static Node dependency(Location where) {
        return single("condition", Node.Scalar.string("service_started", where));
    }

    private static Node healthcheck(Node node) {
        if (!(node instanceof Node.Mapping check)) {
            return node;
        }
        return change(check, "test", test -> test instanceof Node.Scalar scalar
                ? new Node.Sequence(List.of(Node.Scalar.string("CMD-SHELL", scalar.where()), scalar), scalar.where())
                : test);
    }

    private static Node extension(Node node) {
        return node instanceof Node.Scalar scalar ? single("service", scalar) : node;
    }

    static Node.Mapping single(String key, Node.Scalar value) {
        return new Node.Mapping(Map.of(key, value), Map.of(key, value.where()), value.where());
    }

    private static Node.Scalar text(Node node) {
        return node.asScalar()
                .orElseThrow(() -> new InputException(node.where(), "a list item is not text", "Write it as text"));
    }
}
