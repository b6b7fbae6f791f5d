package dev.plimsoll.servers;

import dev.plimsoll.audit.AuditResult;
import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.plan.Planner;
import dev.plimsoll.render.Profile;
import dev.plimsoll.render.RenderedFile;
import dev.plimsoll.render.Renderer;
import dev.plimsoll.render.Secrets;
import dev.plimsoll.render.Task;
import dev.plimsoll.render.Variable;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one renderer makes of a few lines of Compose on a server of 1 GB.
record Rendering(Task task, Renderer.Part part) {
    static Rendering of(Renderer renderer, Profile profile, String services) {
        return of(renderer, profile, services, Map.of());
    }

    /// @param files of the project, by path
    static Rendering of(Renderer renderer, Profile profile, String services, Map<String, String> files) {
        var texts = new LinkedHashMap<>(files);
        texts.put("compose.yml", "services:\n" + services.indent(2));
        var stack = ComposeLoader.load(ProjectFiles.of(texts), ComposeLoader.Request.of("compose.yml"));
        var inventory = Inventory.of(stack, Host.of(MemorySize.ofGigabytes(1), Millicores.ofCores(2)));
        var task = new Task(Planner.plan(inventory), new AuditResult(List.of(), List.of(), List.of(), List.of()),
                profile, "plimsoll");
        var secrets = new LinkedHashMap<String, String>();
        renderer.variables(task).stream().map(Variable::name).forEach(name -> secrets.put(name, secret(name)));
        return new Rendering(task, renderer.render(task, new Secrets(secrets)));
    }

    static String secret(String variable) {
        return "value-of-" + variable;
    }

    String file(String path) {
        return part.files().stream().filter(file -> file.path().equals(path)).map(RenderedFile::content).findFirst()
                .orElseThrow(() -> new AssertionError("no " + path));
    }

    boolean has(String path) {
        return part.files().stream().anyMatch(file -> file.path().equals(path));
    }
}
