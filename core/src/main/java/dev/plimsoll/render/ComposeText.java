package dev.plimsoll.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Values for patches, as Compose reads them.
final class ComposeText {
    private ComposeText() {}

    /// Text that Compose takes as it stands: it would read `$` as the start of a variable.
    static String literal(String text) {
        return text.replace("$", "$$");
    }

    static List<String> literals(List<String> words) {
        return words.stream().map(ComposeText::literal).toList();
    }

    /// A reference to a variable without which Compose refuses to start.
    static String required(String variable) {
        return "${" + variable + ":?run plimsoll render}";
    }

    /// A reference to a variable without which the service has less, and Compose's other commands still work.
    static String optional(String variable) {
        return "${" + variable + ":-}";
    }

    /// A rendered file as a read-only mount. The long form makes Docker refuse a source that is not there, where the
    /// short one would create a directory.
    static Patch mount(Task task, String service, String path, String target, String reason) {
        return bind(service, task.mountSource(path), target, reason);
    }

    /// A file of the user's own as a read-only mount.
    ///
    /// @param path in the project
    static Patch ownMount(String service, String path, String target, String reason) {
        return bind(service, path.startsWith("/") || path.startsWith("../") ? path : "./" + path, target, reason);
    }

    private static Patch bind(String service, String source, String target, String reason) {
        var mount = new LinkedHashMap<String, Object>(Map.of("type", "bind"));
        mount.put("source", literal(source));
        mount.put("target", target);
        mount.put("read_only", true);
        return Patch.set(service, List.of("volumes"), List.of(mount), reason);
    }

    static Patch environment(String service, String variable, String value, String reason) {
        return Patch.set(service, List.of("environment", variable), value, reason);
    }

    /// A service's name as part of a variable's: `job-queue` is `JOB_QUEUE`.
    static String variable(String service) {
        var name = service.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }
}
