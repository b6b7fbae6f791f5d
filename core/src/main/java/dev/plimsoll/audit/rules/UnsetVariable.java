package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class UnsetVariable implements Rule {
    private static final Pattern NAME = Pattern.compile("the variable (\\S+) is not set.*", Pattern.DOTALL);

    private static final Pattern FROM_SHELL = Pattern.compile("PWD|HOME|USER|PATH");

    @Override
    public About about() {
        return new About("REL025", "unset-variable", Severity.LOW, Confidence.CERTAIN,
                "Variables have neither a value nor a default.",
                "Compose warns and puts nothing in their place: an empty password, an image without a tag, a path that "
                        + "is the root directory.",
                "Set them in .env; give a default with ${NAME:-value} or demand a value with ${NAME:?}.",
                "https://docs.docker.com/reference/compose-file/interpolation/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var unset = inventory.stack().warnings().stream()
                .filter(problem -> NAME.matcher(problem.what()).matches())
                .filter(problem -> !FROM_SHELL.matcher(NAME.matcher(problem.what()).replaceFirst("$1")).matches())
                .toList();
        if (unset.isEmpty()) {
            return Stream.empty();
        }
        var names = unset.stream().map(problem -> NAME.matcher(problem.what()).replaceFirst("$1")).toList();
        return Stream.of(finding(Severity.LOW, unset.getFirst().where(), "Not set and without a default, so empty: "
                + Grouped.list(names),
                "Set them in .env, or demand a value with ${" + names.getFirst()
                        + ":?}"));
    }
}
