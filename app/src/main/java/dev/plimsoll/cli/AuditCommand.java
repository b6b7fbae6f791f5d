package dev.plimsoll.cli;

import dev.plimsoll.audit.Audit;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.report.Audited;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `plimsoll audit`: what is wrong in a stack.
@Command(name = "audit", description = "Find what is wrong in a stack, where, and how to mend it.", footer = {"",
        "A comment sets a finding aside: # plimsoll: allow RULE because REASON", "",
        "Exits with 1 when a finding at or above --fail-on remains, with 2 when the input cannot be used."})
final class AuditCommand implements Callable<Integer> {
    private static final int MOST_WARNINGS = 10;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private HostOptions hostOptions = new HostOptions();

    @Mixin
    private RuleOptions ruleOptions = new RuleOptions();

    @Mixin
    private BaselineOptions baseline = new BaselineOptions();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            converter = AuditFormat.Reader.class, description = "One of "
                    + "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless named.")
    private AuditFormat format = AuditFormat.TEXT;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Write the report here instead of "
            + "printing it.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--fail-on", paramLabel = "SEVERITY", defaultValue = "high",
            converter = FailOn.Reader.class, description = "Exit with 1 for "
                    + "findings this bad or worse: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless named.")
    private FailOn failOn = FailOn.HIGH;

    @Option(names = "--each", description = "Every FILE or directory is a project of its own, instead of all files one "
            + "project.")
    private boolean each;

    @Override
    public Integer call() {
        var explanation = ruleOptions.explanation();
        if (explanation.isPresent()) {
            plimsoll.terminal().print(explanation.get());
            return ExitCode.FINE;
        }
        return each ? auditEach(ruleOptions.selected()) : auditOne(ruleOptions.selected());
    }

    private int auditOne(List<Rule> rules) {
        var audited = audited(project, rules);
        warn("", audited.warnings());
        write(format.render(audited, colour()));
        return fails(audited) ? ExitCode.FAILED : ExitCode.FINE;
    }

    /// Audits what can be read, and says what cannot.
    private int auditEach(List<Rule> rules) {
        refuseWhatEachCannot();
        var reports = new ArrayList<Audited>();
        var projects = project.each();
        for (var one : projects) {
            var place = one.shownDirectory().isEmpty() ? "" : "in " + one.shownDirectory() + ": ";
            try {
                var audited = audited(one, rules);
                warn(place, audited.warnings());
                reports.add(audited);
            } catch (InputException unreadable) {
                unreadable.text().lines().forEach(line -> plimsoll.terminal().error(place + line));
            }
        }
        write(format.renderEach(reports, colour()).orElseThrow());
        return reports.size() < projects.size()
                ? ExitCode.BAD_INPUT
                : reports.stream().anyMatch(this::fails) ? ExitCode.FAILED : ExitCode.FINE;
    }

    private void refuseWhatEachCannot() {
        if (format.renderEach(List.of(), false).isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--each goes with --format text and json only; for "
                    + format + ", audit one project at a time");
        }
        if (baseline.isUsed()) {
            throw new ParameterException(spec.commandLine(), "--each goes without --baseline and --write-baseline: a "
                    + "baseline belongs to one project");
        }
    }

    private Audited audited(ProjectOptions one, List<Rule> rules) {
        var stack = one.load(plimsoll.terminal().environment());
        var host = hostOptions.host(stack, one.directory());
        var result = baseline.applyTo(Audit.of(Inventory.of(stack, host), rules));
        return new Audited(Version.text(), one.shownDirectory(), stack, host, result);
    }

    private boolean fails(Audited audited) {
        return failOn.severity().filter(audited.result()::hasAtLeast).isPresent();
    }

    private boolean colour() {
        return plimsoll.terminal().colour() && output.isEmpty();
    }

    private void write(String report) {
        output.ifPresentOrElse(file -> OutputFile.write(file, report), () -> plimsoll.terminal().print(report));
    }

    private void warn(String place, List<Problem> warnings) {
        var terminal = plimsoll.terminal();
        warnings.stream().limit(MOST_WARNINGS).forEach(warning -> terminal.warn(place + warning));
        if (warnings.size() > MOST_WARNINGS) {
            terminal.warn(place + "and " + (warnings.size() - MOST_WARNINGS) + " more; --format json has them all");
        }
    }
}
