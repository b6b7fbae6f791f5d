package dev.plimsoll.run.natively;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.stack.Mount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/// The user's own scripts for an empty database, in the order in which the image runs them.
///
/// @param files by name
record StartScripts(SortedMap<String, Path> files) {
    static final StartScripts NONE = new StartScripts(Collections.emptySortedMap());
    private static final String DIRECTORY = "/docker-entrypoint-initdb.d";
    /// What the image passes over is passed over.
    private static final Pattern SCRIPT = Pattern.compile(".*\\.(?:sh|sql|sql\\.(?:gz|xz|zst))");
    private static final Pattern SQL = Pattern.compile(".*\\.sql(?:\\.(?:gz|xz))?");
    private static final Pattern HARMLESS = Pattern
            .compile("(?m)^\\s*\\\\(?:set\\s+ON_ERROR_STOP|echo|timing|pset)\\b.*$");
    private static final Pattern OF_PSQL = Pattern.compile("(?im)^\\s*\\\\|^\\s*COPY\\s[^;]*\\sFROM\\s+STDIN\\b");

    static StartScripts of(NativeTask task, List<String> notes) {
        var root = task.stack().projectDirectory();
        var files = new TreeMap<String, Path>();
        task.inventory().named(task.service().name()).map(Recognised::service).ifPresent(service -> {
            var mounts = service.mounts().stream().filter(mount -> mount.type() == Mount.Type.BIND).toList();
            mounts.stream().filter(mount -> mount.target().replaceAll("/$", "").equals(DIRECTORY))
                    .flatMap(mount -> mount.source().stream())
                    .forEach(source -> listed(root.resolve(source)).forEach(file -> files.put(String.valueOf(file
                            .getFileName()), file)));
            mounts.stream().filter(mount -> mount.target().startsWith(DIRECTORY + "/"))
                    .forEach(mount -> mount.source().ifPresent(source -> files.put(mount.target().substring(DIRECTORY
                            .length() + 1), root.resolve(source))));
        });
        files.remove(PostgresProgram.OWN_SCRIPT);
        files.keySet().removeIf(name -> name.contains("/") || !SCRIPT.matcher(name).matches());
        files.keySet().stream().filter(name -> !SQL.matcher(name).matches()).forEach(name -> notes.add(task.service()
                .name() + " runs without " + name + " of " + DIRECTORY + ": only SQL is run here."));
        files.keySet().removeIf(name -> !SQL.matcher(name).matches());
        return new StartScripts(files);
    }

    private static List<Path> listed(Path directory) {
        try (var files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    StartScripts before(String name) {
        return new StartScripts(files.headMap(name));
    }

    StartScripts after(String name) {
        return new StartScripts(files.tailMap(name));
    }

    /// @param notes gets which did not run, and why
    void run(Postgres server, String database, String service, List<String> notes) {
        files.forEach((name, file) -> {
            try (var stream = Files.newInputStream(file)) {
                var text = HARMLESS.matcher(new String(plain(stream, name).readAllBytes(), StandardCharsets.UTF_8))
                        .replaceAll("");
                var failed = OF_PSQL.matcher(text).find()
                        ? Stream.of("it has commands that only psql knows")
                        : server.run(database, SqlStatements.of(text)).stream();
                failed.forEach(why -> notes.add(service + " runs without " + name + " of " + DIRECTORY + ", or with a "
                        + "part of it: " + why));
            } catch (IOException unreadable) {
                notes.add(service + " runs without " + name + " of " + DIRECTORY + ": it cannot be read.");
            }
        });
    }

    private static InputStream plain(InputStream stream, String name) throws IOException {
        return name.endsWith(".gz")
                ? new GZIPInputStream(stream)
                : name.endsWith(".xz") ? new XZInputStream(stream) : stream;
    }
}
