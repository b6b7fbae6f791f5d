package dev.plimsoll.cli;

import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Rules;
import dev.plimsoll.report.RuleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Which rules to run, and what they say about themselves.
final class RuleOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--rule", paramLabel = "RULE", split = ",", description = "Run only this rule, by id or name; may "
            + "be repeated.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--list-rules", description = "List the rules and stop.")
    private boolean list;

    @Option(names = "--explain", paramLabel = "RULE", description = "Say what a rule is about and stop.")
    private Optional<String> explain = Optional.empty();

    /// The text asked for instead of an audit.
    Optional<String> explanation() {
        return list
                ? Optional.of(RuleText.list(Rules.ALL.stream().map(Rule::about).toList()))
                : explain.map(name -> RuleText.explain(named("--explain", name).about()));
    }

    List<Rule> selected() {
        if (only.isEmpty()) {
            return Rules.ALL;
        }
        var named = only.stream().map(name -> named("--rule", name)).toList();
        return Rules.ALL.stream().filter(named::contains).toList();
    }

    private Rule named(String option, String name) {
        return Rules.ALL.stream().filter(rule -> rule.id().equalsIgnoreCase(name)
                || rule.about().name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new ParameterException(command.commandLine(), "Invalid value for option '" + option
                        + "': there is no rule `" + name + "`; `plimsoll audit --list-rules` names them"));
    }
}
