package dev.plimsoll.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The PostgreSQL programs of this machine.
record Installation(Path bin) {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    static final Path POOLER = Path.of("/usr/sbin/pgbouncer");
    private static final Path USERS = Path.of("/etc/passwd");

    /// The version whose built-in defaults and options the benchmark is written for.
    static final int MAJOR = 15;

    static Installation find() throws IOException {
        var bin = DEBIAN.resolve(MAJOR + "/bin");
        var missing = Stream.of(bin.resolve("postgres"), bin.resolve("pgbench"), POOLER)
                .filter(program -> !Files.isExecutable(program)).toList();
        if (!missing.isEmpty()) {
            throw new MissingTool(missing.getFirst() + " is missing; on Debian 12: apt-get install postgresql-15 "
                    + "pgbouncer");
        }
        try (var users = Files.lines(USERS)) {
            if (users.noneMatch(line -> line.startsWith("postgres:"))) {
                throw new MissingTool("there is no user `postgres`; the Debian package postgresql-common makes it");
            }
        }
        return new Installation(bin);
    }

    String program(String name) {
        return bin.resolve(name).toString();
    }

    /// `PostgreSQL 15.18`, without the packager's words.
    String version(Path directory) throws IOException, InterruptedException {
        return Command.of(directory, program("postgres"), "--version").succeed()
                .replaceAll("postgres \\(PostgreSQL\\) (\\S+)[\\s\\S]*", "PostgreSQL $1");
    }
}
