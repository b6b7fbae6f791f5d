package dev.plimsoll.cli;

import dev.plimsoll.evidence.Evidence;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.observe.Probes;
import dev.plimsoll.report.Style;
import dev.plimsoll.report.VerifyJUnit;
import dev.plimsoll.report.VerifyJson;
import dev.plimsoll.report.VerifyText;
import dev.plimsoll.run.AtEnd;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.StackRuntime;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.store.EvidenceStore;
import dev.plimsoll.store.RenderedDirectory;
import dev.plimsoll.units.Durations;
import dev.plimsoll.verify.Scenarios;
import dev.plimsoll.verify.Trend;
import dev.plimsoll.verify.Verification;
import dev.plimsoll.verify.Watched;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

/// `plimsoll verify`: the running stack against its lock.
@Command(name = "verify", description = "Hold a running stack against what was rendered, in ten scenarios.",
        footer = {"", "Exits with 1 when a check failed, with 2 when DIR is no rendered directory, with 3 when the "
                + "stack cannot be reached or the result cannot be kept."})
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());

    @Mixin
    private StackOptions options = new StackOptions();

    @Mixin
    private RunningProjectOption project = new RunningProjectOption();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", converter = Format.Reader.class,
            description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless named.")
    private Format format = Format.TEXT;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Write the report here instead of printing "
            + "it.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--only", paramLabel = "SCENARIO", split = ",", converter = ScenarioId.class, description = "Run "
            + "these scenarios only: baseline, containers, monitoring, alerts, load, database, redis, risks, "
            + "opportunities, report.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--watch", paramLabel = "DURATION", converter = Span.class, description = "Look again and again "
            + "for this long, such as 24h, and end with the trends.")
    private Optional<Duration> watch = Optional.empty();

    @Option(names = "--every", paramLabel = "DURATION", defaultValue = "15m", converter = Span.class,
            description = "Time between two looks; ${DEFAULT-VALUE} unless named.")
    private Duration every = Duration.ofMinutes(15);

    private final Looking looking;

    VerifyCommand() {
        this(Looking.ofThisMachine());
    }

    VerifyCommand(Looking looking) {
        this.looking = looking;
    }

    VerifyCommand printingTo(Terminal terminal) {
        plimsoll = new Plimsoll(terminal);
        return this;
    }

    @Override
    public Integer call() throws InterruptedException {
        output.ifPresent(OutputFile::require);
        watch.filter(span -> span.compareTo(every) < 0).ifPresent(_ -> refuseOneLook());
        var terminal = plimsoll.terminal();
        var stack = options.stack();
        try (var runtime = looking.open(stack, project, terminal)) {
            var lock = Looking.yardstick(stack, runtime, expecting(stack, runtime), terminal, "verified");
            var keeper = Keeper.of(stack, terminal);
            var looks = Collections.synchronizedList(new ArrayList<Verification>());
            var code = new AtomicInteger(ExitCode.FINE);
            try (var _ = new AtEnd(() -> code.set(finish(List.copyOf(looks), Looking.place(runtime), keeper)))) {
                look(runtime, lock, stack.directory(), runs(keeper.store()), looks);
            }
            runtime.logs().filter(_ -> code.get() == ExitCode.FAILED).ifPresent(directory -> terminal.warn(
                    "the logs of the services are in " + directory));
            return code.get();
        }
    }

    /// Load runs of the same plan. A spoiled record is no reason not to look.
    private List<LoadRun> runs(EvidenceStore evidence) {
        try {
            return evidence.read().runs().stream().map(Evidence.Item::content).toList();
        } catch (InputException spoiled) {
            plimsoll.terminal().warn("earlier load runs are not taken into account: " + spoiled.text());
            return List.of();
        }
    }

    private void refuseOneLook() {
        throw new InputException(Location.ofFile("--watch"), "it is shorter than the time between two looks, "
                + every.toSeconds() + " s", "Name a shorter --every");
    }

    /// What all looks showed, also when no more come because this is interrupted.
    ///
    /// @return the exit code
    private int finish(List<Verification> looks, String place, Keeper keeper) {
        if (looks.isEmpty()) {
            return ExitCode.FINE;
        }
        var whole = Watched.whole(looks);
        var text = report(looks, whole, place);
        var code = OutputFile.deliver(output, text, plimsoll.terminal(), whole.passed()
                ? ExitCode.FINE
                : ExitCode.FAILED);
        return keeper.keep(EvidenceStore.Kind.VERIFICATION, whole.when(), Json.text(VerifyJson.of(Version.text(), place,
                whole)), code);
    }

    /// Mounts, ports and policies are held against the same files the stack was started from.
    private Lock expecting(RenderedStack stack, StackRuntime runtime) {
        var terminal = plimsoll.terminal();
        try {
            return stack.lock().expecting(StackOptions.load(stack, stack.startedFrom(runtime.project()),
                    terminal.environment()));
        } catch (InputException unreadable) {
            terminal.warn("mounts and ports are not checked: " + unreadable.text().lines().findFirst().orElse(
                    "the Compose files cannot be read"));
            return stack.lock();
        }
    }

    /// @param looks gets them one by one
    private void look(StackRuntime runtime, Lock lock, Path root, List<LoadRun> runs, List<Verification> looks)
            throws InterruptedException {
        var observer = looking.observer(Probes.of(root.toString().replace('\\', '/')));
        looking.during(watch.orElse(Duration.ZERO), every, 1, when -> {
            var seen = observer.look(runtime, lock).and(files(root, when));
            var look = Verification.of(lock, seen, when, only, runs, List.copyOf(looks));
            looks.add(look);
            if (watch.isPresent() && format == Format.TEXT) {
                plimsoll.terminal().print(VerifyText.brief(look));
            }
            return look;
        });
    }

    /// Rendered files that are no longer as they were rendered, against which all else is held, or open to others.
    private static List<Observation> files(Path root, Instant when) {
        var directory = new RenderedDirectory(root);
        return Stream.of(directory.edited().stream().map(path -> "rendered.edited." + path),
                directory.changedSources().stream().map(path -> "rendered.source." + path),
                directory.exposed().stream().map(path -> "rendered.exposed." + path)).flatMap(facts -> facts)
                .map(what -> new Observation(Optional.empty(), 0, what,
                        "true", Observation.Unit.BOOLEAN, when, "rendered files"))
                .toList();
    }

    private String report(List<Verification> looks, Verification whole, String runtime) {
        return switch (format) {
            case TEXT -> VerifyText.of(whole, runtime, new Style(plimsoll.terminal().colour() && output.isEmpty()))
                    + (watch.isPresent() ? VerifyText.of(Trend.of(looks)) : "");
            case JSON -> Json.text(watch.isPresent()
                    ? VerifyJson.of(Version.text(), runtime, looks)
                    : VerifyJson.of(Version.text(), runtime, whole));
            case JUNIT -> VerifyJUnit.of(whole);
        };
    }

    /// The forms of a verification.
    enum Format {
        TEXT, JSON, JUNIT;

        /// Reads one from the command line.
        static final class Reader extends Choice<Format> {
            Reader() {
                super(List.of(values()));
            }
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Reads a scenario's id.
    static final class ScenarioId implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!Scenarios.ids().contains(text)) {
                throw new TypeConversionException("`" + text + "` is no scenario; there are " + String.join(", ",
                        Scenarios.ids()));
            }
            return text;
        }
    }

    /// Reads a time such as 24h or 15m.
    static final class Span implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Durations.parse(text).filter(span -> !span.isZero()).orElseThrow(() -> new TypeConversionException(
                    "`" + text + "` is no time; write one such as 30s, 15m or 24h"));
        }
    }
}
