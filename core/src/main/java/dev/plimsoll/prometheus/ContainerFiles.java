package dev.plimsoll.prometheus;

import dev.plimsoll.source.Location;
import dev.plimsoll.source.Paths;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Invocations;
import dev.plimsoll.stack.Mount;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The files of a container that the project provides: mounted, given as configs, or written by its command.
public record ContainerFiles(Stack stack, Service service) {
    /// @param text preceded by as many empty lines as stand before it in `path`
    /// @param mount what brings it into the container
    public record Found(String path, Optional<String> text, Location mount) {}

    /// A file of the project at a path in the container; without text when something names it and it is not there.
    /// What lies elsewhere on the server may be missing here and is then left out.
    public Optional<Found> at(String path) {
        var written = Invocations.of(stack, service).files().get(path);
        if (written != null) {
            return Optional.of(new Found(written.where().file(), Optional.of("\n".repeat(
                    Math.max(0, written.where().line() - 1)) + written.value()), written.where()));
        }
        return stack.fileAt(service, path).filter(file -> file.text().isPresent()
                || !file.path().startsWith("/") && !file.path().startsWith("~")).map(file -> new Found(file.path(),
                        file.text().map(text -> "\n".repeat(Math.max(0, file.firstLine())) + text), file.mount()));
    }

    /// Whether everything in a directory of the container is known: bound from the project, or the image is no
    /// build of the user's and no volume hides it.
    public boolean isKnown(String directory) {
        var deepest = service.mounts().stream().filter(mount -> mount.covers(directory))
                .max(Comparator.comparingInt(mount -> mount.target().length()));
        return deepest.map(mount -> mount.type() == Mount.Type.BIND && mount.source()
                .filter(source -> stack.files().typeOf(Paths.normalized(source)) != ProjectFiles.Type.MISSING)
                .isPresent()).orElse(!service.isBuilt());
    }

    /// Paths in the container that a pattern such as `rules/*.yml` matches, sorted.
    public List<String> matching(String pattern) {
        if (!isPattern(pattern)) {
            return at(pattern).filter(file -> file.text().isPresent()).map(_ -> List.of(pattern)).orElse(List.of());
        }
        var directory = Paths.parent(pattern);
        var name = glob(Paths.name(pattern));
        var found = new ArrayList<String>();
        for (var parent : isPattern(directory) ? directories(directory) : List.of(directory)) {
            list(parent).stream().filter(entry -> name.matcher(entry).matches())
                    .map(entry -> parent + "/" + entry).forEach(found::add);
        }
        return found;
    }

    private List<String> directories(String pattern) {
        var parent = Paths.parent(pattern);
        var name = glob(Paths.name(pattern));
        return isPattern(parent)
                ? List.of()
                : list(parent).stream().filter(entry -> name.matcher(entry).matches())
                        .map(entry -> parent + "/" + entry).toList();
    }

    /// Names in a directory of the container, as far as the project provides them.
    public List<String> list(String directory) {
        var names = new TreeSet<String>();
        service.mounts().stream().filter(mount -> mount.type() == Mount.Type.BIND && mount.covers(directory))
                .max(Comparator.comparingInt(mount -> mount.target().length()))
                .flatMap(mount -> mount.source().map(source -> Paths.normalized(
                        source + directory.substring(Math.min(directory.length(), mount.target().length())))))
                .ifPresent(host -> names.addAll(stack.files().list(host)));
        service.mounts().stream().filter(mount -> mount.type() == Mount.Type.BIND)
                .map(mount -> mount.target()).filter(target -> Paths.parent(target).equals(directory))
                .forEach(target -> names.add(Paths.name(target)));
        service.files().stream().map(file -> file.target())
                .filter(target -> Paths.parent(target).equals(directory))
                .forEach(target -> names.add(Paths.name(target)));
        return List.copyOf(names);
    }

    /// Every file bound one by one, given as a config, or lying in a bound directory, two levels deep; by path in the
    /// container.
    public List<String> provided() {
        var paths = new TreeSet<String>();
        service.files().forEach(file -> paths.add(file.target()));
        for (var mount : service.mounts()) {
            var source = mount.source().map(Paths::normalized);
            if (mount.type() != Mount.Type.BIND || source.isEmpty() || source.get().startsWith("/")) {
                continue;
            }
            addBelow(source.get(), mount.target(), 2, paths);
        }
        return List.copyOf(paths);
    }

    private void addBelow(String host, String target, int levels, TreeSet<String> paths) {
        switch (stack.files().typeOf(host)) {
            case FILE -> paths.add(target);
            case DIRECTORY -> {
                for (var name : levels > 0 ? stack.files().list(host) : List.<String>of()) {
                    addBelow(Paths.normalized(host + "/" + name), target + "/" + name, levels - 1, paths);
                }
            }
            case MISSING -> {
            }
        }
    }

    private static boolean isPattern(String path) {
        return path.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }

    /// What a pattern of file names such as `*.yml` matches.
    public static Pattern glob(String pattern) {
        var regex = new StringBuilder();
        for (var at = 0; at < pattern.length(); at++) {
            var c = pattern.charAt(at);
            var end = c == '[' ? pattern.indexOf(']', at + 2) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (end > 0 && pattern.substring(at + 1, end).matches("\\^?[A-Za-z0-9_.-]+")) {
                regex.append(pattern, at, end + 1);
                at = end;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return Pattern.compile(regex.toString());
        } catch (java.util.regex.PatternSyntaxException notAPattern) {
            return Pattern.compile(Pattern.quote(pattern));
        }
    }
}
