package dev.plimsoll.audit.rules;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Mount;
import dev.plimsoll.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Directories of a service that live in memory.
final class TemporaryFiles {
    private TemporaryFiles() {}

    /// Their paths in the container, from `tmpfs:` and from mounts of type tmpfs.
    static List<Located<String>> of(Recognised service) {
        var found = new ArrayList<Located<String>>();
        service.service().mounts().stream().filter(mount -> mount.type() == Mount.Type.TMPFS)
                .forEach(mount -> found.add(new Located<>(mount.target(), mount.where())));
        service.service().node("tmpfs").ifPresent(node -> {
            var items = node.asSequence().map(Node.Sequence::items).orElse(List.of(node));
            items.stream().flatMap(item -> item.asScalar().stream())
                    .forEach(item -> found.add(new Located<>(item.text().split(":", -1)[0], item.where())));
        });
        return found;
    }

    static boolean isMountedAt(Recognised service, String path) {
        return where(service, path).isPresent();
    }

    /// Where the file says that `path` lies in memory.
    static Optional<Location> where(Recognised service, String path) {
        return of(service).stream()
                .filter(directory -> path.equals(directory.value()) || path.startsWith(directory.value() + "/"))
                .map(Located::where).findFirst();
    }
}
