package dev.plimsoll.render;

import dev.plimsoll.kinds.Postgres;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.stack.ShellWords;
import java.util.ArrayList;
import java.util.List;

/// Settings in POSTGRES_INITDB_ARGS, at which initdb before version 16 stops, so that a new volume stays empty.
final class InitdbArguments {
    private static final String VARIABLE = "POSTGRES_INITDB_ARGS";

    private InitdbArguments() {}

    static void mend(Recognised service, PostgresImage image, List<Patch> patches, List<String> notes) {
        var arguments = service.service().variable(VARIABLE);
        if (arguments.isEmpty() || image.major() >= Postgres.FIRST_MAJOR_WITH_INITDB_SETTINGS
                || Postgres.initdbSettings(arguments.get()).isEmpty()) {
            return;
        }
        var kept = new ArrayList<String>();
        var words = ShellWords.split(arguments.get().value()).orElse(List.of());
        for (var at = 0; at < words.size(); at++) {
            if (List.of("-c", "--set").contains(words.get(at))) {
                at++;
            } else if (!words.get(at).matches("(?s)-c.+|--set=.*")) {
                kept.add(words.get(at));
            }
        }
        patches.add(ComposeText.environment(service.name(), VARIABLE, ComposeText.literal(String.join(" ", kept)),
                "initdb before version 16 stops at -c"));
        notes.add(service.name() + ": the settings in " + VARIABLE + " (" + arguments.get().where() + ") never took "
                + "effect, because initdb of version " + image.major()
                + " stops at -c; they are removed there, and the "
                + "planned ones are in postgresql.conf.");
    }
}
