package dev.plimsoll.cli;

import dev.plimsoll.render.Directory;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.store.RenderedDirectory;
import dev.plimsoll.store.Trees;
import dev.plimsoll.store.WholeFile;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The user's own files, changed because the user asked for it. Each is kept as it was beside it, and further
/// renderings
/// start from there: what Plimsoll wrote itself is no wish of the user's.
final class InPlaceFiles {
    private static final String KEPT = ".before-plimsoll";
    private static final String PARTED = "  ";

    private final Path project;
    /// A line for each file, as `sha256sum` writes it: what it became, and its path in the project.
    private final Path record;
    /// The files as they were with the rendering before the current one, those changed in place by then.
    private final Path previous;

    InPlaceFiles(Path project, RenderedDirectory rendered) {
        this.project = project;
        this.record = rendered.state().resolve("in-place");
        this.previous = rendered.state().resolve("previous-in-place");
    }

    /// The changed files as they were before, by path.
    ///
    /// @throws InputException when one was edited since, because the edit would be lost
    Map<String, String> originals() {
        var originals = new LinkedHashMap<String, String>();
        recorded().forEach((path, sum) -> {
            var file = project.resolve(path);
            if (!Files.exists(kept(file))) {
                return;
            }
            if (text(file).equals(text(kept(file)))) {
                // Somebody put it back, perhaps with a change in it.
                originals.put(path, text(file));
                return;
            }
            if (!Directory.sha256(text(file)).equals(sum)) {
                throw new InputException(Location.ofFile(file.toString()), "this file was edited since it was rendered "
                        + "in place",
                        "Make the change in " + kept(file) + " and put that in its place, then render "
                                + "again; or remove " + kept(file) + " to render from the file as it is");
            }
            originals.put(path, text(kept(file)));
        });
        return originals;
    }

    /// @param composeFiles the stack's, from the project
    /// @throws InputException when one was changed in place and nothing here tells what it became, as in a fresh
    /// checkout: what Plimsoll wrote would be taken for the user's wish
    void refuseUnrecorded(Collection<String> composeFiles) {
        var recorded = recorded().keySet();
        composeFiles.stream().filter(path -> !recorded.contains(path)).map(project::resolve).filter(
                file -> Files.exists(kept(file)) && !text(kept(file)).equals(text(file))).findFirst()
                .ifPresent(file -> {
                    throw new InputException(Location.ofFile(file.toString()), "this file was rendered in place, as "
                            + kept(file) + " tells, and " + record + ", which tells how, is not there",
                            "Copy " + kept(file) + " over it to render from what it was, or remove " + kept(file)
                                    + " to render from the file as it is");
                });
    }

    /// The texts of some files as they are now, by path.
    Map<String, String> present(Collection<String> paths) {
        var present = new LinkedHashMap<String, String>();
        paths.forEach(path -> present.put(path, text(project.resolve(path))));
        return present;
    }

    /// Keeps each file as it was, unless that was done before, and then replaces it.
    ///
    /// @return the paths of those that changed
    List<String> replace(Map<String, String> texts) {
        var changed = new ArrayList<String>();
        texts.forEach((path, text) -> {
            var file = project.resolve(path);
            if (!text(file).equals(text)) {
                keep(file);
                OutputFile.replace(file, text);
                changed.add(path);
            }
        });
        if (!changed.isEmpty()) {
            var sums = new LinkedHashMap<>(recorded());
            if (sums.isEmpty()) {
                // With the rendering before, these files were as they are kept.
                madeForRollBack();
            }
            texts.forEach((path, text) -> sums.put(path, Directory.sha256(text)));
            write(sums);
        }
        return changed;
    }

    /// Keeps the changed files as they are now, before another rendering takes the place of the current one.
    void keepForRollBack() {
        try {
            Trees.delete(previous);
            WholeFile.createPrivateDirectory(previous);
            for (var path : originals().keySet()) {
                Files.copy(project.resolve(path), inPrevious(path));
            }
        } catch (IOException failed) {
            throw new InputException(Location.ofFile(previous.toString()), "the Compose files cannot be kept here: "
                    + WholeFile.why(failed), "Check its owner and the free space");
        }
    }

    private void madeForRollBack() {
        try {
            WholeFile.createPrivateDirectory(previous);
        } catch (IOException failed) {
            throw new InputException(Location.ofFile(previous.toString()),
                    "this directory cannot be made: " + WholeFile.why(failed), "Check its owner and the free space");
        }
    }

    /// The changed files as they were with the rendering before, by path; as they were at all where that did not
    /// change them.
    ///
    /// @throws InputException when one was edited since, or was not kept
    Map<String, String> earlier() {
        var earlier = originals();
        if (!earlier.isEmpty() && !Files.isDirectory(previous)) {
            var file = project.resolve(earlier.keySet().iterator().next());
            throw new InputException(Location.ofFile(file.toString()),
                    "this file was changed in place, and what it was "
                            + "with the earlier rendering was not kept",
                    "Move " + kept(file) + " over it, roll back, and render --in-place again");
        }
        earlier.replaceAll((path, original) -> Files.exists(inPrevious(path)) ? text(inPrevious(path)) : original);
        return earlier;
    }

    /// @param earlier as [#earlier] gave it; what is there now is kept in its place
    /// @return the paths of those that changed
    List<String> rollBack(Map<String, String> earlier) {
        keepForRollBack();
        return replace(earlier);
    }

    /// A name without directories: a Compose file may lie outside the project's.
    private Path inPrevious(String path) {
        return previous.resolve(URLEncoder.encode(path, StandardCharsets.UTF_8));
    }

    private static void keep(Path file) {
        try {
            if (!Files.exists(kept(file))) {
                Files.copy(file, kept(file));
            }
        } catch (IOException failed) {
            throw new InputException(Location.ofFile(file.toString()),
                    "the file cannot be kept as it was: " + WholeFile.why(failed),
                    "Check that its directory may be written to");
        }
    }

    private static Path kept(Path file) {
        return file.resolveSibling(file.getFileName() + KEPT);
    }

    private Map<String, String> recorded() {
        if (!Files.exists(record)) {
            return Map.of();
        }
        return text(record).lines().map(line -> line.split(PARTED, 2)).filter(parts -> parts.length == 2).collect(
                Collectors.toMap(parts -> parts[1], parts -> parts[0], (one, other) -> other, LinkedHashMap::new));
    }

    private void write(Map<String, String> sums) {
        try {
            Files.createDirectories(record.toAbsolutePath().getParent());
        } catch (IOException failed) {
            throw new InputException(Location.ofFile(record.toString()), "its directory cannot be made",
                    "Check its owner and the free space");
        }
        OutputFile.replace(record, sums.entrySet().stream().map(entry -> entry.getValue() + PARTED + entry.getKey()
                + "\n").collect(Collectors.joining()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new InputException(Location.ofFile(file.toString()), "the file cannot be read",
                    "Check that it is there and may be read");
        }
    }
}
