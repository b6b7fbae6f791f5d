package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.stream.Stream;

public final class MissingEnvFile implements Rule {
    @Override
    public About about() {
        return new About("REL020", "missing-env-file-or-variable", Severity.MEDIUM, Confidence.CERTAIN,
                "An env file or a required variable is not there.",
                "Compose refuses to do anything with the project until it is, on this machine as on any other.",
                "Create the file or set the variable, and say in the project's documentation how.",
                "https://docs.docker.com/compose/how-tos/environment-variables/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.stack().missing().stream().map(problem -> finding(Severity.MEDIUM, problem.where(),
                Sentences.capitalised(problem.what()) + ", so Compose refuses to start", problem.remedy()));
    }
}
