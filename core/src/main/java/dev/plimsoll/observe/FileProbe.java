package dev.plimsoll.observe;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.Lock.LockedFile;
import dev.plimsoll.lock.LockedService;
import java.util.ArrayList;
import java.util.List;

/// Whether rendered files that a container mounts still are as they were rendered.
///
/// @param directory the absolute path of the rendered directory, with `/`
public record FileProbe(String directory) implements Probe {
    @Override
    public String id() {
        return "files";
    }

    /// @param inside where the container sees it
    private record Seen(LockedFile file, String inside) {}

    /// Rendered files behind bind mounts: mounted themselves, or with their directory.
    private List<Seen> seen(Lock lock, Container container) {
        var found = new ArrayList<Seen>();
        for (var mount : container.mounts()) {
            for (var file : mount.type().equals("bind") ? lock.files() : List.<LockedFile>of()) {
                if (mount.source().endsWith(directory + "/" + file.path())) {
                    found.add(new Seen(file, mount.target()));
                    continue;
                }
                for (var slash = file.path().lastIndexOf('/'); slash > 0; slash = file.path().lastIndexOf('/', slash
                        - 1)) {
                    if (mount.source().endsWith(directory + "/" + file.path().substring(0, slash))) {
                        found.add(new Seen(file, mount.target() + file.path().substring(slash)));
                    }
                }
            }
        }
        return found;
    }

    @Override
    public List<Question> questions(Lock lock, LockedService service, Container container) {
        return container.isRunning()
                ? seen(lock, container).stream().<Question>map(file -> new Question.FileText(file.inside())).toList()
                : List.of();
    }

    @Override
    public Observations read(Sight sight) {
        var facts = new Facts(sight);
        if (sight.container().isRunning() && sight.service().isPresent()) {
            seen(sight.lock(), sight.container()).forEach(file -> sight.text(new Question.FileText(file.inside()),
                    "file." + file.file().path(), facts).ifPresent(
                            text -> facts.text("file." + file.file().path(),
                                    Digests.sha256(text), "SHA-256 of " + file.inside())));
        }
        return facts.done();
    }
}
