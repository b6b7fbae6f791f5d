package dev.plimsoll.cli;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Calibration;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.render.Profile;
import dev.plimsoll.report.RenderText;
import dev.plimsoll.run.Exclusive;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.OverlaidFiles;
import dev.plimsoll.store.RenderedDirectory;
import dev.plimsoll.units.MemorySize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `plimsoll render`: the tuned stack as files.
@Command(name = "render", description = "Write the tuned stack: a Compose override, configuration files, secrets, a "
        + "lock with every number's reason.",
        footer = {"", "The Compose files stay as they are unless --in-place is given. Exits with 1 when the stack does "
                + "not fit as declared; what was lowered to make it fit is printed. With --sizes and --rollback it is 0."})
final class RenderCommand implements Callable<Integer> {
    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private HostOptions hostOptions = new HostOptions();

    @Mixin
    private CalibrationOption calibration = new CalibrationOption();

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write; `plimsoll` in the project's directory "
            + "unless named.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--for", paramLabel = "PURPOSE", defaultValue = "production", converter = ProfileReader.class,
            description = "development, staging or production; ${DEFAULT-VALUE} unless named.")
    private Profile profile = Profile.PRODUCTION;

    @Option(names = "--sizes", paramLabel = "SIZE", split = ",", converter = Sizes.AboveZero.class,
            description = "Render for several servers, such as 2GB,4GB,8GB,16GB, each into a directory of its own; "
                    + "with --diff and two sizes print how they differ.")
    private List<MemorySize> sizes = new ArrayList<>();

    @Option(names = "--in-place", description = "Also change the Compose files themselves: comments, order and every "
            + "other byte stay, and the files as they were are kept as FILE.before-plimsoll.")
    private boolean inPlace;

    @Option(names = "--diff", description = "Write nothing; print how the files would change.")
    private boolean diff;

    @Option(names = "--rollback", description = "Bring back the rendering before the last change, and "
            + "with it the Compose files that were changed in place.")
    private boolean rollback;

    @Option(names = "--force", description = "Overwrite rendered files that were edited by hand, "
            + "files that no rendering wrote, and the rendering of other Compose files.")
    private boolean force;

    @Override
    public Integer call() {
        refuseWhatDoesNotGoTogether();
        var directory = new RenderedDirectory(out.orElseGet(() -> project.directory().resolve("plimsoll")));
        if (diff || !Files.isDirectory(directory.state())) {
            return call(directory);
        }
        try (var _ = Exclusive.toRender(directory.state())) {
            return call(directory);
        }
    }

    private Integer call(RenderedDirectory directory) {
        if (force) {
            directory.setDamagedLockAside();
        }
        var ownFiles = new InPlaceFiles(project.directory(), directory);
        if (rollback) {
            plimsoll.terminal().print(RenderText.rolledBack(directory.root().toString(), rolledBack(directory,
                    ownFiles)));
            return ExitCode.FINE;
        }
        var job = job(directory.root(), ownFiles);
        if (!sizes.isEmpty()) {
            return renderSizes(job, directory.root());
        }
        job.inventory().unheededHints().forEach(hint -> plimsoll.terminal().warn(hint.toString()));
        var outcome = job.run(directory);
        if (diff) {
            var own = inPlace ? job.inPlace(directory, outcome) : Map.<String, String>of();
            var differences = Differences.with(directory, outcome.directory()) + Differences.between(ownFiles.present(
                    own.keySet()), own);
            plimsoll.terminal().print(differences.isEmpty() ? "Nothing would change.\n" : differences);
        } else {
            refuseLosses(job, directory, outcome);
            write(job, outcome, directory, ownFiles);
        }
        return outcome.plan().fits() ? ExitCode.FINE : ExitCode.FAILED;
    }

    private void write(RenderJob job, RenderJob.Outcome outcome, RenderedDirectory directory, InPlaceFiles ownFiles) {
        var own = inPlace ? job.inPlace(directory, outcome) : Map.<String, String>of();
        var originals = ownFiles.originals();
        if (directory.lock().isPresent() && !directory.changes(outcome.directory()).isEmpty()) {
            directory.id().ifPresent(ownFiles::keepForRollBack);
        }
        var changed = new ArrayList<>(directory.write(outcome.directory(), outcome.env()).stream().map(
                path -> Files.exists(directory.root().resolve(path)) ? path : path + " (removed)").toList());
        changed.addAll(ownFiles.replace(own, originals));
        directory.lock().ifPresent(lock -> directory.noteSources(lock.composeFiles()));
        plimsoll.terminal().print(RenderText.of(outcome.plan(), outcome.rendering().notes(),
                directory.root().toString(), changed));
        plimsoll.terminal().print(inPlace
                ? RenderText.inPlace(directory.root().toString(), job.inPlaceCommand(directory, outcome))
                : RenderText.next(directory.root().toString()));
    }

    /// @return the paths that changed
    private static List<String> rolledBack(RenderedDirectory directory, InPlaceFiles ownFiles) {
        var earlier = ownFiles.earlier(directory.previousId());
        var current = directory.id();
        // A first change in place may have left the rendering as it was.
        var changed = new ArrayList<>(directory.hasPrevious() || earlier.isEmpty() ? directory.rollBack() : List.of());
        changed.addAll(ownFiles.rollBack(earlier, current.orElse("")));
        return changed;
    }

    private RenderJob job(Path root, InPlaceFiles ownFiles) {
        var files = new OverlaidFiles(project.files(), ownFiles.originals());
        var request = project.request(plimsoll.terminal().environment());
        var stack = ComposeLoader.load(files, request);
        ownFiles.refuseUnrecorded(stack.composeFiles());
        return new RenderJob(project.directory(), files, request,
                Inventory.of(stack, hostOptions.host(stack, project.directory())).calibrated(measured(root)), profile);
    }

    /// What was measured of this stack before; that it is used is said.
    private Calibration measured(Path root) {
        var file = calibration.within(root);
        if (file.isEmpty()) {
            return Calibration.NONE;
        }
        plimsoll.terminal().print("Planning with what was measured, in " + file.get() + ".\n");
        return calibration.from(file.get());
    }

    private int renderSizes(RenderJob job, Path root) {
        var all = sizes.stream().sorted().distinct().toList();
        if (diff && all.size() != 2) {
            throw new InputException(Location.ofFile("--sizes"), "--diff compares two servers, and " + all.size()
                    + " are named", "Name two sizes, such as --sizes 4GB,8GB");
        }
        var outcomes = new ArrayList<RenderJob.Outcome>();
        for (var size : all) {
            var directory = new RenderedDirectory(root.resolve(name(size)), root);
            var outcome = job.run(directory, job.inventory().on(job.inventory().host().with(size)));
            outcomes.add(outcome);
            if (!diff) {
                refuseLosses(job, directory, outcome);
                var changed = directory.write(outcome.directory(), outcome.env());
                plimsoll.terminal().print(RenderText.size(outcome.plan(), directory.root().toString(), changed));
            }
        }
        if (!diff) {
            new RenderedDirectory(root).keepFromVersionControl();
            plimsoll.terminal().print(RenderText.nextOfSizes(root.resolve(name(all.getFirst())).toString()));
        } else {
            plimsoll.terminal().print(Differences.between(name(all.getFirst()), outcomes.getFirst().directory(),
                    name(all.getLast()), outcomes.getLast().directory()));
        }
        return ExitCode.FINE;
    }

    /// `4gb`, `512mb`.
    private static String name(MemorySize size) {
        return size.toString().replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private void refuseWhatDoesNotGoTogether() {
        var other = Stream.of(Optional.of("--diff").filter(_ -> diff), Optional.of("--sizes").filter(_ -> !sizes
                .isEmpty()), Optional.of("--in-place").filter(_ -> inPlace),
                Optional.of("--memory and its like").filter(
                        _ -> hostOptions.isGiven()))
                .flatMap(Optional::stream).findFirst();
        if (rollback && other.isPresent()) {
            throw new InputException(Location.ofFile("--rollback"), "it does not go with " + other.get(),
                    "Give one of them");
        }
        if (inPlace && !sizes.isEmpty()) {
            throw new InputException(Location.ofFile("--sizes"), "it does not go with --in-place, which writes one "
                    + "rendering into the Compose files", "Give one of them");
        }
    }

    private void refuseLosses(RenderJob job, RenderedDirectory directory, RenderJob.Outcome outcome) {
        if (force) {
            return;
        }
        refuseOtherStack(job.inventory().stack().composeFiles(), directory);
        refuseEdited(directory);
        directory.foreign(outcome.directory()).stream().findFirst().ifPresent(path -> {
            throw new InputException(Location.ofFile(directory.root().resolve(path).toString()),
                    "this file is not of an earlier rendering, and would be overwritten",
                    "Name another directory with --out, move the file, or say --force to lose it");
        });
        if (outcome.plan().total().isZero() && outcome.plan().inventory().running().findAny().isPresent()) {
            throw new InputException(Location.ofFile("--memory"), "on " + outcome.plan().inventory().host().memory()
                    + " no service has a place", "Name more memory, or say --force to write that");
        }
    }

    /// What the files of another stack mount from here would go, and so would the way back to its rendering.
    ///
    /// @param composeFiles from the project
    private void refuseOtherStack(List<String> composeFiles, RenderedDirectory directory) {
        var here = composeFiles.stream().map(file -> absolute(project.directory().resolve(file))).toList();
        var before = directory.lock().map(Lock::composeFiles).orElse(List.of()).stream().map(file -> absolute(directory
                .root().resolve(file))).filter(Files::exists).toList();
        if (!before.isEmpty() && before.stream().noneMatch(here::contains)) {
            throw new InputException(Location.ofFile(directory.root().toString()), "here is the rendering of "
                    + relativeTo(absolute(project.directory()), before) + ", of which no file is named now",
                    "Name another directory with --out, or say --force to render over it");
        }
    }

    private static String relativeTo(Path directory, List<Path> files) {
        return files.stream().map(file -> directory.relativize(file).toString()).collect(Collectors.joining(", "));
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private void refuseEdited(RenderedDirectory directory) {
        var edited = directory.edited();
        if (!edited.isEmpty()) {
            throw new InputException(Location.ofFile(directory.root().resolve(edited.getFirst()).toString()),
                    edited.size() == 1
                            ? "this file was edited since it was rendered"
                            : "this file and "
                                    + (edited.size() - 1) + " more were edited since they were rendered: "
                                    + String.join(", ", edited),
                    "Move your changes to the Compose file or to x-plimsoll hints, or say --force to overwrite them; "
                            + "--diff shows them");
        }
    }

    /// Reads a purpose from the command line.
    static final class ProfileReader extends Choice<Profile> {
        ProfileReader() {
            super(List.of(Profile.values()));
        }
    }
}
