package dev.plimsoll.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// The data directory that every server starts from, and the scripts of the loads beside it.
///
/// @param directory holds `data` and the scripts
record Template(Path directory) {
    /// It is made fast, as nothing depends on it surviving a crash.
    private static final List<String> FLAGS = List.of("-c", "fsync=off", "-c", "shared_buffers=512MB", "-c",
            "maintenance_work_mem=512MB", "-c", "max_wal_size=2GB");
    private static final String DONE = "complete";

    /// Makes it, or takes the one that an earlier run left in the directory.
    static Template in(Path directory, Installation installation, Sizes sizes)
            throws IOException, InterruptedException {
        var template = new Template(directory.resolve("template-" + sizes.scale()));
        for (var script : Script.ALL) {
            template.copy(script.file());
        }
        if (!Files.exists(template.directory.resolve(DONE))) {
            template.make(installation, sizes);
        }
        return template;
    }

    private void copy(String resource) throws IOException {
        Files.createDirectories(directory);
        try (InputStream text = Objects.requireNonNull(Template.class.getResourceAsStream("/load/" + resource),
                resource)) {
            Files.write(directory.resolve(resource), text.readAllBytes());
        }
    }

    private void make(Installation installation, Sizes sizes) throws IOException, InterruptedException {
        copy("shop.sql");
        Command.of(directory, "rm", "-rf", "data").succeed();
        Command.of(directory, "chown", "postgres", directory.toString()).succeed();
        Command.of(directory, installation.program("initdb"), "-D", directory + "/data", "-A", "trust", "-U",
                "postgres", "-E", "UTF8", "--locale=C").asPostgres().succeed();
        Command.of(directory, "sh", "-c", "echo 'CREATE DATABASE bench' | " + installation.program("postgres")
                + " --single -D data postgres").asPostgres().succeed();
        try (var server = Server.start(installation, directory, FLAGS, List.of())) {
            Command.of(directory, installation.program("pgbench"), "-i", "-q", "-s", String.valueOf(sizes.scale()),
                    "-h", directory.toString(), "-p", String.valueOf(Server.PORT), "-U", "postgres", Server.DATABASE)
                    .succeed();
            server.psql().with("-v", "factor=" + sizes.factor(), "-f", directory.resolve("shop.sql").toString())
                    .succeed();
            server.psql("VACUUM ANALYZE", "CHECKPOINT").succeed();
        }
        Files.createFile(directory.resolve(DONE));
    }

    /// A copy of the data for one contestant. It is made in the contestant's cgroup, so that its page cache is
    /// charged there and not to a bystander, which would give the server memory beyond its limit.
    void copyTo(Path target, Cgroup group) throws IOException, InterruptedException {
        Command.of(directory, "rm", "-rf", target.toString()).succeed();
        Command.of(directory, "install", "-d", "-m", "755", "-o", "postgres", target.toString()).succeed();
        Command.of(directory, "cp", "-a", directory + "/data", target + "/data").behind(group.joining()).succeed();
        Command.of(directory, "sync", "-f", target.toString()).succeed();
    }
}
