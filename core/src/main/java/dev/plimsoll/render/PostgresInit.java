package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The script that gives a new database its extensions, a role that may only watch, and functions to look with.
///
/// The role's password reaches the script through the container's environment, because the image's entrypoint runs
/// `.sql` files without variables while psql itself can read the environment; so no file holds it.
final class PostgresInit {
    static final Variable PASSWORD = Variable.secret("PLIMSOLL_MONITOR_PASSWORD",
            "for plimsoll_monitor, the database role that may only watch");

    private static final String SCRIPT = "10-plimsoll.sql";
    private static final String ENTRYPOINT_DIRECTORY = "/docker-entrypoint-initdb.d";

    private PostgresInit() {}

    static boolean isRun(PostgresImage image) {
        return image.way() == PostgresImage.Way.OFFICIAL && image.isCovered();
    }

    static void add(Task task, Recognised service, List<RenderedFile> files, List<Patch> patches,
            List<String> notes) {
        var name = service.name();
        var path = name + "/init/" + SCRIPT;
        files.add(RenderedFile.of(path, script()));
        var taken = service.service().mounts().stream().anyMatch(mount -> mount.target().replaceAll("/$", "")
                .equals(ENTRYPOINT_DIRECTORY));
        var target = (taken ? "/etc/plimsoll/" : ENTRYPOINT_DIRECTORY + "/") + SCRIPT;
        patches.add(ComposeText.mount(task, name, path, target, "extensions, the monitoring role, functions to look "
                + "with"));
        patches.add(ComposeText.environment(name, PASSWORD.name(), ComposeText.optional(PASSWORD.name()),
                "read by " + SCRIPT));
        notes.add(name + ": " + (taken
                ? "you mount a directory of init scripts, so " + SCRIPT + " does not run by itself"
                : "only an empty volume runs " + SCRIPT) + "; run it once yourself, as often as you like: docker "
                + "compose exec " + name + " psql -U " + user(service) + " -d " + database(service) + " -f " + target);
    }

    private static String user(Recognised service) {
        return service.service().variable("POSTGRES_USER").map(Located::value).orElse("postgres");
    }

    private static String database(Recognised service) {
        return service.service().variable("POSTGRES_DB").map(Located::value).orElse(user(service));
    }

    static String script() {
        try (var stream = Objects.requireNonNull(PostgresInit.class.getResourceAsStream("/render/" + SCRIPT), SCRIPT)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
