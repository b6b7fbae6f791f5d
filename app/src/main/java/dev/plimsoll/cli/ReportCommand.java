package dev.plimsoll.cli;

import dev.plimsoll.evidence.EvidenceJson;
import dev.plimsoll.evidence.Readiness;
import dev.plimsoll.evidence.StartUp;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.LoadRunJson;
import dev.plimsoll.report.Comparison;
import dev.plimsoll.report.DocumentHtml;
import dev.plimsoll.report.DocumentMarkdown;
import dev.plimsoll.report.StackReport;
import dev.plimsoll.report.StackReportJson;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.store.EvidenceStore;
import dev.plimsoll.units.MemorySize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `plimsoll report`: what the evidence shows.
@Command(name = "report", description = "Report what was recorded of a rendered stack: readiness by category, the ten "
        + "scenarios, load, risks, before and after.",
        footer = {"", "Computed from the evidence that up, verify and stress leave in the rendered directory, and from "
                + "nothing else: what was not run is `not run`. Exits with 0 whatever the report says."})
final class ReportCommand implements Callable<Integer> {
    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());

    @Mixin
    private StackOptions options = new StackOptions();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "markdown", converter = Format.Reader.class,
            description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless named.")
    private Format format = Format.MARKDOWN;

    @Option(names = "--summary", description = "One page: the verdict, points by category, what failed and what was "
            + "not run.")
    private boolean summary;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Write the report here instead of printing "
            + "it.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--before", paramLabel = "FILE", description = "A load run against the stack as it was, for the "
            + "comparison.")
    private Optional<Path> before = Optional.empty();

    @Option(names = "--start-before", paramLabel = "FILE", description = "A record of a start of the stack as it was.")
    private Optional<Path> startBefore = Optional.empty();

    @Option(names = "--cost-before", paramLabel = "AMOUNT", description = "What the server cost per month, such as "
            + "48 EUR.")
    private Optional<String> costBefore = Optional.empty();

    @Option(names = "--cost-after", paramLabel = "AMOUNT", description = "What it costs now.")
    private Optional<String> costAfter = Optional.empty();

    @Override
    public Integer call() {
        var stack = options.stack();
        var report = of(stack);
        var document = summary ? report.summary() : report.full();
        var text = switch (format) {
            case MARKDOWN -> DocumentMarkdown.of(document);
            case HTML -> DocumentHtml.of(document);
            case JSON -> Json.text(StackReportJson.of(Version.text(), report));
        };
        output.ifPresentOrElse(file -> OutputFile.write(file, text), () -> plimsoll.terminal().print(text));
        return ExitCode.FINE;
    }

    private StackReport of(RenderedStack stack) {
        var evidence = EvidenceStore.of(stack.stateDirectory(), stack.lockFile()).read();
        var comparison = new Comparison(limits(declared(stack)), planned(stack), costBefore, costAfter, run(), start(),
                evidence);
        return new StackReport(stack.lock().project(), evidence, Readiness.of(evidence), comparison);
    }

    private Optional<LoadRun> run() {
        return before.map(file -> LoadRunJson.read(file.toString(), text(file)));
    }

    private Optional<StartUp> start() {
        return startBefore.map(file -> EvidenceJson.startUp(file.toString(), text(file)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            throw new InputException(Location.ofFile(file.toString()), "this file cannot be read", "Check its name");
        }
    }

    private Stack declared(RenderedStack stack) {
        var own = stack.lock().composeFiles().stream().map(file -> stack.directory().resolve(file).normalize())
                .toList();
        return StackOptions.load(stack, own, plimsoll.terminal().environment());
    }

    private static String limits(Stack stack) {
        var services = List.copyOf(stack.services().values());
        var sum = services.stream().flatMap(service -> service.memoryLimit().stream().map(limit -> limit.value()
                .times(service.replicas()))).reduce(MemorySize.ZERO, MemorySize::plus);
        var without = services.stream().filter(service -> service.memoryLimit().isEmpty()).map(Service::name).count();
        return without == 0 ? sum.toString() : sum + ", and " + without + " services without a limit";
    }

    private static String planned(RenderedStack stack) {
        return stack.lock().services().stream().map(service -> service.limit().times(service.replicas()))
                .reduce(MemorySize.ZERO, MemorySize::plus).toString();
    }

    /// The forms of a report.
    enum Format {
        MARKDOWN, HTML, JSON;

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
}
