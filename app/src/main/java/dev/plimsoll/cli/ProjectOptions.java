package dev.plimsoll.cli;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which Compose project to read; shared by every command that reads one.
final class ProjectOptions {
    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Compose files, later ones over earlier ones. "
            + "Without any: the default file of this directory and its override.")
    private List<Path> files = new ArrayList<>();

    @Option(names = {"-f", "--file"}, paramLabel = "FILE", description = "Another way to name a Compose file.")
    private List<Path> moreFiles = new ArrayList<>();

    @Option(names = "--env-file", paramLabel = "FILE", description = "Read variables from here instead of .env.")
    private List<Path> envFiles = new ArrayList<>();

    @Option(names = "--profile", paramLabel = "NAME", description = "Activate a profile; `*` activates all.")
    private List<String> profiles = new ArrayList<>();

    @Option(names = {"-p", "--project-name"}, paramLabel = "NAME", description = "Name the project.")
    private Optional<String> projectName = Optional.empty();

    /// The directory of the first file: paths in Compose files and in reports are relative to it.
    Path directory() {
        var all = all();
        if (all.isEmpty()) {
            return Path.of("");
        }
        var first = all.getFirst();
        if (Files.isDirectory(first)) {
            return first;
        }
        return Optional.ofNullable(first.getParent()).orElse(Path.of(""));
    }

    /// The directory for reports that are read where the command ran: as named, but below the current one relative
    /// to it.
    String shownDirectory() {
        var named = directory();
        var here = Path.of("").toAbsolutePath();
        var shown = named.isAbsolute() && named.normalize().startsWith(here)
                ? here.relativize(named.normalize())
                : named;
        return shown.toString().replace('\\', '/');
    }

    Stack load(Map<String, String> environment) {
        return ComposeLoader.load(files(), request(environment));
    }

    /// The project's files, as paths relative to its directory name them.
    ProjectFiles files() {
        return new DiskFiles(directory());
    }

    /// What to load, every path relative to the project's directory.
    ComposeLoader.Request request(Map<String, String> environment) {
        var root = directory();
        var composeFiles = all().stream().filter(file -> !Files.isDirectory(file)).map(file -> relative(root, file))
                .toList();
        if (!Files.isDirectory(root.toAbsolutePath())) {
            throw new InputException(Location.ofFile(root.toString()), "the directory does not exist",
                    "Check the path");
        }
        var name = Optional.ofNullable(root.toAbsolutePath().normalize().getFileName()).map(Path::toString).orElse("");
        return new ComposeLoader.Request(composeFiles,
                envFiles.stream().map(file -> relative(root, file)).toList(), environment, profiles, projectName,
                name);
    }

    /// Every file named as a project of its own; without any, the default project.
    List<ProjectOptions> each() {
        var all = all();
        return all.isEmpty() ? List.of(this) : all.stream().map(this::alone).toList();
    }

    private ProjectOptions alone(Path file) {
        var one = new ProjectOptions();
        one.files = List.of(file);
        one.envFiles = envFiles;
        one.profiles = profiles;
        one.projectName = projectName;
        return one;
    }

    private List<Path> all() {
        var all = new ArrayList<>(files);
        all.addAll(moreFiles);
        return all;
    }

    static String relative(Path root, Path file) {
        return root.toAbsolutePath().normalize().relativize(file.toAbsolutePath().normalize()).toString();
    }
}
