package dev.plimsoll.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// pgBouncer in transaction mode before a server, as a container of its own would be: outside the server's cgroup.
final class Pooler implements AutoCloseable {
    private final Path directory;
    private final Process process;

    private Pooler(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    static Pooler before(Server server, int poolSize, int clients) throws IOException, InterruptedException {
        return before(server, poolSize, clients, List.of());
    }

    /// @param joining what puts it into a cgroup; empty for none
    static Pooler before(Server server, int poolSize, int clients, List<String> joining)
            throws IOException, InterruptedException {
        var directory = server.directory().resolve("pooler");
        Command.of(server.directory(), "install", "-d", "-o", "postgres", directory.toString()).succeed();
        var file = directory.resolve("pgbouncer.ini");
        Files.writeString(file, configuration(server.directory(), directory, poolSize, clients));
        var process = Command.of(directory, Installation.POOLER.toString(), file.toString()).asPostgres()
                .behind(joining).start(directory.resolve("pooler.log"));
        var pooler = new Pooler(directory, process);
        pooler.awaitSocket();
        return pooler;
    }

    private static String configuration(Path server, Path own, int poolSize, int clients) {
        return """
                [databases]
                bench = host=%s port=%d dbname=bench user=postgres
                [pgbouncer]
                listen_addr =
                unix_socket_dir = %s
                listen_port = %d
                auth_type = any
                pool_mode = transaction
                default_pool_size = %d
                max_client_conn = %d
                """.formatted(server, Server.PORT, own, Server.PORT, poolSize, clients + 10);
    }

    private void awaitSocket() throws InterruptedException {
        var socket = directory.resolve(".s.PGSQL." + Server.PORT);
        for (var tries = 0; tries < 100 && !Files.exists(socket); tries++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        if (!Files.exists(socket)) {
            throw new IllegalStateException("pgBouncer did not start; " + directory + "/pooler.log says why");
        }
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        Ending.of(process, "TERM");
    }
}
