package dev.plimsoll.cli;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.plan.Planner;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.report.PlanComparison;
import dev.plimsoll.report.PlanExplanation;
import dev.plimsoll.report.PlanJson;
import dev.plimsoll.report.PlanMarkdown;
import dev.plimsoll.report.PlanText;
import dev.plimsoll.units.MemorySize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `plimsoll plan`: the memory and CPU budget.
@Command(name = "plan", description = "Plan a memory and CPU budget over all services, with every setting derived.",
        footer = {"", "Exits with 1 when the stack does not fit as declared, with 2 when the input cannot be used. "
                + "--explain and --sizes, which only show, give 0 whatever fits."})
final class PlanCommand implements Callable<Integer> {
    /// Names in a message about one that is wrong.
    private static final int MOST_NAMED = 12;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private HostOptions hostOptions = new HostOptions();

    @Mixin
    private CalibrationOption calibration = new CalibrationOption();

    @Option(names = "--explain", paramLabel = "SERVICE[.SETTING]", description = "Show arithmetic and source of one "
            + "service's numbers, or of one setting.")
    private Optional<String> explain = Optional.empty();

    @Option(names = "--compare", description = "Show limits and worst cases before and after.")
    private boolean compare;

    @Option(names = "--sizes", paramLabel = "SIZE", split = ",", converter = Sizes.AboveZero.class,
            description = "Plan for several servers, such as 2GB,4GB,8GB.")
    private List<MemorySize> sizes = new ArrayList<>();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", converter = Format.Reader.class,
            description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless named.")
    private Format format = Format.TEXT;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE",
            description = "Write the plan here instead of printing it.")
    private Optional<Path> output = Optional.empty();

    @Override
    public Integer call() {
        refuseWhatDoesNotGoTogether();
        var terminal = plimsoll.terminal();
        var stack = project.load(terminal.environment());
        var inventory = Inventory.of(stack, hostOptions.host(stack, project.directory()))
                .calibrated(calibration.named());
        var plan = Planner.plan(inventory);
        stack.missing().forEach(missing -> terminal.warn(missing.toString()));
        inventory.unheededHints().forEach(hint -> terminal.warn(hint.toString()));
        var text = explain.isPresent()
                ? explained(plan, explain.get())
                : sizes.isEmpty() ? planned(plan) : sized(inventory);
        output.ifPresentOrElse(file -> OutputFile.write(file, text), () -> terminal.print(text));
        return plan.fits() || !sizes.isEmpty() || explain.isPresent() ? ExitCode.FINE : ExitCode.FAILED;
    }

    private void refuseWhatDoesNotGoTogether() {
        var shown = Stream.of(Optional.of("--explain").filter(_ -> explain.isPresent()), Optional.of("--sizes").filter(
                _ -> !sizes.isEmpty()), Optional.of("--compare").filter(_ -> compare)).flatMap(Optional::stream)
                .toList();
        if (shown.size() > 1) {
            throw new ParameterException(spec.commandLine(), String.join(" and ", shown)
                    + " do not go together: each shows the plan in its own way");
        }
        if (format != Format.TEXT && !shown.isEmpty() && sizes.isEmpty()) {
            throw new ParameterException(spec.commandLine(), shown.getFirst() + " is text only, and not --format "
                    + format);
        }
    }

    private String planned(Plan plan) {
        return switch (format) {
            case TEXT -> compare ? PlanComparison.withNow(plan) : PlanText.of(plan);
            case JSON -> Json.text(PlanJson.of(Version.text(), plan));
            case MARKDOWN -> PlanMarkdown.of(plan);
        };
    }

    private String sized(Inventory inventory) {
        var plans = sizes.stream().sorted().distinct().map(size -> Planner.planWith(inventory, size)).toList();
        return switch (format) {
            case TEXT -> PlanComparison.ofSizes(plans);
            case JSON -> Json.text(PlanJson.of(Version.text(), plans));
            case MARKDOWN -> plans.stream().map(PlanMarkdown::of).collect(Collectors.joining("\n"));
        };
    }

    /// A service's name may hold dots itself, so the longest name that fits is meant.
    private String explained(Plan plan, String wish) {
        var leftOut = plan.leftOut().stream().filter(wish::equals).findFirst().flatMap(plan.inventory()::named);
        if (leftOut.isPresent()) {
            return PlanExplanation.ofLeftOut(leftOut.get(), plan.inventory().host());
        }
        var service = plan.services().stream().filter(found -> wish.equals(found.service())
                || wish.startsWith(found.service() + ".")).max((a, b) -> a.service().length() - b.service().length())
                .orElseThrow(
                        () -> unknown("service", wish, plan.services().stream().map(ServicePlan::service).toList()));
        var setting = Optional.of(wish.substring(service.service().length())).filter(rest -> !rest.isEmpty())
                .map(rest -> rest.substring(1));
        if (setting.isPresent() && service.choice(setting.get()).isEmpty()) {
            throw unknown("setting of " + service.service(), setting.get(),
                    service.choices().stream().map(choice -> choice.setting()).toList());
        }
        return PlanExplanation.of(service, setting);
    }

    private ParameterException unknown(String what, String text, List<String> known) {
        var shown = known.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return new ParameterException(spec.commandLine(), "`" + text + "` is no " + what + " in this plan; there are "
                + (known.isEmpty()
                        ? "none"
                        : shown + (known.size() > MOST_NAMED ? " and " + (known.size() - MOST_NAMED) + " more" : "")));
    }

    /// The forms of a plan.
    enum Format {
        TEXT, JSON, MARKDOWN;

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
