package dev.plimsoll.render;

import dev.plimsoll.audit.AuditResult;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rendered directory: every file with its text, `.env` apart, which only grows.
///
/// @param files sorted by path, the lock last
public record Directory(List<RenderedFile> files, Lock lock) {
    /// Kept from version control: secrets and state.
    public static final RenderedFile IGNORED = RenderedFile.of(".gitignore", """
            # Secrets and state; `plimsoll render` writes them anew where they are missing.
            .env
            .plimsoll/
            private/
            .*.tmp
            """);

    public Directory {
        files = List.copyOf(files);
    }

    /// Where the directory stands and what it refers to.
    ///
    /// @param composeFiles the user's Compose files, relative to the directory
    /// @param envFiles all env files, relative to the directory, its own last
    /// @param profiles of the Compose files that are active
    /// @param command that starts the stack, run in the project directory
    public record Place(List<String> composeFiles, List<String> envFiles, List<String> profiles, String command) {}

    /// The override and the services' files: all that the stack itself reads.
    public static List<RenderedFile> stackFiles(Rendering rendering, Place place) {
        var files = new ArrayList<>(rendering.files());
        files.add(ComposeOverride.file(rendering.task().plan(), rendering.patches(), place.command()));
        return sorted(files.stream());
    }

    /// @param after what is still wrong with the stack once these files are laid over it
    public static Directory of(Rendering rendering, Place place, AuditResult after) {
        var task = rendering.task();
        var files = new ArrayList<>(stackFiles(rendering, place));
        var optional = rendering.optionalVariables();
        if (!rendering.variables().isEmpty() || !optional.isEmpty()) {
            files.add(EnvFile.example(rendering.variables(), optional));
        }
        files.add(IGNORED);
        files.add(SecurityChecklist.file(task.audit(), after, rendering.notes()));
        var sorted = sorted(files.stream());
        var plan = task.plan();
        var lock = new Lock(plan.inventory().stack().name(), place.composeFiles(), place.envFiles(),
                place.profiles(), task.profile().toString(), plan.inventory().host(), plan.loadLine(),
                rendering.lockedServices(),
                plan.leftOut(), sorted.stream().map(Directory::locked).toList());
        return new Directory(Stream.concat(sorted.stream(), Stream.of(RenderedFile.of(Lock.FILE_NAME,
                LockWriter.text(lock)))).toList(), lock);
    }

    /// The checksum of a file with passwords that somebody chose would help to guess them.
    private static Lock.LockedFile locked(RenderedFile file) {
        return new Lock.LockedFile(file.path(), file.access() == RenderedFile.Access.ALL
                ? sha256(file.content())
                : "-");
    }

    private static List<RenderedFile> sorted(Stream<RenderedFile> files) {
        var sorted = files.sorted(Comparator.comparing(RenderedFile::path)).toList();
        var twice = sorted.stream().collect(Collectors.groupingBy(RenderedFile::path, Collectors.counting()))
                .entrySet().stream().filter(entry -> entry.getValue() > 1).map(entry -> entry.getKey()).sorted()
                .toList();
        if (!twice.isEmpty()) {
            throw new IllegalStateException("two renderers write " + twice);
        }
        return sorted;
    }

    /// Of a text's UTF-8 bytes, in lower-case hexadecimal.
    public static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
