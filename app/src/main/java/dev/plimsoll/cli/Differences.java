package dev.plimsoll.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.plimsoll.render.Directory;
import dev.plimsoll.render.RenderedFile;
import dev.plimsoll.store.RenderedDirectory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Unified diffs of renderings. Files with secrets are left out.
final class Differences {
    private static final int CONTEXT = 3;

    private Differences() {}

    /// What would change on disk.
    static String with(RenderedDirectory present, Directory rendered) {
        return of("a", present.texts(), "b", texts(rendered));
    }

    static String between(String oneName, Directory one, String otherName, Directory other) {
        return of(oneName, texts(one), otherName, texts(other));
    }

    /// The user's own files, by path.
    static String between(Map<String, String> present, Map<String, String> wished) {
        return of("a", present, "b", wished);
    }

    private static Map<String, String> texts(Directory rendered) {
        return rendered.files().stream().filter(file -> file.access() == RenderedFile.Access.ALL).collect(Collectors
                .toMap(RenderedFile::path, RenderedFile::content, (one, other) -> one, LinkedHashMap::new));
    }

    private static String of(String oneName, Map<String, String> one, String otherName, Map<String, String> other) {
        var paths = new TreeSet<>(one.keySet());
        paths.addAll(other.keySet());
        var text = new StringBuilder();
        for (var path : paths) {
            var before = lines(one.get(path));
            var after = lines(other.get(path));
            UnifiedDiffUtils.generateUnifiedDiff(one.containsKey(path) ? oneName + "/" + path : "/dev/null",
                    other.containsKey(path) ? otherName + "/" + path : "/dev/null", before, DiffUtils.diff(before,
                            after),
                    CONTEXT).forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    private static List<String> lines(@org.jspecify.annotations.Nullable String text) {
        return text == null ? List.of() : text.lines().toList();
    }
}
