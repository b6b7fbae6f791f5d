package dev.plimsoll.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Files of a real cgroup, several in one resource, each after a line `==> PATH`.
record CgroupFixture(Map<String, String> texts) {
    static CgroupFixture of(String name) {
        var texts = new LinkedHashMap<String, String>();
        var path = "";
        for (var line : resource(name).lines().toList()) {
            if (line.startsWith("==> ")) {
                path = line.substring(4);
                texts.put(path, "");
            } else {
                texts.merge(path, line + "\n", String::concat);
            }
        }
        return new CgroupFixture(texts);
    }

    CgroupPlace place() {
        return CgroupPlace.of(text("/proc/PID/cgroup"), text("/proc/self/mountinfo")).orElseThrow();
    }

    CgroupReading reading() {
        return CgroupFiles.reading(place(), texts).orElseThrow();
    }

    /// The same with one file changed.
    CgroupFixture with(String path, String text) {
        var changed = new LinkedHashMap<>(texts);
        changed.put(path, text);
        return new CgroupFixture(changed);
    }

    CgroupFixture without(String path) {
        var changed = new LinkedHashMap<>(texts);
        changed.remove(path);
        return new CgroupFixture(changed);
    }

    String text(String path) {
        return Objects.requireNonNull(texts.get(path), path);
    }

    private static String resource(String name) {
        try (var text = Objects.requireNonNull(CgroupFixture.class.getResourceAsStream("/cgroup/" + name), name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
