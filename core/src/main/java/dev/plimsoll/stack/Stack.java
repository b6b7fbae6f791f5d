package dev.plimsoll.stack;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Paths;
import dev.plimsoll.source.Problem;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.yaml.Node;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// A Compose project as loaded.
///
/// @param name the project's name
/// @param composeFiles the files it was read from, in order, with included and extended ones
/// @param services those that a plain `up` starts, in the order of the files
/// @param inactive services behind profiles that are not active
/// @param hints the top-level `x-plimsoll`, or an empty mapping
/// @param files the project's other files
/// @param unset variables that the Compose files use and nothing sets, without a default
/// @param optional variables that they use and that have a value or a default
/// @param absences what only this machine lacks and Compose refuses to start without: env files, required variables
/// @param warnings what Compose warns of, and keys outside the specification
public record Stack(String name, List<String> composeFiles, SequencedMap<String, Service> services,
        SequencedMap<String, Service> inactive, Map<String, VolumeDefinition> volumes,
        Map<String, FileDefinition> configs, Map<String, FileDefinition> secrets, Node.Mapping networks,
        Node.Mapping hints, ProjectFiles files, List<Located<String>> unset,
        List<OptionalVariable> optional, List<Absence> absences, List<Problem> warnings) {

    /// A variable that may stay as it is.
    ///
    /// @param fallback what stands in where it is not set
    /// @param where it is used first
    public record OptionalVariable(String name, Optional<String> fallback, Location where) {}

    /// What only this machine lacks, said for a person.
    public List<Problem> missing() {
        return absences.stream().map(Absence::problem).toList();
    }

    /// The main Compose file, for findings about the whole stack.
    public String mainFile() {
        return composeFiles.getFirst();
    }

    /// Services that a plain `up` starts, then those behind profiles that are not active.
    public Stream<Service> everyService() {
        return Stream.concat(services.values().stream(), inactive.values().stream());
    }

    /// The file of the host that a container sees at `path`: a config, a secret, a bind mount, or what its Dockerfile
    /// copied there.
    public Optional<MountedFile> fileAt(Service service, String path) {
        var reference = service.files().stream().filter(file -> file.target().equals(path)).findFirst();
        if (reference.isPresent()) {
            return reference.flatMap(file -> mounted(file));
        }
        return service.mounts().stream().filter(mount -> mount.type() == Mount.Type.BIND && mount.covers(path))
                .max(Comparator.comparingInt(mount -> mount.target().length()))
                .flatMap(mount -> mount.source().map(source -> hostFile(
                        path.equals(mount.target()) ? source : source + path.substring(mount.target().length()),
                        mount)))
                .or(() -> copied(service, path));
    }

    /// What a Dockerfile copied, unless something is mounted over it.
    private Optional<MountedFile> copied(Service service, String path) {
        if (service.mounts().stream().anyMatch(mount -> mount.covers(path))) {
            return Optional.empty();
        }
        return service.built().stream().flatMap(image -> image.sources(path).stream())
                .filter(source -> files.typeOf(source.value()) == ProjectFiles.Type.FILE).findFirst()
                .map(source -> new MountedFile(source.value(), 0, files.read(source.value()), source.where()));
    }

    private Optional<MountedFile> mounted(FileReference reference) {
        var definition = (reference.secret() ? secrets : configs).get(reference.source());
        if (definition == null) {
            return Optional.empty();
        }
        if (definition.content().isPresent()) {
            var content = definition.content().get();
            // A block scalar starts on the line after its mark, other text on the line itself.
            var before = content.where().line() - (content.value().contains("\n") ? 0 : 1);
            return Optional.of(new MountedFile(content.where().file(), before,
                    Optional.of(content.value()), reference.where()));
        }
        return definition.file().map(file -> new MountedFile(file.value(), 0, files.read(file.value()),
                reference.where()));
    }

    private MountedFile hostFile(String path, Mount mount) {
        var normalized = Paths.normalized(path);
        return new MountedFile(normalized, 0, files.read(normalized), mount.where());
    }

    /// A file as a container sees it.
    ///
    /// @param path host path relative to the project, or the Compose file itself for inline content
    /// @param firstLine number of lines in `path` before the text starts
    /// @param text empty when the file is not there
    /// @param mount where it is mounted, or copied into the image
    public record MountedFile(String path, int firstLine, Optional<String> text, dev.plimsoll.source.Location mount) {}
}
