package dev.plimsoll.kinds;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import java.util.LinkedHashMap;
import java.util.Map;

/// Services from a few lines of Compose.
final class Examples {
    private Examples() {}

    /// A stack from its Compose file and pairs of path and text.
    static Inventory stack(String compose, String... files) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("compose.yml", compose);
        for (var at = 0; at < files.length; at += 2) {
            texts.put(files[at], files[at + 1]);
        }
        return Inventory.of(ComposeLoader.load(ProjectFiles.of(Map.copyOf(texts)),
                ComposeLoader.Request.of("compose.yml")), Host.TYPICAL);
    }

    /// The service `it` from the lines below its name.
    static Recognised service(String body, String... files) {
        return stack("services:\n  it:\n" + body.indent(4), files).services().getFirst();
    }

    static String kind(String body) {
        return service(body).kind().id();
    }
}
