package dev.plimsoll.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Files that are not there yet, laid over those that are.
///
/// @param texts by normalised path relative to the project directory
public record OverlaidFiles(ProjectFiles below, Map<String, String> texts) implements ProjectFiles {
    public OverlaidFiles {
        texts = Map.copyOf(texts);
    }

    @Override
    public Optional<String> read(String path) {
        var laidOver = texts.get(Paths.normalized(path));
        return laidOver != null ? Optional.of(laidOver) : below.read(path);
    }

    @Override
    public Type typeOf(String path) {
        var above = ProjectFiles.of(texts).typeOf(Paths.normalized(path));
        return above == Type.MISSING ? below.typeOf(path) : above;
    }

    @Override
    public List<String> list(String directory) {
        var all = new TreeSet<>(below.list(directory));
        all.addAll(ProjectFiles.of(texts).list(Paths.normalized(directory)));
        return List.copyOf(all);
    }
}
