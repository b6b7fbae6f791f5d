package dev.plimsoll.cli;

import dev.plimsoll.audit.Audit;
import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.plan.Planner;
import dev.plimsoll.render.Directory;
import dev.plimsoll.render.EnvFile;
import dev.plimsoll.render.InPlace;
import dev.plimsoll.render.Profile;
import dev.plimsoll.render.Rendering;
import dev.plimsoll.render.Task;
import dev.plimsoll.run.Command;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.OverlaidFiles;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.store.RenderedDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One rendering: from a project and a server to the files of a directory, nothing written yet.
final class RenderJob {
    private final Path project;
    private final ProjectFiles files;
    private final ComposeLoader.Request request;
    private final Inventory inventory;
    private final Profile profile;

    RenderJob(Path project, ProjectFiles files, ComposeLoader.Request request, Inventory inventory,
            Profile profile) {
        this.project = project;
        this.files = files;
        this.request = request;
        this.inventory = inventory;
        this.profile = profile;
    }

    Inventory inventory() {
        return inventory;
    }

    /// @param env the text of the directory's `.env` with a value for every variable
    /// @param after the stack with the rendering laid over it
    record Outcome(Plan plan, Rendering rendering, Directory directory, String env, Stack after) {}

    Outcome run(RenderedDirectory out) {
        return run(out, inventory);
    }

    Outcome run(RenderedDirectory out, Inventory on) {
        var plan = Planner.plan(on);
        var fromProject = relative(project, out.root());
        var task = new Task(plan, Audit.of(on), profile, fromProject);
        var env = new EnvSecrets(out.envFile().toString(), out.env());
        var secrets = env.secrets(Rendering.variables(task));
        var rendering = Rendering.of(task, secrets);
        var envText = EnvFile.completed(out.env(), env.present(), rendering.variables(), secrets);
        var place = place(out, fromProject, !envText.isEmpty());
        var after = laidOver(rendering, place, fromProject, envText).on(on.host());
        return new Outcome(plan, rendering, Directory.of(rendering, place, Audit.of(after)), envText, after.stack());
    }

    private Directory.Place place(RenderedDirectory out, String fromProject, boolean hasEnv) {
        var composeFiles = ComposeLoader.composeFiles(files, request);
        var envFiles = ownEnvFiles();
        if (hasEnv) {
            envFiles.add(relative(project, out.envFile()));
        }
        return new Directory.Place(fromDirectory(out, composeFiles), fromDirectory(out, envFiles),
                ComposeLoader.profiles(files, request), command(envFiles, Stream.concat(composeFiles.stream(),
                        Stream.of(fromProject + "/compose.plimsoll.yml")).toList()));
    }

    /// Starts the stack from the project directory, in any shell: what this one's variables say is written out.
    private String command(List<String> envFiles, List<String> composeFiles) {
        var words = new ArrayList<>(List.of("docker", "compose"));
        request.projectName().or(() -> Optional.ofNullable(request.environment().get("COMPOSE_PROJECT_NAME"))
                .filter(name -> !name.isEmpty())).ifPresent(name -> words.addAll(List.of("-p", name)));
        ComposeLoader.profiles(files, request).forEach(name -> words.addAll(List.of("--profile", name)));
        envFiles.forEach(file -> words.addAll(List.of("--env-file", file)));
        composeFiles.forEach(file -> words.addAll(List.of("-f", file)));
        words.addAll(List.of("up", "-d"));
        return Command.of(words).toString();
    }

    /// What starts the stack from files that were changed in place: the variables in the directory's `.env` are named,
    /// and Compose files only where the user named them.
    String inPlaceCommand(RenderedDirectory out, Outcome outcome) {
        var envFiles = ownEnvFiles();
        if (!outcome.env().isEmpty()) {
            envFiles.add(relative(project, out.envFile()));
        }
        return command(envFiles, request.composeFiles());
    }

    private List<String> fromDirectory(RenderedDirectory out, List<String> paths) {
        return paths.stream().map(path -> relative(out.root(), project.resolve(path))).toList();
    }

    /// The patches spliced into the user's own files, by path.
    ///
    /// @throws InputException when the files so changed would not mean what the override means
    Map<String, String> inPlace(RenderedDirectory out, Outcome outcome) {
        var texts = InPlace.texts(outcome.rendering(), files);
        var all = new LinkedHashMap<>(texts);
        var fromProject = relative(project, out.root());
        outcome.directory().files().stream().filter(file -> !file.path().equals("compose.plimsoll.yml"))
                .forEach(file -> all.put(fromProject + "/" + file.path(), file.content()));
        all.put(relative(project, out.envFile()), outcome.env());
        var envFiles = ownEnvFiles();
        envFiles.add(relative(project, out.envFile()));
        var spliced = load(new OverlaidFiles(files, all), ComposeLoader.composeFiles(files, request), envFiles);
        var meant = services(outcome.after());
        var got = services(spliced);
        meant.keySet().stream().filter(name -> !Objects.equals(meant.get(name), got.get(name))).findFirst()
                .ifPresent(name -> {
                    throw new InputException(Objects.requireNonNull(outcome.after().services().get(name)).where(),
                            "the service " + name
                                    + " shares anchors or several files with others, so that a change in place would not mean "
                                    + "what was planned",
                            "Render without --in-place and lay the override over the files");
                });
        return texts;
    }

    private static Map<String, Object> services(Stack stack) {
        return stack.services().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                entry -> entry.getValue().definition().plain(), (one, other) -> one, LinkedHashMap::new));
    }

    private Stack load(ProjectFiles from, List<String> composeFiles, List<String> envFiles) {
        return ComposeLoader.load(from, new ComposeLoader.Request(composeFiles, envFiles, request.environment(),
                request.profiles(), request.projectName(), request.directoryName()));
    }

    /// The stack as it will be, read back through the same loader.
    private Inventory laidOver(Rendering rendering, Directory.Place place, String fromProject, String env) {
        var texts = Directory.stackFiles(rendering, place).stream()
                .collect(Collectors.toMap(file -> fromProject + "/" + file.path(), file -> file.content(),
                        (one, other) -> one, LinkedHashMap::new));
        var envFiles = ownEnvFiles();
        texts.put(fromProject + "/" + EnvFile.NAME, env);
        envFiles.add(fromProject + "/" + EnvFile.NAME);
        var composeFiles = new ArrayList<>(ComposeLoader.composeFiles(files, request));
        composeFiles.add(fromProject + "/compose.plimsoll.yml");
        var stack = load(new OverlaidFiles(files, texts), composeFiles, envFiles);
        return Inventory.of(stack, inventory.host());
    }

    private List<String> ownEnvFiles() {
        var envFiles = new ArrayList<>(request.envFiles());
        if (envFiles.isEmpty() && files.typeOf(".env") == ProjectFiles.Type.FILE) {
            envFiles.add(".env");
        }
        return envFiles;
    }

    private static String relative(Path from, Path to) {
        return from.toAbsolutePath().normalize().relativize(to.toAbsolutePath().normalize()).toString()
                .replace('\\', '/');
    }
}
