package dev.plimsoll.load;

import dev.plimsoll.load.Objective.Measure;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import dev.plimsoll.yaml.Node;
import dev.plimsoll.yaml.YamlReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads a traffic file. Every problem is reported at once, with its line.
public final class TrafficFile {
    private static final Duration PROFILE_SPAN = Duration.ofSeconds(60);

    private final TrafficNodes nodes;
    private final Function<String, Optional<String>> files;
    private final Map<String, Traffic.Table> tables = new LinkedHashMap<>();
    private final Set<String> extracted = new LinkedHashSet<>();

    private TrafficFile(TrafficNodes nodes, Function<String, Optional<String>> files) {
        this.nodes = nodes;
        this.files = files;
    }

    /// @param file its name for error messages
    /// @param files the text of a file that it names, relative to itself
    /// @throws InputException with every problem in it
    public static Traffic read(String file, String text, Function<String, Optional<String>> files) {
        var root = YamlReader.read(file, text).flatMap(Node::asMapping).orElseThrow(() -> new InputException(Location
                .ofFile(file), "this is no traffic file", "Write `requests:` with at least one `path`"));
        var nodes = new TrafficNodes();
        var traffic = new TrafficFile(nodes, files).traffic(root);
        nodes.throwProblems();
        return traffic.orElseThrow(() -> new InputException(root.where(), "there are no requests here",
                "Write `requests:` with at least one `path`"));
    }

    private Optional<Traffic> traffic(Node.Mapping root) {
        nodes.allow(root, "url", "headers", "data", "requests", "profiles");
        nodes.mapping(root, "data").ifPresent(data -> data.entries().keySet().forEach(name -> table(data, name)));
        var common = headers(root);
        var items = nodes.items(root, "requests").stream().flatMap(item -> nodes.mapping(item).stream()).toList();
        items.forEach(item -> nodes.mapping(item, "extract").ifPresent(extract -> extracted.addAll(extract.entries()
                .keySet())));
        var requests = items.stream().flatMap(item -> request(item, common).stream()).toList();
        var profiles = nodes.mapping(root, "profiles").map(all -> all.entries().keySet().stream().flatMap(name -> nodes
                .mapping(all, name).flatMap(found -> profile(name, found)).stream()).toList()).orElse(List.of());
        return requests.isEmpty()
                ? Optional.empty()
                : Optional.of(new Traffic(nodes.text(root, "url"), requests,
                        tables, profiles));
    }

    private void table(Node.Mapping data, String name) {
        var where = data.get(name).map(Node::where).orElse(data.where());
        nodes.text(data, name).ifPresent(path -> {
            var table = files.apply(path).flatMap(TrafficTable::read);
            table.ifPresentOrElse(found -> tables.put(name, found), () -> nodes.problem(where, "`" + path
                    + "` is no CSV file with a header and a row", "Name a file beside this one"));
        });
    }

    private Map<String, Template> headers(Node.Mapping parent) {
        var headers = new LinkedHashMap<String, Template>();
        nodes.mapping(parent, "headers").ifPresent(found -> found.entries().keySet().forEach(name -> template(found,
                name).ifPresent(value -> headers.put(name, value))));
        return headers;
    }

    private Optional<Request> request(Node.Mapping item, Map<String, Template> common) {
        nodes.allow(item, "name", "method", "path", "weight", "headers", "body", "expect", "extract");
        var path = template(item, "path");
        if (path.isEmpty()) {
            if (item.get("path").isEmpty()) {
                nodes.problem(item.where(), "this request has no path", "Add `path: /...`");
            }
            return Optional.empty();
        }
        var method = nodes.text(item, "method").orElse("GET").toUpperCase(Locale.ROOT);
        if (!Request.METHODS.contains(method)) {
            nodes.problem(item, "method", "`" + method + "` is no method that can be sent", "Use one of " + String.join(
                    ", ", Request.METHODS));
        }
        if (!path.get().source().startsWith("/")) {
            nodes.problem(item, "path", "a path begins with `/`", "Put the server into `url`");
        }
        var headers = new LinkedHashMap<>(common);
        headers(item).forEach((name, value) -> {
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
        });
        var weight = nodes.whole(item, "weight", 1_000_000).orElse(1);
        return Optional.of(new Request(nodes.text(item, "name").orElse(path.get().source()), method, path.get(),
                headers, template(item, "body"), weight, expected(item), extractions(item)));
    }

    /// A text whose placeholders are all known.
    private Optional<Template> template(Node.Mapping parent, String key) {
        return nodes.text(parent, key).flatMap(text -> {
            var template = Template.parse(text);
            if (template.isEmpty()) {
                nodes.problem(parent, key, "`{{" + Template.unknown(text).orElse("") + "}}` is no placeholder",
                        "Use {{uuid}}, {{count}}, {{int LOW HIGH}}, {{table.column}} or a value of `extract`");
            }
            template.ifPresent(found -> found.parts().forEach(part -> check(part, parent, key)));
            return template;
        });
    }

    private void check(Template.Part part, Node.Mapping parent, String key) {
        if (part instanceof Template.Part.Variable(String name) && !extracted.contains(name)) {
            nodes.problem(parent, key, "no request extracts `" + name + "`", "Add it to the `extract` of the request "
                    + "that gives it");
        }
        if (part instanceof Template.Part.Cell(String table, String column) && !Optional.ofNullable(tables.get(table))
                .filter(found -> found.columns().contains(column)).isPresent()) {
            nodes.problem(parent, key, "there is no column `" + column + "` in data `" + table + "`",
                    "Name a CSV file under `data` that has it");
        }
    }

    private Set<Integer> expected(Node.Mapping item) {
        var statuses = new LinkedHashSet<Integer>();
        var nodesOfStatus = item.get("expect").flatMap(Node::asSequence).map(Node.Sequence::items).orElseGet(() -> item
                .get("expect").map(List::of).orElse(List.of()));
        for (var node : nodesOfStatus) {
            var text = node.asScalar().map(Node.Scalar::text).orElse("");
            if (text.matches("[1-5]\\d\\d")) {
                statuses.add(Integer.valueOf(text));
            } else {
                nodes.problem(node.where(), "`" + text + "` is no status", "Write one such as 200, or a list of them");
            }
        }
        return statuses;
    }

    private List<Extraction> extractions(Node.Mapping item) {
        var all = new ArrayList<Extraction>();
        nodes.mapping(item, "extract").ifPresent(extract -> extract.entries().keySet().forEach(name -> nodes.mapping(
                extract, name).flatMap(how -> nodes.extraction(name, how)).ifPresent(all::add)));
        return all;
    }

    private Optional<Profile> profile(String name, Node.Mapping node) {
        nodes.allow(node, "rate", "clients", "for", "p50", "p95", "p99", "errors", "spike", "recovery");
        var span = nodes.span(node, "for").orElse(PROFILE_SPAN);
        var rate = nodes.number(node, "rate", 0.01, 1_000_000);
        var clients = nodes.whole(node, "clients", 20_000);
        var spike = nodes.number(node, "spike", 0.01, 1_000_000);
        if (rate.isPresent() == clients.isPresent()) {
            nodes.problem(node.where(), "a profile has either a rate or clients", "Write `rate: 100` or `clients: 10`");
            return Optional.empty();
        }
        var arrivals = clients.<Arrivals>map(count -> new Arrivals.Closed(count, Duration.ofSeconds(2),
                span)).orElseGet(() -> spike.map(high -> Profiles.spike(rate.orElse(1.0), high, span)).orElseGet(
                        () -> Profiles.constant(rate.orElse(1.0), span)));
        var objectives = new ArrayList<Objective>();
        for (var measure : List.of(Measure.P50, Measure.P95, Measure.P99)) {
            nodes.span(node, measure.name().toLowerCase(Locale.ROOT)).ifPresent(most -> objectives.add(new Objective(
                    measure, most.toMillis())));
        }
        nodes.percent(node, "errors").ifPresent(most -> objectives.add(new Objective(Measure.ERROR_RATE, most)));
        nodes.span(node, "recovery").ifPresent(most -> objectives.add(new Objective(Measure.RECOVERY, most.toMillis()
                / 1000.0)));
        return Optional.of(new Profile(name, arrivals, objectives));
    }

    /// Every problem that was found, in the file's order.
    static List<Problem> sorted(List<Problem> problems) {
        return problems.stream().sorted(java.util.Comparator.comparing(Problem::where)).toList();
    }
}
