package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.Problem;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class UnknownComposeKey implements Rule {
    /// Keys that hosting platforms add to the Compose format.
    private static final Pattern DIALECT = Pattern.compile(".*`(?:exclude_from_hc|content|is_directory|"
            + "isDirectory)`.*");

    @Override
    public About about() {
        return new About("REL024", "unknown-compose-key", Severity.LOW, Confidence.LIKELY,
                "A key is outside the Compose specification.",
                "Compose refuses it or passes over it, depending on its version, so what the key should do does not "
                        + "happen.",
                "Correct the spelling or the indentation; start keys of one's own with `x-`.",
                "https://docs.docker.com/reference/compose-file/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.stack().warnings().stream().filter(problem -> !isUnset(problem))
                .filter(problem -> !DIALECT.matcher(problem.what()).matches())
                .map(problem -> finding(Severity.LOW, problem.where(), Sentences.capitalised(problem.what()),
                        problem.remedy()));
    }

    private static boolean isUnset(Problem problem) {
        return problem.what().startsWith("the variable ");
    }
}
