package dev.plimsoll.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.render.PgBouncerConf;
import dev.plimsoll.render.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real PgBouncer runs with what is rendered for its version.
class PgBouncerStartTest {
    private static final String SERVICES = """
            db: {image: 'postgres:16', x-plimsoll: {connections: 24}}
            it:
              image: edoburu/pgbouncer:1.18.0
              environment: {DB_HOST: db, DB_USER: app, DB_PASSWORD: 's"ecret', DB_NAME: shop, MAX_CLIENT_CONN: '300'}
            """;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void startsAndShowsThePlannedSettings() throws IOException {
        var program = Program.find("pgbouncer");
        assumeTrue(program.isPresent() && Program.find("psql").isPresent(), "pgbouncer and psql are not installed");
        Program.open(directory);
        var rendering = Rendering.of(new PgBouncerConf(), Profile.PRODUCTION, SERVICES);
        var users = directory.resolve("userlist.txt");
        Files.writeString(users, rendering.file("it/private/userlist.txt"));
        var port = Program.freePort();
        var ini = directory.resolve("pgbouncer.ini");
        Files.writeString(ini, rendering.file("it/pgbouncer.ini").replace("/etc/pgbouncer/userlist.txt",
                users.toString()).replace("listen_addr = 0.0.0.0", "listen_addr = 127.0.0.1\nunix_socket_dir =")
                .replace("listen_port = 5432", "listen_port = " + port));
        var log = directory.resolve("log");
        var process = Program.start(log, Program.unprivileged(List.of(program.orElseThrow().toString(),
                ini.toString())));
        try {
            Program.await(process, log, () -> config(port, "s\"ecret").code() == 0);
            assertThat(config(port, "wrong").code()).isNotZero();
            assertThat(config(port, "s\"ecret").output()).contains("pool_mode|transaction", "default_pool_size|16",
                    "max_client_conn|300", "query_wait_timeout|30", "max_db_connections|16",
                    "ignore_startup_parameters|extra_float_digits,options");
        } finally {
            Program.stop(process);
        }
    }

    private static Program.Finished config(int port, String password) {
        return Program.run(Map.of("PGPASSWORD", password, "PGCONNECT_TIMEOUT", "5"), List.of("psql", "-XAtw", "-h",
                "127.0.0.1", "-p", String.valueOf(port), "-U", "app", "-d", "pgbouncer", "-c", "SHOW CONFIG"));
    }
}
