package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Absence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

public final class MissingEnvFile implements Rule {
    /// Where Compose looks for variables unless it is told otherwise.
    private static final String DEFAULT_FILE = ".env";

    @Override
    public About about() {
        return new About("REL020", "missing-env-file-or-variable", Severity.MEDIUM, Confidence.CERTAIN,
                "An env file or a required variable is not there.",
                "Compose refuses to do anything with the project until it is, on this machine as on any other.",
                "Create the file or set the variable, and say in the project's documentation how.",
                "https://docs.docker.com/compose/how-tos/environment-variables/");
    }

    /// One finding for each Compose file: what is missing there is mended in one go.
    @Override
    public Stream<Finding> check(Inventory inventory) {
        var byFile = new LinkedHashMap<String, List<Absence>>();
        inventory.stack().absences().forEach(absence -> byFile.computeIfAbsent(absence.problem().where().file(),
                _ -> new ArrayList<>()).add(absence));
        return byFile.values().stream().map(absences -> finding(Severity.MEDIUM, absences.getFirst().problem().where(),
                message(absences), fix(inventory.stack().files(), absences)));
    }

    private static String message(List<Absence> absences) {
        if (absences.size() == 1) {
            return Sentences.capitalised(absences.getFirst().problem().what()) + ", so Compose refuses to start";
        }
        var envFiles = names(absences, Absence.Kind.ENV_FILE);
        var variables = names(absences, Absence.Kind.VARIABLE);
        var parts = new ArrayList<String>();
        if (!envFiles.isEmpty()) {
            parts.add(envFiles.size() == 1
                    ? "the env_file " + envFiles.getFirst() + " does not exist"
                    : "these env_files do not exist: " + Grouped.list(envFiles));
        }
        if (!variables.isEmpty()) {
            parts.add(variables.size() == 1
                    ? "the variable " + variables.getFirst() + " is required and not set"
                    : "these variables are required and not set: " + Grouped.list(variables));
        }
        return "Compose refuses to start: " + String.join(", and ", parts);
    }

    private static String fix(ProjectFiles files, List<Absence> absences) {
        var envFiles = names(absences, Absence.Kind.ENV_FILE);
        var variables = names(absences, Absence.Kind.VARIABLE);
        var wanted = envFiles.isEmpty() ? List.of(DEFAULT_FILE) : envFiles;
        var sample = wanted.size() == 1 && (variables.isEmpty() || wanted.contains(DEFAULT_FILE))
                ? EnvSamples.of(files, wanted.getFirst())
                        .filter(path -> files.read(path).filter(text -> EnvSamples.namesAll(text, variables))
                                .isPresent())
                : Optional.<String>empty();
        if (sample.isPresent()) {
            return files.typeOf(wanted.getFirst()) == ProjectFiles.Type.MISSING
                    ? "Copy " + sample.get() + " to " + wanted.getFirst() + " and set values of your own in it"
                    : "Add what " + wanted.getFirst() + " lacks; " + sample.get() + " shows it";
        }
        if (absences.size() == 1) {
            return absences.getFirst().problem().remedy();
        }
        return variables.isEmpty()
                ? "Create them, or mark them `required: false`"
                : envFiles.isEmpty()
                        ? "Set them in .env or in the environment"
                        : "Create what is missing, and set the variables in .env or in the environment";
    }

    private static List<String> names(List<Absence> absences, Absence.Kind kind) {
        return absences.stream().filter(absence -> absence.kind() == kind).map(Absence::name).toList();
    }
}
