package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Postgres;
import dev.plimsoll.kinds.PostgresParameters;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Setting;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

public final class RefusedPostgresSetting implements Rule {
    private static final Pattern INCLUDES = Pattern.compile("include|include_dir|include_if_exists");

    @Override
    public About about() {
        return new About("REL016", "refused-postgres-setting", Severity.CRITICAL, Confidence.CERTAIN,
                "PostgreSQL is given a setting it does not know, or a value it refuses.",
                "The server does not start: \"unrecognized configuration parameter\" or \"invalid value for "
                        + "parameter\". With a restart policy it fails over and over.",
                "Correct the name or the value for the image's major version.",
                "https://www.postgresql.org/docs/current/runtime-config.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("postgres").flatMap(service -> service.settings().effective().values().stream()
                .filter(setting -> setting.origin() == Setting.Origin.FILE || setting.origin() == Setting.Origin.FLAG
                        || setting.origin() == Setting.Origin.INIT)
                .filter(setting -> !setting.name().contains(".") && !INCLUDES.matcher(setting.name()).matches()
                        && !isFilledInLater(setting.name() + setting.value()))
                .flatMap(setting -> refusal(service, setting).stream()));
    }

    /// Whether a shell or a template puts the value in when the container starts.
    private static boolean isFilledInLater(String text) {
        return text.contains("$") || text.contains("`") || text.contains("{{");
    }

    private Optional<Finding> refusal(Recognised service, Setting setting) {
        var major = Postgres.major(service.clues())
                .filter(number -> PostgresParameters.FIRST_MAJOR <= number && number <= PostgresParameters.LAST_MAJOR);
        var known = major.map(IntStream::of)
                .orElseGet(() -> IntStream.rangeClosed(PostgresParameters.FIRST_MAJOR, PostgresParameters.LAST_MAJOR))
                .boxed().flatMap(number -> PostgresParameters.find(setting.name(), number).stream()).toList();
        var subject = setting.name() + " = " + setting.value();
        if (known.isEmpty()) {
            var elsewhere = PostgresParameters.majorsOf(setting.name());
            return Optional.of(finding(service, setting.where(), service.name() + " does not start: PostgreSQL"
                    + major.map(number -> " " + number).orElse("") + " has no setting " + setting.name()
                    + elsewhere.map(range -> " (only " + range + ")").orElse(""),
                    "Remove " + setting.name() + " or correct its spelling"));
        }
        if (known.stream().anyMatch(parameter -> parameter.refusal(setting.value()).isEmpty())) {
            return Optional.empty();
        }
        return known.getFirst().refusal(setting.value()).map(why -> finding(service, setting.where(), service.name()
                + " does not start: PostgreSQL refuses " + subject + ", as " + why,
                "Correct the value of "
                        + setting.name()));
    }
}
