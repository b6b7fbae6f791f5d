package dev.plimsoll.render;

import java.util.List;

/// One value to set in a service of the Compose file.
///
/// @param path keys below the service, such as `deploy`, `resources`, `limits`, `memory`
/// @param value text, whole number, boolean, list or mapping, as [dev.plimsoll.yaml.YamlWriter] takes them
/// @param replaces whether a list or mapping takes the place of the user's instead of being merged with it
/// @param reason one short line for the comment beside it; empty for none
public record Patch(String service, List<String> path, Object value, boolean replaces, String reason) {
    public Patch {
        path = List.copyOf(path);
    }

    public static Patch set(String service, List<String> path, Object value, String reason) {
        return new Patch(service, path, value, false, reason);
    }

    public static Patch replace(String service, List<String> path, Object value, String reason) {
        return new Patch(service, path, value, true, reason);
    }
}
