package dev.plimsoll.cli;

import dev.plimsoll.load.Cliff;
import dev.plimsoll.load.CliffRunner;
import dev.plimsoll.load.Comparison;
import dev.plimsoll.load.Endpoint;
import dev.plimsoll.load.Generator;
import dev.plimsoll.load.Inside;
import dev.plimsoll.load.InsideWatch;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.LoadRunJson;
import dev.plimsoll.load.Profile;
import dev.plimsoll.load.ProfileRun;
import dev.plimsoll.load.Traffic;
import dev.plimsoll.report.StressHtml;
import dev.plimsoll.report.StressJUnit;
import dev.plimsoll.report.StressMarkdown;
import dev.plimsoll.report.StressText;
import dev.plimsoll.report.Style;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.Runtimes;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.store.EvidenceStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `plimsoll stress`: what a service carries, and where it breaks.
@Command(name = "stress", description = "Load a service as its users would, and say what it carries and where it "
        + "breaks.",
        footer = {"", "Requests come at their own pace, and each is timed from when it was due. Exits with 1 when an "
                + "objective was missed, nothing was measured, no level held, the stack lost a container, or the "
                + "generator, not the server, was the limit, with 3 when all was well and the run cannot be kept. "
                + "Reports how far it came when interrupted."})
final class StressCommand implements Callable<Integer> {
    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Mixin
    private CliffOptions cliff = new CliffOptions();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", converter = Format.Reader.class,
            description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless named.")
    private Format format = Format.TEXT;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Write the report here instead of printing "
            + "it.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--compare", paramLabel = "FILE", description = "A run to compare with, as --format json wrote it; "
            + "exits with 1 when something got worse by more than noise.")
    private Optional<Path> other = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        output.ifPresent(OutputFile::require);
        target.refuseWhatDoesNotGoTogether();
        load.refuseWhatDoesNotGoTogether();
        cliff.refuseWhatDoesNotGoTogether();
        var traffic = target.traffic();
        var stack = target.stack();
        var before = other.map(StressCommand::read);
        try (var interruption = new Interruption()) {
            var run = run(target.endpoint(traffic, stack), traffic, stack, interruption);
            var comparison = before.map(known -> Comparison.of(known, run));
            var text = report(run, comparison);
            if (interruption.isCalled()) {
                return broken(text);
            }
            var code = OutputFile.deliver(output, text, plimsoll.terminal(), exitCode(run, comparison));
            return stack.map(rendered -> Keeper.of(rendered, plimsoll.terminal()).keep(EvidenceStore.Kind.LOAD, run
                    .started(), LoadRunJson.text(run), code)).orElse(code);
        }
    }

    private int broken(String text) {
        var code = OutputFile.deliver(output, text, plimsoll.terminal(), ExitCode.FAILED);
        plimsoll.terminal().warn("it was interrupted: the report says how far it came, and is no evidence");
        return code;
    }

    private static int exitCode(LoadRun run, Optional<Comparison> comparison) {
        return run.passed() && comparison.filter(Comparison::isWorse).isEmpty() ? ExitCode.FINE : ExitCode.FAILED;
    }

    private LoadRun run(Endpoint endpoint, Traffic traffic, Optional<RenderedStack> stack, Interruption interruption)
            throws InterruptedException {
        var started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var environment = plimsoll.terminal().environment();
        var runtime = stack.map(rendered -> Runtimes.open(rendered, StackOptions.credentials(rendered, environment),
                environment));
        var lock = stack
                .flatMap(rendered -> runtime.map(running -> Looking.yardstick(rendered, running, rendered.lock(),
                        plimsoll.terminal(), "watched")));
        var live = new LiveLine(plimsoll.terminal());
        try (var watch = new InsideWatch(endpoint, runtime, lock, load.stops());
                var generator = new Generator(endpoint,
                        traffic, target.limits(), load.stops(), () -> interruption.reason().or(watch::reason), live)) {
            watch.begin(generator::elapsed);
            var profiles = new ArrayList<ProfileRun>();
            for (var profile : profiles(traffic)) {
                if (!interruption.isCalled()) {
                    profiles.add(generator.run(profile));
                }
            }
            var cliffs = new ArrayList<Cliff>();
            for (var search : cliff.searches(load.cliffObjectives())) {
                if (!interruption.isCalled()) {
                    cliffs.add(new CliffRunner(generator, search).run());
                }
            }
            live.end();
            return run(endpoint, traffic, lock.map(found -> found.project()), started, generator, profiles, cliffs,
                    watch.end());
        }
    }

    /// None where only the cliff is asked for.
    private List<Profile> profiles(Traffic traffic) {
        return !cliff.isAsked() || load.isOwn() || load.namesProfiles() ? load.profiles(traffic) : List.of();
    }

    private static LoadRun run(Endpoint endpoint, Traffic traffic, Optional<String> project, Instant started,
            Generator generator, List<ProfileRun> profiles, List<Cliff> cliffs, Inside inside) {
        var requests = traffic.requests().stream().map(request -> new LoadRun.RequestLine(request.name(), request
                .method(), request.path().source(), request.weight())).toList();
        var url = requests.size() == 1 ? endpoint.base() + requests.getFirst().path() : endpoint.base();
        return new LoadRun(Version.text(), new LoadRun.Target(url, requests), project, started, generator.description(
                OwnUse.cpuSeconds(), OwnUse.peakBytes()), profiles, cliffs, inside);
    }

    private static LoadRun read(Path file) {
        try {
            return LoadRunJson.read(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new InputException(Location.ofFile(file.toString()), "the file cannot be read", "Check its name");
        }
    }

    private String report(LoadRun run, Optional<Comparison> comparison) {
        return switch (format) {
            case TEXT -> StressText.of(run, comparison, new Style(plimsoll.terminal().colour() && output.isEmpty()));
            case JSON -> LoadRunJson.text(run);
            case JUNIT -> StressJUnit.of(run);
            case MARKDOWN -> StressMarkdown.of(run, comparison);
            case HTML -> StressHtml.of(run, comparison);
        };
    }

    /// The forms of a load run.
    enum Format {
        TEXT, JSON, JUNIT, MARKDOWN, HTML;

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
