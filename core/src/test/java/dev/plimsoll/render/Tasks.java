package dev.plimsoll.render;

import dev.plimsoll.audit.Audit;
import dev.plimsoll.audit.AuditResult;
import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.plan.Planner;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a renderer is given, from a few lines of Compose, and what it makes of it.
final class Tasks {
    static final List<Renderer> RENDERERS = List.of(new PostgresConf(), new RedisConf(), new PgBouncerConf(),
            new PrometheusConf(),
            new ApplicationSettings(), new ApplicationPools());

    private Tasks() {}

    /// A stack on a server of 8 GB, from the lines below `services:` and pairs of path and text.
    static Task task(Profile profile, String services, String... files) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("compose.yml", "services:\n" + services.indent(2));
        for (var at = 0; at < files.length; at += 2) {
            texts.put(files[at], files[at + 1]);
        }
        return task(profile, Inventory.of(ComposeLoader.load(ProjectFiles.of(texts), ComposeLoader.Request.of(
                "compose.yml")), Host.of(MemorySize.ofGigabytes(8), Millicores.ofCores(4))));
    }

    static Task task(Profile profile, Inventory inventory) {
        return new Task(Planner.plan(inventory), new AuditResult(List.of(), List.of(), List.of(), List.of()), profile,
                "plimsoll");
    }

    static Task audited(Profile profile, Inventory inventory) {
        return new Task(Planner.plan(inventory), Audit.of(inventory), profile, "plimsoll");
    }

    /// Secrets that can be told apart.
    static Secrets secrets(Renderer renderer, Task task) {
        var values = new LinkedHashMap<String, String>();
        renderer.variables(task).stream().filter(Variable::secret).forEach(variable -> values.put(variable.name(),
                "secret-of-" + variable.name()));
        return new Secrets(values);
    }

    static Renderer.Part render(Renderer renderer, Task task) {
        return renderer.render(task, secrets(renderer, task));
    }

    static Renderer.Part production(Renderer renderer, String services, String... files) {
        return render(renderer, task(Profile.PRODUCTION, services, files));
    }

    static String file(Renderer.Part part, String path) {
        return part.files().stream().filter(file -> file.path().equals(path)).map(RenderedFile::content).findFirst()
                .orElseThrow(() -> new AssertionError("no " + path + " among " + part.files().stream().map(
                        RenderedFile::path).toList()));
    }

    /// The value of a patch by service and path, parted by dots.
    static Optional<Object> patch(Renderer.Part part, String service, String path) {
        return part.patches().stream().filter(patch -> patch.service().equals(service)
                && String.join(".", patch.path()).equals(path)).map(Patch::value).findFirst();
    }

    /// Targets in the container by source.
    static Map<String, String> mounts(Renderer.Part part, String service) {
        var mounts = new LinkedHashMap<String, String>();
        part.patches().stream().filter(patch -> patch.service().equals(service) && patch.path().equals(List.of(
                "volumes"))).flatMap(patch -> ((List<?>) patch.value()).stream()).map(mount -> (Map<?, ?>) mount)
                .forEach(mount -> mounts.put(String.valueOf(mount.get("source")), String.valueOf(mount.get("target"))));
        return mounts;
    }

    /// Everything a part holds, for comparing.
    static String shown(Renderer.Part part) {
        var text = new StringBuilder();
        part.files().forEach(file -> text.append("===== ").append(file.path()).append(" (").append(file.access())
                .append(")\n").append(file.content()));
        text.append("===== patches\n");
        part.patches().forEach(patch -> text.append(patch.service()).append('.').append(String.join(".",
                patch.path())).append(patch.replaces() ? " := " : " = ").append(patch.value()).append("  # ")
                .append(patch.reason()).append('\n'));
        text.append("===== notes\n");
        part.notes().forEach(note -> text.append(note).append('\n'));
        text.append("===== settings\n");
        part.settings().forEach((service, settings) -> text.append(service).append(": ").append(settings.size())
                .append('\n'));
        return text.toString();
    }
}
