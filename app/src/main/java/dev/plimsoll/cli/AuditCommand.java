package dev.plimsoll.cli;

import dev.plimsoll.audit.Audit;
import dev.plimsoll.audit.AuditResult;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.report.Audited;
import dev.plimsoll.source.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `plimsoll audit`: what is wrong in a stack.
@Command(name = "audit", description = "Find what is wrong in a stack, where, and how to mend it.", footer = {"",
        "A comment sets a finding aside: # plimsoll: allow RULE because REASON", "",
        "Exits with 1 when a finding at or above --fail-on remains, with 2 when the input cannot be used."})
final class AuditCommand implements Callable<Integer> {
    private static final int MOST_WARNINGS = 10;

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

    @Override
    public Integer call() {
        var terminal = plimsoll.terminal();
        var explanation = ruleOptions.explanation();
        if (explanation.isPresent()) {
            terminal.print(explanation.get());
            return ExitCode.FINE;
        }
        var rules = ruleOptions.selected();
        var stack = project.load(terminal.environment());
        var host = hostOptions.host(stack, project.directory());
        var result = baseline.applyTo(Audit.of(Inventory.of(stack, host), rules));
        var audited = new Audited(Version.text(), project.shownDirectory(), stack, host, result);
        warn(terminal, audited.warnings());
        var report = format.render(audited, terminal.colour() && output.isEmpty());
        output.ifPresentOrElse(file -> OutputFile.write(file, report), () -> terminal.print(report));
        return exitCode(result);
    }

    private int exitCode(AuditResult result) {
        return failOn.severity().filter(result::hasAtLeast).isPresent() ? ExitCode.FAILED : ExitCode.FINE;
    }

    private static void warn(Terminal terminal, List<Problem> warnings) {
        warnings.stream().limit(MOST_WARNINGS).forEach(warning -> terminal.warn(warning.toString()));
        if (warnings.size() > MOST_WARNINGS) {
            terminal.warn("and " + (warnings.size() - MOST_WARNINGS) + " more; --format json has them all");
        }
    }
}
