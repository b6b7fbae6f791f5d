package dev.plimsoll.cli;

import dev.plimsoll.render.Directory;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.store.RenderedDirectory;
import dev.plimsoll.store.Trees;
import dev.plimsoll.store.WholeFile;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The user's own files, changed because the user asked for it. Each is kept as it was beside it, and further
/// renderings start from there: what Plimsoll wrote itself is no wish of the user's.
final class InPlaceFiles {
    private static final String KEPT = ".before-plimsoll";
    private static final String PARTED = "  ";
    /// In the directory of earlier files: the rendering that they belong to.
    private static final String OF = ".rendering";

    private final Path project;
    /// A line for each file, as `sha256sum` writes it: what it became, and its path in the project. Two lines while it
    /// is being changed.
    private final Path record;
    /// The files as they were with the rendering before the current one, those changed in place by then.
    private final Path previous;

    InPlaceFiles(Path project, RenderedDirectory rendered) {
        this.project = project;
        this.record = rendered.state().resolve("in-place");
        this.previous = rendered.state().resolve("previous-in-place");
    }

    /// The changed files as they were before, by path. What was put back, perhaps with a change in it, is taken as it
    /// is.
    ///
    /// @throws InputException when one was edited since, because the edit would be lost
    Map<String, String> originals() {
        var originals = new LinkedHashMap<String, String>();
        recorded().forEach((path, sums) -> {
            var file = project.resolve(path);
            if (!Files.exists(kept(file)) || !Files.exists(file)) {
                return;
            }
            var original = text(kept(file));
            var text = text(file);
            if (text.equals(original) || isAsBefore(original, sums)) {
                originals.put(path, text);
            } else if (sums.contains(Directory.sha256(text))) {
                originals.put(path, original);
            } else {
                throw new InputException(Location.ofFile(file.toString()), "this file was edited since it was rendered "
                        + "in place",
                        "Make the change in " + kept(file) + " and put that in its place, then render "
                                + "again; or remove " + kept(file) + " to render from the file as it is");
            }
        });
        return originals;
    }

    /// Whether it was left as the user wrote it, as after a rollback.
    private static boolean isAsBefore(String original, Set<String> sums) {
        return sums.equals(Set.of(Directory.sha256(original)));
    }

    /// @param composeFiles the stack's, from the project
    /// @throws InputException when one was changed in place and nothing here tells what it became, as in a fresh
    /// checkout: what Plimsoll wrote would be taken for the user's wish; also when one is not UTF-8
    void refuseUnrecorded(Collection<String> composeFiles) {
        // Read here, so that one that cannot be is named before anything is written.
        present(composeFiles);
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

    /// Keeps each file as it was, unless that was done before, and then replaces it. Wherever this is cut off, the
    /// record tells what a file is.
    ///
    /// @param originals as [#originals] gave them
    /// @return the paths of those that changed
    List<String> replace(Map<String, String> texts, Map<String, String> originals) {
        var changed = new LinkedHashMap<>(texts);
        changed.entrySet().removeIf(file -> text(project.resolve(file.getKey())).equals(file.getValue()));
        if (changed.isEmpty()) {
            return List.of();
        }
        var sums = recorded();
        if (sums.isEmpty()) {
            // With the rendering before, these files were as they are kept.
            madeForRollBack();
        }
        changed.keySet().forEach(path -> keep(path, Optional.ofNullable(originals.get(path))));
        changed.forEach((path, text) -> sums.merge(path, Set.of(Directory.sha256(text)), InPlaceFiles::both));
        write(sums);
        changed.forEach((path, text) -> OutputFile.replace(project.resolve(path), text));
        changed.forEach((path, text) -> sums.put(path, Set.of(Directory.sha256(text))));
        write(sums);
        return List.copyOf(changed.keySet());
    }

    private static Set<String> both(Set<String> some, Set<String> more) {
        var all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }

    /// Keeps the changed files as they are now, before another rendering takes the place of the current one.
    ///
    /// @param rendering the current one's checksum
    void keepForRollBack(String rendering) {
        var unfinished = previous.resolveSibling(previous.getFileName() + ".tmp");
        try {
            Trees.delete(unfinished);
            WholeFile.createPrivateDirectory(unfinished);
            for (var path : originals().keySet()) {
                Files.copy(project.resolve(path), unfinished.resolve(encoded(path)));
            }
            Files.writeString(unfinished.resolve(OF), rendering);
            Trees.delete(previous);
            Files.move(unfinished, previous);
        } catch (IOException failed) {
            throw new InputException(Location.ofFile(previous.toString()), "the Compose files cannot be kept here: "
                    + WholeFile.why(failed), "Check its owner and the free space");
        }
    }

    private void madeForRollBack() {
        try {
            Trees.delete(previous);
            WholeFile.createPrivateDirectory(previous);
        } catch (IOException failed) {
            throw new InputException(Location.ofFile(previous.toString()),
                    "this directory cannot be made: " + WholeFile.why(failed), "Check its owner and the free space");
        }
    }

    /// The changed files as they were with the rendering before, by path; as they were at all where that did not
    /// change them.
    ///
    /// @param rendering the earlier one's checksum; empty when none was kept
    /// @throws InputException when one was edited since, or was not kept
    Map<String, String> earlier(Optional<String> rendering) {
        var earlier = originals();
        if (!earlier.isEmpty() && !isKeptWith(rendering)) {
            var file = project.resolve(earlier.keySet().iterator().next());
            throw new InputException(Location.ofFile(file.toString()),
                    "this file was changed in place, and what it was "
                            + "with the earlier rendering was not kept",
                    "Move " + kept(file) + " over it, roll back, and render --in-place again");
        }
        earlier.replaceAll((path, original) -> Files.exists(inPrevious(path)) ? text(inPrevious(path)) : original);
        return earlier;
    }

    /// The files before and the rendering before are exchanged one after the other: both must be of the same.
    private boolean isKeptWith(Optional<String> rendering) {
        var of = previous.resolve(OF);
        return Files.isDirectory(previous) && (!Files.exists(of) || rendering.equals(Optional.of(text(of))));
    }

    /// @param earlier as [#earlier] gave it; what is there now is kept in its place
    /// @param rendering the checksum of the one that is kept in the place of the earlier
    /// @return the paths of those that changed
    List<String> rollBack(Map<String, String> earlier, String rendering) {
        var originals = originals();
        keepForRollBack(rendering);
        return replace(earlier, originals);
    }

    /// A name without directories: a Compose file may lie outside the project's.
    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    private Path inPrevious(String path) {
        return previous.resolve(encoded(path));
    }

    /// @param original what is kept is to be, where that is known
    private void keep(String path, Optional<String> original) {
        var file = project.resolve(path);
        try {
            if (!Files.exists(kept(file)) || original.filter(text -> !text.equals(text(kept(file)))).isPresent()) {
                var unfinished = file.resolveSibling("." + kept(file).getFileName() + ".tmp");
                Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
                Files.move(unfinished, kept(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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

    private Map<String, Set<String>> recorded() {
        var recorded = new LinkedHashMap<String, Set<String>>();
        if (Files.exists(record)) {
            text(record).lines().map(line -> line.split(PARTED, 2)).filter(parts -> parts.length == 2).forEach(
                    parts -> recorded.merge(parts[1], Set.of(parts[0]), InPlaceFiles::both));
        }
        return recorded;
    }

    private void write(Map<String, Set<String>> sums) {
        try {
            Files.createDirectories(record.toAbsolutePath().getParent());
        } catch (IOException failed) {
            throw new InputException(Location.ofFile(record.toString()), "its directory cannot be made",
                    "Check its owner and the free space");
        }
        OutputFile.replace(record, sums.entrySet().stream().flatMap(entry -> entry.getValue().stream().map(
                sum -> sum + PARTED + entry.getKey() + "\n")).collect(Collectors.joining()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException foreign) {
            throw new InputException(Location.ofFile(file.toString()),
                    "the file is not valid UTF-8, and Docker Compose "
                            + "refuses it too",
                    "Save it as UTF-8");
        } catch (IOException unreadable) {
            throw new InputException(Location.ofFile(file.toString()), "the file cannot be read",
                    "Check that it is there and may be read");
        }
    }
}
