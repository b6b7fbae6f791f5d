package dev.plimsoll.stack;

import dev.plimsoll.source.Location;
import java.util.Optional;

/// One entry of a service's `volumes`.
///
/// @param source volume name or host path relative to the project; empty for an anonymous volume
/// @param target path in the container
public record Mount(Type type, Optional<String> source, String target, boolean readOnly, Location where) {
    public enum Type {
        BIND, VOLUME, TMPFS, OTHER
    }

    public boolean isAnonymous() {
        return type == Type.VOLUME && source.isEmpty();
    }

    /// Whether `path` lies at or below the mount's target.
    public boolean covers(String path) {
        return path.equals(target) || path.startsWith(target.equals("/") ? "/" : target + "/");
    }
}
