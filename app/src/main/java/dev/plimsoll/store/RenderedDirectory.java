package dev.plimsoll.store;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockReader;
import dev.plimsoll.render.Directory;
import dev.plimsoll.render.EnvFile;
import dev.plimsoll.render.RenderedFile;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A rendered directory on disk. The rendering before the current one is kept below `.plimsoll/previous`.
public final class RenderedDirectory {
    /// State of Plimsoll in a rendered directory, kept out of version control.
    public static final String STATE = ".plimsoll";

    private static final String OPEN = "rw-r--r--";
    private static final String PRIVATE = "rw-------";
    private static final String PRIVATE_HASH = "-";
    private static final String SOURCES = "sources";
    private static final String PREVIOUS = "previous";
    /// The lock of a rendering that is being written. It stays when that is cut off, so that files written already are
    /// not taken for edits.
    private static final String PENDING = "pending";
    private static final String SOURCE = "  ";

    private final Path root;
    private final Path env;

    public RenderedDirectory(Path root) {
        this(root, root);
    }

    /// @param envDirectory where `.env` is kept, so that renderings for several servers share their secrets
    public RenderedDirectory(Path root, Path envDirectory) {
        this.root = root;
        this.env = envDirectory.resolve(EnvFile.NAME);
    }

    /// Its `.env`.
    public Path envFile() {
        return env;
    }

    public Path root() {
        return root;
    }

    /// Plimsoll's own files in it, readable by their owner only.
    public Path state() {
        return root.resolve(STATE);
    }

    /// The lock of the current rendering; empty when nothing was rendered here.
    ///
    /// @throws InputException when the lock is damaged
    public Optional<Lock> lock() {
        return text(root.resolve(Lock.FILE_NAME))
                .map(text -> LockReader.read(root.resolve(Lock.FILE_NAME).toString(), text));
    }

    /// The `.env` as it is; empty text when there is none.
    public String env() {
        return text(env).orElse("");
    }

    private List<Lock.LockedFile> pending() {
        var file = state().resolve(PENDING);
        try {
            return text(file).map(text -> LockReader.read(file.toString(), text).files()).orElse(List.of());
        } catch (InputException damaged) {
            return List.of();
        }
    }

    private boolean isPending() {
        return Files.exists(state().resolve(PENDING));
    }

    /// Rendered files that somebody changed by hand since they were written.
    public List<String> edited() {
        var pending = pending();
        return lock().map(Lock::files).orElse(List.of()).stream().filter(file -> !file.sha256().equals(PRIVATE_HASH))
                .filter(file -> text(root.resolve(file.path())).map(Directory::sha256).filter(sum -> !sum.equals(file
                        .sha256()) && !pending.contains(new Lock.LockedFile(file.path(), sum))).isPresent())
                .map(Lock.LockedFile::path).toList();
    }

    /// Keeps what the rendering was made from, so that a later change of it is seen.
    ///
    /// @param files the user's Compose files, from this directory
    public void noteSources(List<String> files) {
        var lines = files.stream().flatMap(path -> text(root.resolve(path)).stream().map(text -> Directory.sha256(text)
                + SOURCE + path + "\n")).collect(Collectors.joining());
        try {
            WholeFile.createPrivateDirectory(state());
            WholeFile.write(state().resolve(SOURCES), lines, PRIVATE);
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    /// The user's Compose files that changed since they were rendered from; none where that was not kept, as in a fresh
    /// checkout.
    public List<String> changedSources() {
        return text(state().resolve(SOURCES)).stream().flatMap(String::lines).map(line -> line.split(SOURCE, 2)).filter(
                parts -> parts.length == 2).filter(
                        parts -> !text(root.resolve(parts[1])).map(Directory::sha256).equals(
                                Optional.of(parts[0])))
                .map(parts -> parts[1]).toList();
    }

    /// What other users of the machine may read or enter although there are secrets: `.env`, and the directories of
    /// files that containers mount, which stay readable to whoever runs in them.
    public List<String> exposed() {
        var directories = lock().map(Lock::files).orElse(List.of()).stream().filter(Lock.LockedFile::isPrivate).flatMap(
                file -> Optional.ofNullable(Path.of(file.path()).getParent()).stream()).map(root::resolve);
        return Stream.concat(Stream.of(env), directories).distinct().filter(RenderedDirectory::isOpen).map(
                path -> root.relativize(path).toString()).toList();
    }

    private static boolean isOpen(Path path) {
        try {
            return Files.getPosixFilePermissions(path).stream().anyMatch(EnumSet.range(
                    PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE)::contains);
        } catch (IOException | UnsupportedOperationException unknown) {
            // It is not there, or its file system has no modes.
            return false;
        }
    }

    /// Files that a rendering would take the place of and that are of no earlier one, with another text.
    public List<String> foreign(Directory rendered) {
        var ours = present();
        return rendered.files().stream().filter(file -> !ours.contains(file.path())).filter(file -> text(root.resolve(
                file.path())).filter(text -> !text.equals(file.content())).isPresent()).map(RenderedFile::path)
                .toList();
    }

    /// Keeps a lock that cannot be read under another name, so that a new one can be written.
    public void setDamagedLockAside() {
        try {
            lock();
        } catch (InputException damaged) {
            try {
                Files.move(root.resolve(Lock.FILE_NAME), root.resolve(Lock.FILE_NAME + ".damaged"),
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException failed) {
                throw unwritable(failed);
            }
        }
    }

    /// The current rendering's texts by path, files with secrets left out.
    public Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        var hidden = lock().map(Lock::files).orElse(List.of()).stream()
                .filter(file -> file.sha256().equals(PRIVATE_HASH)).map(Lock.LockedFile::path).toList();
        present().stream().filter(path -> !hidden.contains(path))
                .forEach(path -> text(root.resolve(path)).ifPresent(text -> texts.put(path, text)));
        return texts;
    }

    /// Files whose text differs from what is on disk, those to be removed last.
    public List<String> changes(Directory rendered) {
        var changes = new ArrayList<>(rendered.files().stream().filter(file -> !text(root.resolve(file.path()))
                .filter(file.content()::equals).isPresent()).map(RenderedFile::path).toList());
        changes.addAll(obsolete(rendered));
        return changes;
    }

    private List<String> obsolete(Directory rendered) {
        var kept = rendered.files().stream().map(RenderedFile::path).toList();
        return present().stream().filter(path -> !kept.contains(path)).toList();
    }

    /// Paths of the current rendering, its lock last.
    private List<String> present() {
        var paths = new LinkedHashSet<String>();
        lock().ifPresent(lock -> lock.files().forEach(file -> paths.add(file.path())));
        pending().forEach(file -> paths.add(file.path()));
        if (Files.exists(root.resolve(Lock.FILE_NAME))) {
            paths.add(Lock.FILE_NAME);
        }
        return List.copyOf(paths);
    }

    /// Puts a rendering in place of the current one, which is kept. Does nothing when no byte differs.
    ///
    /// @param env the text of `.env`
    /// @return the paths that changed
    public List<String> write(Directory rendered, String env) {
        try {
            var changes = new ArrayList<>(changes(rendered));
            var isUpToDate = changes.isEmpty();
            if (!env.isEmpty() && !env.equals(env())) {
                WholeFile.write(envFile(), env, PRIVATE);
                if (envFile().equals(root.resolve(EnvFile.NAME))) {
                    changes.add(EnvFile.NAME);
                }
            }
            if (isUpToDate) {
                Files.deleteIfExists(state().resolve(PENDING));
                return changes;
            }
            var obsolete = obsolete(rendered);
            keepCurrent();
            begin(rendered.files().getLast().content());
            for (var file : rendered.files()) {
                put(file.path(), file.content(), file.access());
            }
            for (var path : obsolete) {
                Files.deleteIfExists(root.resolve(path));
            }
            Files.deleteIfExists(state().resolve(PENDING));
            return changes;
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    /// @param lock of what is about to be written
    private void begin(String lock) throws IOException {
        WholeFile.createPrivateDirectory(state());
        WholeFile.write(state().resolve(PENDING), lock, PRIVATE);
    }

    /// Of a directory that holds no rendering of its own, but the secrets that several share.
    public void keepFromVersionControl() {
        var file = root.resolve(Directory.IGNORED.path());
        try {
            if (!Files.exists(file)) {
                WholeFile.write(file, Directory.IGNORED.content(), OPEN);
            }
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    private void put(String path, String content, RenderedFile.Access access) throws IOException {
        var file = root.resolve(path);
        if (access == RenderedFile.Access.CONTAINER_SECRET) {
            WholeFile.createPrivateDirectory(Optional.ofNullable(file.getParent()).orElseThrow());
        }
        WholeFile.write(file, content, access == RenderedFile.Access.OWNER ? PRIVATE : OPEN);
    }

    /// Whether a rendering was kept to go back to.
    public boolean hasPrevious() {
        return Files.isDirectory(state().resolve(PREVIOUS));
    }

    /// Which rendering was kept to go back to: the checksum of its lock; empty when none was.
    public Optional<String> previousId() {
        return text(state().resolve(PREVIOUS).resolve(Lock.FILE_NAME)).map(Directory::sha256);
    }

    /// The same of the current one, which is kept by the next change.
    public Optional<String> id() {
        return isPending() ? previousId() : text(root.resolve(Lock.FILE_NAME)).map(Directory::sha256);
    }

    /// Brings the kept rendering back and keeps the current one in its place, so that doing it twice changes nothing.
    /// `.env` stays as it is.
    ///
    /// @return the paths that changed
    /// @throws InputException when nothing was kept
    public List<String> rollBack() {
        var previous = state().resolve(PREVIOUS);
        if (!Files.isDirectory(previous)) {
            throw new InputException(Location.ofFile(root.toString()), "there is no earlier rendering to go back to",
                    "Only the rendering before the last change is kept");
        }
        try {
            var older = new RenderedDirectory(previous);
            // What had been removed by hand was not kept either.
            var paths = older.present().stream().filter(path -> Files.isRegularFile(previous.resolve(path))).toList();
            var texts = new ArrayList<String>();
            for (var path : paths) {
                texts.add(Files.readString(previous.resolve(path)));
            }
            var now = present();
            keepCurrent();
            begin(texts.get(paths.indexOf(Lock.FILE_NAME)));
            var changed = new ArrayList<String>();
            for (var at = 0; at < paths.size(); at++) {
                var path = paths.get(at);
                if (!text(root.resolve(path)).equals(Optional.of(texts.get(at)))) {
                    changed.add(path);
                    put(path, texts.get(at), path.contains("/private/")
                            ? RenderedFile.Access.CONTAINER_SECRET
                            : RenderedFile.Access.ALL);
                }
            }
            for (var path : now.stream().filter(path -> !paths.contains(path)).toList()) {
                Files.deleteIfExists(root.resolve(path));
                changed.add(path);
            }
            Files.deleteIfExists(state().resolve(PENDING));
            return changed;
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    /// Copies the current rendering to `.plimsoll/previous`, whole or not at all. One that was cut off is none, and the
    /// one before it is kept already.
    private void keepCurrent() throws IOException {
        if (lock().isEmpty() || isPending()) {
            return;
        }
        WholeFile.createPrivateDirectory(state());
        var unfinished = state().resolve("previous.tmp");
        Trees.delete(unfinished);
        for (var path : present()) {
            if (Files.isRegularFile(root.resolve(path))) {
                WholeFile.write(unfinished.resolve(path), Files.readString(root.resolve(path)), PRIVATE);
            }
        }
        Trees.delete(state().resolve(PREVIOUS));
        Files.move(unfinished, state().resolve(PREVIOUS));
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (CharacterCodingException foreign) {
            throw new InputException(Location.ofFile(file.toString()), "the file is not valid UTF-8",
                    "Save it as UTF-8, or remove it");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private InputException unwritable(IOException failed) {
        return new InputException(Location.ofFile(root.toString()), "the directory cannot be written: "
                + WholeFile.why(failed),
                Files.exists(root) && !Files.isDirectory(root)
                        ? "Name another directory with --out, or move the file"
                        : "Check its owner and the free space, or name another directory with --out");
    }
}
