package dev.plimsoll.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A Postgres server that listens on a Unix socket only.
final class Server implements AutoCloseable {
    static final String DATABASE = "bench";
    /// Part of the socket's name; nothing listens on a port.
    static final int PORT = 5432;

    private final Installation installation;
    private final Path directory;
    private final Command command;
    private Process process;

    private Server(Installation installation, Path directory, Command command) throws IOException {
        this.installation = installation;
        this.directory = directory;
        this.command = command;
        this.process = launch();
    }

    /// Starts a server and waits until it answers.
    ///
    /// @param directory holds its `data`, and is where its socket and log will be
    /// @param joining what puts it into a cgroup; empty for none
    static Server start(Installation installation, Path directory, List<String> flags, List<String> joining)
            throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(installation.program("postgres"), "-D", directory + "/data", "-c",
                "listen_addresses=", "-c", "unix_socket_directories=" + directory));
        words.addAll(flags);
        var server = new Server(installation, directory, new Command(words, directory).asPostgres().behind(joining));
        if (!server.awaitReady(Duration.ofSeconds(60))) {
            server.close();
            throw new IllegalStateException("the server did not start; " + directory + "/server.log says why");
        }
        return server;
    }

    private Process launch() throws IOException {
        return command.start(directory.resolve("server.log"));
    }

    Path directory() {
        return directory;
    }

    /// Waits until it takes connections; starts it again when it is gone, as a restart policy would.
    ///
    /// @return whether it does before the time is over
    boolean awaitReady(Duration patience) throws IOException, InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                process = launch();
            }
            if (psql("SELECT 1").run().code() == 0) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return false;
    }

    Command psql(String... statements) {
        var words = new ArrayList<>(List.of(installation.bin().resolve("psql").toString(), "-X", "-q", "-A", "-t",
                "-v", "ON_ERROR_STOP=1", "-h", directory.toString(), "-p", String.valueOf(PORT), "-U", "postgres", "-d",
                DATABASE));
        for (var statement : statements) {
            words.addAll(List.of("-c", statement));
        }
        return new Command(words, directory);
    }

    /// Stops it as `pg_ctl stop -m fast` does.
    @Override
    public void close() throws IOException {
        Ending.of(process, "INT");
    }
}
