package dev.plimsoll.render;

import dev.plimsoll.prometheus.ContainerFiles;
import dev.plimsoll.prometheus.PrometheusServer;
import dev.plimsoll.prometheus.RuleFile;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Paths;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.yaml.Node;
import dev.plimsoll.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes `rule_files` name the rule files that are there, at their paths in the container.
final class RuleFileEntries {
    private final PrometheusServer server;
    private final PrometheusConf.Source source;
    private final PrometheusEdits edits;
    private final ProjectFiles files;
    /// Mounted and not loaded, by path in the container.
    private final Map<String, RuleFile> missed = new LinkedHashMap<>();
    private final List<String> entries = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    private RuleFileEntries(Task task, PrometheusServer server, PrometheusConf.Source source, PrometheusEdits edits) {
        this.server = server;
        this.source = source;
        this.edits = edits;
        this.files = task.plan().inventory().stack().files();
    }

    static void mend(Task task, PrometheusServer server, PrometheusConf.Source source, PrometheusEdits edits) {
        new RuleFileEntries(task, server, source, edits).mend();
    }

    private void mend() {
        server.missedRules().forEach(path -> Optional.ofNullable(server.idleFiles().get(path)).map(
                PrometheusServer.Idle::file).filter(file -> isSound(file, path))
                .ifPresent(file -> missed.put(path, file)));
        var idle = new ArrayList<>(server.idlePatterns());
        idle.removeIf(this::names);
        idle.removeIf(this::lacksMount);
        idle.forEach(this::takesAnother);
        if (!missed.isEmpty()) {
            var rest = List.copyOf(missed.keySet());
            edits.append("rule_files", rest);
            entries.addAll(rest);
            reasons.add(sources(missed) + (rest.size() == 1 ? " is" : " are") + " mounted there and no entry named "
                    + (rest.size() == 1 ? "it" : "them"));
        }
        if (!entries.isEmpty()) {
            edits.changed("rule_files", String.join(", ", entries), String.join("; ", reasons),
                    PrometheusEdits.MANUAL);
        }
    }

    /// Prometheus does not start with a rule file that it refuses, so only what is understood is loaded.
    private boolean isSound(RuleFile file, String path) {
        var isSound = file.refusals().isEmpty() && file.rules().stream().allMatch(rule -> rule.expression()
                .isPresent());
        if (!isSound) {
            edits.left(path + " stays out of rule_files, because Prometheus would refuse it; correct " + file.path()
                    + " first.");
        }
        return isSound;
    }

    /// An entry that names a missed file by its path beside the config in the project.
    private boolean names(Located<String> entry) {
        var inProject = inProject(entry);
        var found = missed.entrySet().stream().filter(file -> file.getValue().path().equals(inProject)).findFirst();
        found.ifPresent(file -> replace(entry, file.getKey(), file.getValue()));
        return found.isPresent();
    }

    private void replace(Located<String> entry, String path, RuleFile file) {
        edits.replace(entry, path);
        entries.add(path);
        reasons.add(file.path() + " is mounted there, and " + entry.value() + " found no file");
        missed.remove(path);
    }

    /// An entry that means rule files beside the config in the project, which nothing mounts.
    private boolean lacksMount(Located<String> entry) {
        var unmounted = rulesAt(inProject(entry));
        var pattern = Paths.resolve(Paths.parent(source.target()), entry.value());
        var whole = unmounted.entrySet().stream().filter(file -> isSound(file.getValue(), file.getKey())).toList();
        whole.forEach(file -> {
            var target = Paths.parent(pattern) + "/" + Paths.name(file.getKey());
            edits.mount(ComposeText.ownMount(server.service().name(), file.getKey(), target, "rules that "
                    + entry.value() + " names"));
            entries.add(target);
            reasons.add(file.getKey() + " is now mounted where " + entry.value() + " looks");
        });
        return !unmounted.isEmpty();
    }

    /// An entry that finds nothing takes the name of a file that is there; with none left, it stays.
    private void takesAnother(Located<String> entry) {
        missed.entrySet().stream().findFirst().ifPresentOrElse(file -> replace(entry, file.getKey(), file.getValue()),
                () -> edits.left("the entry " + entry.value() + " of rule_files finds no file, and none in the project "
                        + "is clearly meant; mount it or remove the entry."));
    }

    private String inProject(Located<String> entry) {
        return entry.value().startsWith("/")
                ? Paths.normalized(Paths.parent(source.path()) + "/" + relative(entry.value()))
                : Paths.resolve(Paths.parent(source.path()), entry.value());
    }

    /// An absolute entry below the config's directory, seen from there.
    private String relative(String path) {
        var directory = Paths.parent(source.target()) + "/";
        return path.startsWith(directory) ? path.substring(directory.length()) : path.substring(1);
    }

    private Map<String, RuleFile> rulesAt(String pattern) {
        var directory = Paths.parent(pattern);
        var name = ContainerFiles.glob(Paths.name(pattern));
        var rules = new LinkedHashMap<String, RuleFile>();
        files.list(directory).stream().filter(entry -> name.matcher(entry).matches())
                .map(entry -> directory.equals(".") ? entry : directory + "/" + entry)
                .forEach(path -> read(path).ifPresent(file -> rules.put(path, file)));
        return rules;
    }

    private Optional<RuleFile> read(String path) {
        try {
            return files.read(path).flatMap(text -> YamlReader.read(path, text)).flatMap(Node::asMapping)
                    .filter(RuleFile::isOne).map(root -> RuleFile.of(path, root));
        } catch (InputException noYaml) {
            return Optional.empty();
        }
    }

    private static String sources(Map<String, RuleFile> files) {
        return String.join(", ", files.values().stream().map(RuleFile::path).distinct().toList());
    }
}
