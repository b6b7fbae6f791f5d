package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Paths;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Mount;
import dev.plimsoll.stack.Stack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class MissingMountedFile implements Rule {
    private static final Pattern FILE_NAME = Pattern
            .compile("[^/]*[^/.][^/]*\\.(?:conf|cnf|cfg|ini|ya?ml|json|toml|xml|"
                    + "properties|sh|sql|txt|rules|crt|pem|key|env|tmpl|tpl|py|js|lua|hcl|alloy|vcl)");

    private static final Pattern KEY_FILE = Pattern.compile(".*\\.(?:pem|crt|key)");

    @Override
    public About about() {
        return new About("REL019", "missing-mounted-file", Severity.HIGH, Confidence.CERTAIN,
                "A file is mounted that is not there.",
                "For a bind mount in short form the engine makes a directory of that name in its place, so the "
                        + "program finds a directory where it wants a file; a missing config or secret stops `up`.",
                "Add the file, or correct the path; paths are relative to the Compose file.",
                "https://docs.docker.com/engine/storage/bind-mounts/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var stack = inventory.stack();
        var users = new TreeMap<String, List<Recognised>>();
        var places = new TreeMap<String, Location>();
        inventory.running().forEach(service -> {
            service.service().mounts().forEach(mount -> missing(stack, mount).ifPresent(path -> note(users, places,
                    path, service, mount.where())));
            service.service().files().stream()
                    .flatMap(file -> Stream.of(file.secret() ? stack.secrets() : stack.configs())
                            .flatMap(all -> Optional.ofNullable(all.get(file.source())).stream()))
                    .flatMap(definition -> definition.file().stream())
                    .filter(file -> isMissing(stack, file.value()))
                    .forEach(file -> note(users, places, file.value(), service, file.where()));
        });
        var keys = users.keySet().stream().filter(path -> KEY_FILE.matcher(path).matches()).toList();
        if (keys.size() > 1) {
            var services = keys.stream().flatMap(path -> users.getOrDefault(path, List.of()).stream()).distinct()
                    .toList();
            var where = keys.stream().flatMap(path -> Optional.ofNullable(places.get(path)).stream())
                    .min(Comparator.naturalOrder()).orElse(Location.ofFile(stack.mainFile()));
            users.keySet().removeAll(keys);
            return Stream.concat(single(users, places, stack), Stream.of(Grouped.finding(this, Severity.HIGH, services,
                    where, keys.size() + " certificates and keys are mounted and do not exist: " + Grouped.list(keys),
                    "Make them before the first start, or correct the paths")));
        }
        return single(users, places, stack);
    }

    private Stream<Finding> single(Map<String, List<Recognised>> users, Map<String, Location> places,
            Stack stack) {
        return users.entrySet().stream().map(entry -> Grouped.finding(this, Severity.HIGH, entry.getValue(),
                places.getOrDefault(entry.getKey(), Location.ofFile(stack.mainFile())), entry.getKey()
                        + " is mounted into " + Grouped.names(entry.getValue()) + " and does not exist",
                "Add " + entry.getKey() + " or correct the path"));
    }

    private static void note(Map<String, List<Recognised>> users, Map<String, Location> places, String path,
            Recognised service, Location where) {
        var known = users.computeIfAbsent(path, _ -> new ArrayList<>());
        if (!known.contains(service)) {
            known.add(service);
        }
        places.putIfAbsent(path, where);
    }

    private static Optional<String> missing(Stack stack, Mount mount) {
        if (mount.type() != Mount.Type.BIND || mount.source().isEmpty()) {
            return Optional.empty();
        }
        var path = mount.source().get();
        var looksLikeFile = FILE_NAME.matcher(Paths.name(path)).matches()
                && FILE_NAME.matcher(Paths.name(mount.target())).matches();
        return looksLikeFile && isMissing(stack, path) ? Optional.of(path) : Optional.empty();
    }

    private static boolean isMissing(Stack stack, String path) {
        return !path.startsWith("/") && !path.startsWith("~") && !path.startsWith("..") && !path.contains("$")
                && stack.files().typeOf(path) == ProjectFiles.Type.MISSING;
    }
}
