package dev.plimsoll.prometheus;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import dev.plimsoll.units.Durations;
import dev.plimsoll.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A file of alerting and recording rules.
///
/// @param path in the project
/// @param refusals what makes Prometheus refuse the file
public record RuleFile(String path, List<Definition> rules, List<Problem> refusals) {
    private static final Set<String> GROUP_KEYS = Set.of("name", "interval", "limit", "query_offset", "labels",
            "rules", "partial_response_strategy", "source_tenants", "concurrency", "params", "headers", "type",
            "tenant",
            "eval_offset", "eval_delay", "debug", "notifier_headers");
    private static final Set<String> RULE_KEYS = Set.of("alert", "record", "expr", "for", "keep_firing_for", "labels",
            "annotations", "debug", "update_entries_limit");

    public RuleFile {
        rules = List.copyOf(rules);
        refusals = List.copyOf(refusals);
    }

    /// @param alerts false for a recording rule
    /// @param name of the alert or the recorded metric
    /// @param expression empty when it is no PromQL that is understood here
    public record Definition(boolean alerts, Located<String> name, Located<String> text,
            Optional<Expression> expression, Map<String, String> labels) {}

    public static RuleFile of(String path, Node.Mapping root) {
        var rules = new ArrayList<Definition>();
        var problems = new ArrayList<Problem>();
        refuseUnknown(root, Set.of("groups", "namespace"), "a rule file", problems);
        for (var group : Yaml.mappings(root, "groups")) {
            refuseUnknown(group, GROUP_KEYS, "a rule group", problems);
            if (Yaml.text(group, "name").isEmpty()) {
                problems.add(new Problem(group.where(), "a rule group has no name", "Give it a name"));
            }
            for (var rule : Yaml.mappings(group, "rules")) {
                read(rule, problems).ifPresent(rules::add);
            }
        }
        return new RuleFile(path, rules, problems);
    }

    /// Whether YAML looks like a file of rules.
    public static boolean isOne(Node.Mapping root) {
        return root.get("groups").isPresent() && Yaml.mappings(root, "groups").stream()
                .anyMatch(group -> Yaml.mappings(group, "rules").stream().anyMatch(
                        rule -> rule.get("alert").isPresent() || rule.get("record").isPresent()));
    }

    private static Optional<Definition> read(Node.Mapping rule, List<Problem> problems) {
        refuseUnknown(rule, RULE_KEYS, "a rule", problems);
        var alert = Yaml.text(rule, "alert");
        var name = alert.or(() -> Yaml.text(rule, "record"));
        var expr = Yaml.text(rule, "expr").filter(text -> !text.value().isBlank());
        if (name.isEmpty()) {
            problems.add(new Problem(rule.where(), "a rule has neither `alert` nor `record`", "Name it with one"));
        } else if (expr.isEmpty()) {
            problems.add(new Problem(rule.where(), "the rule " + name.get().value() + " has no `expr`",
                    "Write the expression or remove the rule"));
        }
        for (var key : List.of("for", "keep_firing_for")) {
            Yaml.text(rule, key).filter(text -> Durations.parse(text.value()).isEmpty()
                    && !text.value().contains("{{")).ifPresent(text -> problems.add(
                            new Problem(text.where(),
                                    "`" + key + ": " + text.value() + "` is no duration", "Write one such as 5m")));
        }
        if (name.isEmpty() || expr.isEmpty()) {
            return Optional.empty();
        }
        var labels = new LinkedHashMap<String, String>();
        Yaml.mapping(rule, "labels").entries().forEach((key, value) -> value.asScalar()
                .ifPresent(text -> labels.put(key, text.text())));
        return Optional.of(new Definition(alert.isPresent(), name.get(), expr.get(),
                Expression.parse(expr.get().value()), labels));
    }

    private static void refuseUnknown(Node.Mapping mapping, Set<String> known, String what, List<Problem> problems) {
        for (var key : mapping.entries().keySet()) {
            if (!known.contains(key)) {
                Location where = mapping.keyLocation(key);
                problems.add(new Problem(where, "`" + key + "` is no key of " + what, "Correct or remove it"));
            }
        }
    }
}
