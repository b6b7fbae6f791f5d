package dev.plimsoll.cli;

import dev.plimsoll.calibrate.CalibrationFile;
import dev.plimsoll.calibrate.Calibrator;
import dev.plimsoll.calibrate.Comparison;
import dev.plimsoll.evidence.EvidenceJson;
import dev.plimsoll.evidence.Measured;
import dev.plimsoll.kinds.Calibration;
import dev.plimsoll.kinds.Constant;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.observe.Probes;
import dev.plimsoll.report.CalibrationJson;
import dev.plimsoll.report.CalibrationText;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.StackRuntime;
import dev.plimsoll.store.EvidenceStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `plimsoll calibrate`: the memory models against a running stack.
@Command(name = "calibrate", description = "Measure a running stack under its load, compare it with the plan, and keep "
        + "what was measured for the next plan.",
        footer = {"", "Run it while the load you plan for is there. Writes calibration.yml into DIR, which `plimsoll "
                + "render` takes from there. Exits with 1 when a service held more than its planned ceiling, or "
                + "does not run, with 3 when the stack cannot be reached or the result cannot be kept."})
final class CalibrateCommand implements Callable<Integer> {
    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());

    @Mixin
    private StackOptions options = new StackOptions();

    @Mixin
    private RunningProjectOption project = new RunningProjectOption();

    @Option(names = "--for", paramLabel = "DURATION", defaultValue = "30s", converter = VerifyCommand.Span.class,
            description = "How long to look, twice at least; ${DEFAULT-VALUE} unless named.")
    private Duration span = Duration.ofSeconds(30);

    @Option(names = "--every", paramLabel = "DURATION", defaultValue = "5s", converter = VerifyCommand.Span.class,
            description = "Time between two looks; ${DEFAULT-VALUE} unless named.")
    private Duration every = Duration.ofSeconds(5);

    @Option(names = "--dry-run", description = "Print what was measured, and write nothing.")
    private boolean dryRun;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", converter = TextOrJson.Reader.class,
            description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless named.")
    private TextOrJson format = TextOrJson.TEXT;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Write the report here instead of printing "
            + "it.")
    private Optional<Path> output = Optional.empty();

    private final Looking looking;

    CalibrateCommand() {
        this(Looking.ofThisMachine());
    }

    CalibrateCommand(Looking looking) {
        this.looking = looking;
    }

    CalibrateCommand printingTo(Terminal terminal) {
        plimsoll = new Plimsoll(terminal);
        return this;
    }

    @Override
    public Integer call() throws InterruptedException {
        output.ifPresent(OutputFile::require);
        var terminal = plimsoll.terminal();
        var stack = options.stack();
        try (var runtime = looking.open(stack, project, terminal)) {
            var lock = Looking.yardstick(stack, runtime, stack.lock(), terminal, "measured");
            var observer = looking.observer(Probes.ofMemory());
            var found = Calibrator.of(lock, looking.during(span, every, 2, _ -> observer.look(runtime, lock)));
            var text = report(stack, runtime, found);
            var written = OutputFile.deliver(output, text, terminal, ExitCode.FINE);
            terminal.print(keep(stack, found.calibration()));
            var recorded = record(stack, runtime, found);
            var code = recorded == ExitCode.FINE ? written : recorded;
            return found.unseen().stream().allMatch(name -> isDone(runtime, lock, name)) ? code : ended(found, code);
        }
    }

    /// Whether a service is a job that has done its work.
    private static boolean isDone(StackRuntime runtime, Lock lock, String service) {
        var containers = runtime.containers().stream().filter(one -> one.service().equals(service)).toList();
        return !containers.isEmpty() && containers.stream().allMatch(one -> one.isDone(lock.service(service)));
    }

    private int ended(Calibrator found, int code) {
        plimsoll.terminal().warn("not measured: " + String.join(", ", found.unseen())
                + "; what the others hold may be less than with all of the stack at work");
        return code == ExitCode.FINE ? ExitCode.FAILED : code;
    }

    /// @return the exit code
    private int record(RenderedStack stack, StackRuntime runtime, Calibrator found) {
        var code = found.comparisons().stream().anyMatch(one -> one.isExceeded()) ? ExitCode.FAILED : ExitCode.FINE;
        if (dryRun || found.comparisons().isEmpty()) {
            return code;
        }
        var now = Instant.now();
        var measured = new Measured(Version.text(), stack.lock().project(), Looking.place(runtime), now,
                found.comparisons().stream().map(CalibrateCommand::measured).toList());
        return Keeper.of(stack, plimsoll.terminal()).keep(EvidenceStore.Kind.MEASUREMENT, now, EvidenceJson.text(
                measured), code);
    }

    private static Measured.Service measured(Comparison one) {
        return new Measured.Service(one.planned().name(), one.planned().kind(), one.planned().reservation().bytes(), one
                .ceiling().bytes(), one.held().bytes(),
                one.predicted().map(found -> found.typical().total().bytes())
                        .orElse(0L));
    }

    private String report(RenderedStack stack, StackRuntime runtime, Calibrator found) {
        return switch (format) {
            case TEXT -> CalibrationText.of(stack.lock().project(), Looking.place(runtime), found);
            case JSON -> Json.text(CalibrationJson.of(Version.text(), stack.lock().project(), Looking.place(runtime),
                    found));
        };
    }

    /// Writes what was measured over what was kept before; says so to people.
    private String keep(RenderedStack stack, Calibration measured) {
        var file = stack.directory().resolve(CalibrationFile.NAME);
        if (measured.isEmpty()) {
            return said("Nothing could be measured, so " + CalibrationFile.NAME + " stays as it is.");
        }
        if (dryRun) {
            return said("Nothing is written: --dry-run.");
        }
        var before = CalibrationOption.read(file).orElse(Calibration.NONE);
        OutputFile.replace(file, CalibrationFile.text(measured.over(before)));
        return said("Wrote " + file + ".\n" + lower(measured, before) + "The next `plimsoll render` plans with it.");
    }

    /// Peaks that take the place of higher ones: perhaps this was not the load that they were measured under.
    private static String lower(Calibration measured, Calibration before) {
        return measured.services().entrySet().stream().flatMap(service -> before.of(service.getKey()).get(Constant.PEAK)
                .flatMap(old -> service.getValue().get(Constant.PEAK).filter(now -> now.value() < old.value()).map(
                        now -> service.getKey() + ": a peak of " + now.shown() + " takes the place of " + old.shown()
                                + ", measured " + old.when() + ".\n"))
                .stream()).collect(Collectors.joining());
    }

    private String said(String words) {
        return format == TextOrJson.TEXT ? "\n" + words + "\n" : "";
    }
}
