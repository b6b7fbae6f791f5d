package dev.plimsoll.prometheus;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Paths;
import dev.plimsoll.stack.Invocation;
import dev.plimsoll.stack.Invocations;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.yaml.Node;
import dev.plimsoll.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A Prometheus of the stack, with everything it loads.
///
/// @param flags its command line
/// @param ruleFiles by path in the container
/// @param idlePatterns entries of `rule_files` that match nothing
/// @param idleFiles rule files that are mounted and that no entry of `rule_files` matches, by path in the container
public record PrometheusServer(Service service, Optional<Invocation> flags, Loaded<PrometheusConfig> config,
        Map<String, Loaded<RuleFile>> ruleFiles, List<Located<String>> idlePatterns, Map<String, Idle> idleFiles) {
    private static final String DEFAULT_CONFIG = "/etc/prometheus/prometheus.yml";
    private static final String BITNAMI_CONFIG = "/opt/bitnami/prometheus/conf/prometheus.yml";

    /// A rule file that is not loaded.
    public record Idle(Location mount, RuleFile file) {}

    public static PrometheusServer of(Stack stack, Service service) {
        var files = new ContainerFiles(stack, service);
        var flags = flags(Invocations.of(stack, service).invocations(), "prometheus");
        var path = configPath(service, flags);
        var config = Loaded.read(files, path, PrometheusConfig::of);
        var patterns = config.value().map(PrometheusConfig::ruleFiles).orElse(List.of());
        var loaded = new LinkedHashMap<String, Loaded<RuleFile>>();
        var idlePatterns = new ArrayList<Located<String>>();
        for (var pattern : patterns) {
            var absolute = Paths.resolve(Paths.parent(path), pattern.value());
            var matches = files.matching(absolute);
            matches.forEach(match -> loaded.computeIfAbsent(match, _ -> ruleFile(files, match)));
            if (matches.isEmpty() && files.isKnown(Paths.parent(absolute))) {
                idlePatterns.add(pattern);
            }
        }
        var idle = config.value().isPresent() ? idle(files, loaded) : new LinkedHashMap<String, Idle>();
        return new PrometheusServer(service, flags, config, loaded, idlePatterns, idle);
    }

    /// Its config alone, without the rule files.
    public static Loaded<PrometheusConfig> readConfig(Stack stack, Service service) {
        return Loaded.read(new ContainerFiles(stack, service),
                configPath(service, flags(Invocations.of(stack, service).invocations(), "prometheus")),
                PrometheusConfig::of);
    }

    /// Where its config lies in the container.
    public String configPath() {
        return configPath(service, flags);
    }

    private static String configPath(Service service, Optional<Invocation> flags) {
        var bitnami = service.foundation().filter(image -> image.repository().contains("bitnami")).isPresent();
        return flags.flatMap(run -> run.option("--config.file")).map(Located::value).map(Paths::normalized)
                .orElse(bitnami ? BITNAMI_CONFIG : DEFAULT_CONFIG);
    }

    /// The run of a program, or the arguments that the image's own entrypoint gets.
    public static Optional<Invocation> flags(List<Invocation> runs, String program) {
        return runs.stream().filter(run -> run.program().equals(program)).findFirst()
                .or(() -> runs.stream().filter(run -> run.program().isEmpty()).findFirst());
    }

    private static Loaded<RuleFile> ruleFile(ContainerFiles files, String path) {
        var name = files.at(path).map(ContainerFiles.Found::path).orElse(path);
        return Loaded.read(files, path, root -> RuleFile.of(name, root));
    }

    private static Map<String, Idle> idle(ContainerFiles files, Map<String, Loaded<RuleFile>> loaded) {
        var idle = new LinkedHashMap<String, Idle>();
        var seen = new LinkedHashSet<String>();
        loaded.values().forEach(file -> file.value().ifPresent(read -> seen.add(read.path())));
        for (var path : files.provided()) {
            if (!path.matches(".*\\.(ya?ml|rules)") || loaded.containsKey(path)) {
                continue;
            }
            var found = files.at(path);
            found.filter(file -> !seen.contains(file.path())).flatMap(file -> rules(file)).ifPresent(
                    rules -> idle.put(path, new Idle(found.get().mount(), rules)));
        }
        return idle;
    }

    private static Optional<RuleFile> rules(ContainerFiles.Found file) {
        try {
            return file.text().flatMap(text -> YamlReader.read(file.path(), text)).flatMap(Node::asMapping)
                    .filter(RuleFile::isOne).map(root -> RuleFile.of(file.path(), root));
        } catch (InputException unreadable) {
            return Optional.empty();
        }
    }

    /// Whether a mounted rule file is meant to be loaded and is not: one that lies next to loaded ones in a mounted
    /// directory may be an example; one that is mounted on its own, or the only one, is meant.
    public boolean missesRules() {
        return !idleFiles.isEmpty() && (ruleFiles.isEmpty() || !idlePatterns.isEmpty()
                || idleFiles.keySet().stream().anyMatch(this::isMountedAlone));
    }

    private boolean isMountedAlone(String path) {
        return service.mounts().stream().anyMatch(mount -> mount.target().equals(path));
    }

    /// The idle rule files that are meant to be loaded, by path in the container.
    public List<String> missedRules() {
        if (!missesRules()) {
            return List.of();
        }
        var all = ruleFiles.isEmpty() || !idlePatterns.isEmpty();
        return idleFiles.keySet().stream().filter(path -> all || isMountedAlone(path)).toList();
    }

    /// Every rule the project wrote for this server, loaded or not.
    public Stream<RuleFile.Definition> rules() {
        return Stream.concat(ruleFiles.values().stream().flatMap(file -> file.value().stream()),
                idleFiles.values().stream().map(Idle::file)).flatMap(file -> file.rules().stream());
    }

    public Stream<RuleFile.Definition> alerts() {
        return rules().filter(RuleFile.Definition::alerts);
    }

    public Stream<RuleFile.Definition> loadedAlerts() {
        return ruleFiles.values().stream().flatMap(file -> file.value().stream())
                .flatMap(file -> file.rules().stream()).filter(RuleFile.Definition::alerts);
    }

    public List<ScrapeJob> jobs() {
        return config.value().map(PrometheusConfig::jobs).orElse(List.of());
    }

    public Optional<Located<String>> flag(String name) {
        return flags.flatMap(run -> run.option(name));
    }
}
