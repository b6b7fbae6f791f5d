package dev.plimsoll.source;

import java.util.ArrayDeque;

/// Arithmetic on `/`-separated paths, without a file system.
public final class Paths {
    private Paths() {}

    /// The directory of a file; `.` for a bare name.
    public static String parent(String path) {
        var slash = path.lastIndexOf('/');
        return slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
    }

    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// `path` seen from `directory`, with `.` and `..` resolved as far as they can be.
    public static String resolve(String directory, String path) {
        if (path.startsWith("/") || path.startsWith("~")) {
            return normalized(path);
        }
        return normalized(directory + "/" + path);
    }

    public static String normalized(String path) {
        var absolute = path.startsWith("/");
        var parts = new ArrayDeque<String>();
        for (var part : path.split("/")) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !(part.equals("..") && absolute)) {
                parts.addLast(part);
            }
        }
        var joined = String.join("/", parts);
        return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
    }
}
