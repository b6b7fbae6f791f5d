package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.lock.LockedSetting;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgBouncerConfTest {
    private static final String DATABASE = "db: {image: 'postgres:16', x-plimsoll: {connections: 28}}\n";

    private static Renderer.Part of(String service, String... files) {
        return Tasks.production(new PgBouncerConf(), DATABASE + "b: " + service, files);
    }

    @Test
    void boundsThePoolByWhatTheDatabaseHasLeft() {
        var part = of("{image: 'edoburu/pgbouncer:v1.23.1-p2', environment: {DATABASE_URL: "
                + "'postgres://app:p%40ss@db:5432/shop'}}\n");
        assertThat(Tasks.file(part, "b/pgbouncer.ini")).contains("shop = host=db port=5432 dbname=shop",
                "pool_mode = transaction", "default_pool_size = 20", "max_db_connections = 20",
                "max_prepared_statements = 200", "auth_type = scram-sha-256",
                "28 max_connections of db - 2 for migrations - 2 for backups - 1 for monitoring - 3");
        assertThat(Tasks.file(part, "b/private/userlist.txt")).isEqualTo("\"app\" \"p@ss\"\n");
        assertThat(part.files()).filteredOn(file -> file.content().contains("p@ss"))
                .allMatch(file -> file.access() == RenderedFile.Access.CONTAINER_SECRET);
    }

    @Test
    void saysWhenThePlannedPoolWouldNotFit() {
        var part = Tasks.production(new PgBouncerConf(), "db: {image: 'postgres:16', x-plimsoll: {connections: 22}}\n"
                + "b: {image: 'edoburu/pgbouncer:1.23', environment: {DB_HOST: db, DB_PASSWORD: x}}");
        assertThat(Tasks.file(part, "b/pgbouncer.ini")).contains("* = host=db port=5432\n", "default_pool_size = 14\n");
        assertThat(part.notes()).anyMatch(note -> note.startsWith("b: default_pool_size is 14 instead of 20"));
    }

    @Test
    void leavesPasswordsFromFilesToTheEntrypoint() {
        var part = of(
                "{image: 'edoburu/pgbouncer:1.23', environment: {DB_HOST: db, DB_PASSWORD_FILE: /run/secrets/p}}");
        assertThat(part.files()).isEmpty();
        assertThat(Tasks.patch(part, "b", "environment.POOL_MODE")).contains("transaction");
    }

    @Test
    void setsBitnamisVariables() {
        var part = of("{image: 'bitnami/pgbouncer:1.22.0', environment: {POSTGRESQL_HOST: db}}");
        assertThat(Tasks.patch(part, "b", "environment.PGBOUNCER_DEFAULT_POOL_SIZE")).contains("20");
    }

    /// LISTEN, session variables and advisory locks would stop working.
    @Test
    void keepsSessionsWhereSomebodyChoseThem() {
        var part = of("{image: 'edoburu/pgbouncer:1.20', volumes: ['./b.ini:/etc/pgbouncer/pgbouncer.ini']}", "b.ini",
                "[databases]\nshop = host=db\n[pgbouncer]\npool_mode = session\n");
        assertThat(Tasks.file(part, "b/private/pgbouncer.ini")).contains("pool_mode = session");
        assertThat(part.notes()).noneMatch(note -> note.contains("before 1.21"));
    }

    @Test
    void expectsOfAnEntrypointOnlyWhatItWasTold() {
        for (var image : List.of("bitnami/pgbouncer:1.22.0", "pgbouncer/pgbouncer:1.22.0", "edoburu/pgbouncer:1.23")) {
            assertThat(locked(of("{image: '" + image + "', environment: {POSTGRESQL_HOST: db}}"))).containsEntry(
                    "server_lifetime", "3600").doesNotContainKey("auth_type");
        }
        assertThat(locked(of("{image: 'bitnami/pgbouncer:1.22.0', environment: {PGBOUNCER_AUTH_TYPE: md5}}")))
                .containsEntry("auth_type", "md5");
    }

    @Test
    void expectsThePoolThatFits() {
        assertThat(locked(Tasks.production(new PgBouncerConf(), "db: {image: 'postgres:16', x-plimsoll: {connections: "
                + "22}}\nb: {image: 'edoburu/pgbouncer:1.23', environment: {DB_HOST: db, DB_PASSWORD: x}}")))
                .containsEntry("default_pool_size", "14");
    }

    private static Map<String, String> locked(Renderer.Part part) {
        return part.settings().getOrDefault("b", List.of()).stream().collect(Collectors.toMap(LockedSetting::name,
                LockedSetting::value));
    }

    @Test
    void keepsDatabasesAndUsersOfAMountedFile() {
        var part = of("{image: 'edoburu/pgbouncer:1.20', volumes: ['./b.ini:/etc/pgbouncer/pgbouncer.ini']}", "b.ini",
                """
                        [databases]
                        shop = host=db dbname=shop
                        [pgbouncer]
                        auth_type = md5
                        auth_file = /u.txt
                        """);
        assertThat(Tasks.file(part, "b/private/pgbouncer.ini")).contains("shop = host=db dbname=shop",
                "auth_type = md5", "auth_file = /u.txt", "pool_mode = transaction")
                .doesNotContain("max_prepared_statements");
        assertThat(part.notes()).anyMatch(note -> note.contains("before 1.21") && note.contains("prepareThreshold=0"));
    }

    private static final String OWN_FILE = "{image: 'edoburu/pgbouncer:1.23', volumes: "
            + "['./b.ini:/etc/pgbouncer/pgbouncer.ini']}";

    /// PgBouncer's own default takes the md5 secrets of a list of users as well; scram-sha-256 refuses them.
    @Test
    void keepsTheBuiltInWayToLogInOfAMountedFile() {
        var part = of("{image: 'edoburu/pgbouncer:1.23', volumes: ['./b.ini:/etc/pgbouncer/pgbouncer.ini']}", "b.ini",
                "[databases]\nshop = host=db\n[pgbouncer]\nauth_file = /etc/pgbouncer/userlist.txt\n");
        assertThat(Tasks.file(part, "b/private/pgbouncer.ini")).doesNotContain("auth_type");
    }

    @Test
    void saysWhatChangesForClientsThatNobodyChoseAModeFor() {
        assertThat(of("{image: 'edoburu/pgbouncer:1.23', environment: {DB_HOST: db, DB_NAME: a, DB_PASSWORD: x}}")
                .notes()).anyMatch(note -> note.startsWith("b: pool_mode becomes transaction"));
        assertThat(of("{image: 'edoburu/pgbouncer:1.23', environment: {DB_HOST: db, DB_NAME: a, DB_PASSWORD: x, "
                + "POOL_MODE: transaction}}").notes()).noneMatch(note -> note.contains("pool_mode becomes"));
    }

    @Test
    void keepsBoundsThatSomebodyChose() {
        var part = of("{image: 'edoburu/pgbouncer:1.23', environment: {DB_HOST: db, DB_NAME: a, DB_PASSWORD: x, "
                + "MAX_DB_CONNECTIONS: 8, MAX_PREPARED_STATEMENTS: 0, CLIENT_TLS_CIPHERS: HIGH}}");
        assertThat(Tasks.file(part, "b/pgbouncer.ini")).contains("max_db_connections = 8\n",
                "max_prepared_statements = 0\n", "client_tls_ciphers = HIGH\n");
        assertThat(Tasks.file(of("{image: 'edoburu/pgbouncer:1.23', environment: {DB_HOST: db, DB_NAME: a, "
                + "DB_PASSWORD: x, MAX_DB_CONNECTIONS: 50}}"), "b/pgbouncer.ini")).contains(
                        "max_db_connections = 20\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{image: 'edoburu/pgbouncer', environment: {DATABASE_URLS: 'postgres://a:b@db/x,postgres://a:b@db/y'}}"
                    + " | environment.DEFAULT_POOL_SIZE",
            "{image: 'bitnami/pgbouncer', environment: {POSTGRESQL_HOST: db, PGBOUNCER_DSN_0: 'x=host=db dbname=x'}}"
                    + " | environment.PGBOUNCER_DEFAULT_POOL_SIZE"})
    void databasesInVariablesShareTheConnections(String service, String variable) {
        assertThat(Tasks.patch(of(service), "b", variable)).contains("10");
    }

    /// Each database that a client names has a pool of its own.
    @Test
    void databasesThatItsClientsNameShareTheConnections() {
        var clients = """

                a: {image: e/a, environment: {U: 'postgresql://u:p@b:5432/shop'}}
                c: {image: e/c, environment: {U: 'postgresql+asyncpg://u:p@b/stats?ssl=off'}}
                d: {image: e/d, environment: {U: 'postgresql://u:p@b/stats', V: 'postgresql://u:p@db/other'}}
                """;
        var part = of("{image: 'edoburu/pgbouncer:1.23', environment: {DB_HOST: db, DB_PASSWORD: x}}" + clients);
        assertThat(Tasks.file(part, "b/pgbouncer.ini")).contains("default_pool_size = 10\n", "over 2 databases");
        assertThat(part.notes()).anyMatch(note -> note.contains("its pools fit the 2 that can be seen here"));
    }

    @Test
    void keepsWhatAUserOrAPeerIsGiven() {
        var part = of(OWN_FILE, "b.ini", """
                [databases]
                2Shop = host=db application_name='my shop'
                [users]
                bob = pool_mode=session
                [peers]
                1 = host=b1
                [pgbouncer]
                peer_id = 2
                """);
        assertThat(Tasks.file(part, "b/private/pgbouncer.ini")).contains("""
                [databases]
                2Shop = host=db application_name='my shop'

                [users]
                bob = pool_mode=session

                [peers]
                1 = host=b1

                [pgbouncer]
                """, "\npool_mode = transaction\n", "\npeer_id = 2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%include /etc/pgbouncer/more.ini", "[other]\npool_mode = session", "what is this"})
    void leavesAFileAloneOfWhichSomethingWouldBeLost(String text) {
        var part = of(OWN_FILE, "b.ini", "[databases]\nshop = host=db\n[pgbouncer]\n" + text + "\n");
        assertThat(part.patches()).isEmpty();
        assertThat(part.notes()).anyMatch(note -> note.matches("b: what stands at b.ini:[45] is nothing Plimsoll can "
                + "take over; set pool_mode = transaction, default_pool_size = 20.*"));
    }

    @Test
    void leavesAFileWithUnknownSettingsAlone() {
        var part = of(OWN_FILE, "b.ini", "[databases]\nshop = host=db\n[pgbouncer]\nnew_setting = 1\n");
        assertThat(part.patches()).isEmpty();
        assertThat(part.notes()).anyMatch(note -> note.contains("`new_setting` at b.ini:4") && note.contains(
                "default_pool_size = 20"));
    }
}
