package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresConfTest {
    private static Renderer.Part of(String services, String... files) {
        return Tasks.production(new PostgresConf(), services, files);
    }

    private static String conf(String services, String... files) {
        return Tasks.file(of(services, files), "db/postgresql.conf");
    }

    @Test
    void keepsFlagsThatAreNoSettingsAndTakesTheOthersOver() {
        var part = of("db:\n  image: postgres:16\n  command: postgres -c wal_level=logical -c work_mem=1GB -p 5433\n");
        assertThat(Tasks.patch(part, "db", "command")).contains(List.of("postgres", "-c",
                "config_file=/etc/plimsoll/postgresql.conf", "-c", "hba_file=/etc/plimsoll/pg_hba.conf", "-p",
                "5433"));
        assertThat(Tasks.file(part, "db/postgresql.conf")).contains("# from compose.yml:4", "\nwal_level = logical\n")
                .doesNotContain("1GB");
    }

    @Test
    void takesOverTheUsersFileWithItsIncludes() {
        var conf = conf("""
                db:
                  image: postgres:16
                  command: postgres -c config_file=/etc/pg/my.conf
                  volumes: ['./my.conf:/etc/pg/my.conf']
                """, "my.conf", """
                include_dir = 'conf.d'
                archive_command = 'cp %p ''/a b/%f'''
                log_statement = all
                """);
        assertThat(conf).contains("include_dir = '/etc/pg/conf.d'",
                "# from my.conf:2\narchive_command = 'cp %p ''/a b/%f'''", "log_statement = all")
                .doesNotContain("include_if_exists", "log_statement = none");
    }

    private static final String OWN_FILE = "db: {image: 'postgres:16', command: postgres -c config_file=/my.conf, "
            + "volumes: ['./my.conf:/my.conf']}";

    @Test
    void escapesInQuotedValuesAreWrittenAsTheServerReadsThem() {
        assertThat(conf(OWN_FILE, "my.conf", """
                archive_command = 'cp %p \\'/a b/%f\\''  # to the other disk
                cluster_name = 'a\\'b\\\\c\\x\\101'
                log_line_prefix = '%t\\t'
                """)).contains("\narchive_command = 'cp %p ''/a b/%f'''\n", "\ncluster_name = 'a''b\\\\cxA'\n",
                "\nlog_line_prefix = '%t\\t'\n");
    }

    /// What stands there may be a secret.
    @Test
    void aLineThatCannotBeReadIsNamedAndNotShown() {
        var part = of(OWN_FILE, "my.conf", "work_mem = 4MB\n\n# fine\nprimary_conninfo = 'password=x\n[a]\nfsync\n");
        assertThat(part.notes()).contains("db: what stands at my.conf:4, my.conf:5, my.conf:6 is not taken over, "
                + "because Plimsoll cannot read it as a setting.");
        assertThat(of(OWN_FILE, "my.conf", "work_mem 4MB\n").notes()).noneMatch(note -> note.contains("cannot read"));
    }

    @Test
    void leavesOutWhatTheServerWouldRefuse() {
        var part = of("db:\n  image: postgres:16\n  command: postgres -c io_method=worker -c geqo=maybe\n");
        assertThat(Tasks.file(part, "db/postgresql.conf")).doesNotContain("io_method", "geqo");
        assertThat(part.notes()).anyMatch(note -> note.contains("`io_method`") && note.contains("PostgreSQL 16"))
                .anyMatch(note -> note.contains("`geqo`") && note.contains("on or off"));
    }

    @Test
    void limitsThatSomebodyChoseStay() {
        var conf = conf("db: {image: 'postgres:16', command: postgres -c idle_in_transaction_session_timeout=15min -c "
                + "temp_file_limit=20GB -c statement_timeout=1h}");
        assertThat(conf).contains("\nidle_in_transaction_session_timeout = 15min\n", "\ntemp_file_limit = 20GB\n",
                "\nstatement_timeout = 1h\n");
    }

    /// A guess would make an index build or a restore fail.
    @Test
    void filesOfAQueryAreBoundedOnlyWhereTheDiskIsKnown() {
        assertThat(conf("db: {image: 'postgres:16'}")).doesNotContain("temp_file_limit");
    }

    @Test
    void newLimitsForClientsAreSaid() {
        assertThat(of("db: {image: 'postgres:16'}").notes()).contains("db: new limits for its clients, "
                + "idle_in_transaction_session_timeout 60s, statement_timeout 5min, lock_timeout 30s. Where a report or a "
                + "migration needs more, let it set its own for its session, or set yours in the Compose file.");
        assertThat(of("db: {image: 'postgres:16', command: postgres -c idle_in_transaction_session_timeout=60s -c "
                + "statement_timeout=1h -c lock_timeout=0}").notes()).noneMatch(note -> note.contains("new limits"));
    }

    @Test
    void clientsOfAPrivateNetworkComeInWhereItsAddressIsPublished() {
        var open = of("db: {image: 'postgres:16', ports: ['10.8.0.1:5432:5432']}");
        assertThat(Tasks.file(open, "db/pg_hba.conf")).containsPattern("host +all +all +all +scram-sha-256")
                .containsPattern("host +replication +all +all +reject");
        for (var ports : List.of("[]", "['5432:5432']", "['127.0.0.1:5432:5432']")) {
            assertThat(Tasks.file(of("db: {image: 'postgres:16', ports: " + ports + "}"), "db/pg_hba.conf")).as(ports)
                    .containsPattern("host +all +all +all +reject");
        }
    }

    @Test
    void filesInTheVolumeThatNoLongerCountAreNamed() {
        assertThat(of("db: {image: 'postgres:16', volumes: ['./d:/var/lib/postgresql/data']}").notes())
                .anyMatch(note -> note.startsWith("db: postgresql.conf and pg_hba.conf in its volume are not read"));
        assertThat(of("db: {image: 'postgres:16'}").notes()).noneMatch(note -> note.contains("in its volume"));
    }

    @Test
    void namesOnlySettingsOfTheMajor() {
        assertThat(conf("db: {image: 'postgres:13'}")).doesNotContain("idle_session_timeout");
        assertThat(conf("db: {image: 'postgres:14'}")).contains("idle_session_timeout = 0");
    }

    @Test
    void compressesTheLogWhereTheImageIsKnownToBeBuiltForIt() {
        for (var image : List.of("postgres:15", "postgres:18-alpine", "postgres", "pgvector/pgvector:pg16",
                "postgis/postgis:17-3.5", "timescale/timescaledb:2.17.0-pg16")) {
            assertThat(conf("db: {image: '" + image + "'}")).as(image).contains("\nwal_compression = 'lz4'\n");
        }
        for (var image : List.of("postgres:14", "bitnami/postgresql:16", "example.com/mirror/postgres:16")) {
            assertThat(conf("db: {image: '" + image + "'}")).as(image).doesNotContain("wal_compression");
        }
    }

    @Test
    void leavesTheLogAsItsOwnerCompressesIt() {
        assertThat(conf("db: {image: 'postgres:16', command: postgres -c wal_compression=zstd}"))
                .contains("\nwal_compression = zstd\n").doesNotContain("lz4");
        assertThat(conf("db: {image: 'postgres:16', command: postgres -c wal_compression=off}"))
                .contains("\nwal_compression = 'lz4'\n");
    }

    @Test
    void addsStatementStatisticsToTheLibrariesTheImageAndTheUserLoad() {
        assertThat(conf("db:\n  image: timescale/timescaledb:2.17.0-pg16\n  command: postgres -c "
                + "shared_preload_libraries=pg_cron\n"))
                .contains("shared_preload_libraries = 'timescaledb,pg_cron,pg_stat_statements'");
    }

    @Test
    void developmentTradesDurabilityOfTheLastTransactionsForSpeed() {
        var part = Tasks.render(new PostgresConf(), Tasks.task(Profile.DEVELOPMENT, "db: {image: 'postgres:16'}"));
        assertThat(Tasks.file(part, "db/postgresql.conf")).contains("synchronous_commit = off", "log_statement = ddl")
                .doesNotContain("fsync = off");
    }

    @Test
    void asksForMd5WhereOldPasswordsMayBeStoredSo() {
        assertThat(Tasks.file(of("db: {image: 'postgres:13'}"), "db/pg_hba.conf")).contains("samenet        md5");
        assertThat(Tasks.file(of("db: {image: 'postgres:17', environment: {POSTGRES_HOST_AUTH_METHOD: md5}}"),
                "db/pg_hba.conf")).contains("samenet        md5");
        assertThat(Tasks.file(of("db: {image: 'postgres:17'}"), "db/pg_hba.conf"))
                .contains("samenet        scram-sha-256")
                .contains("all            reject");
    }

    @Test
    void keepsTrustAndSaysSo() {
        var part = of("db: {image: 'postgres:17', environment: {POSTGRES_HOST_AUTH_METHOD: trust}}");
        assertThat(Tasks.file(part, "db/pg_hba.conf")).contains("samenet        trust");
        assertThat(part.notes()).anyMatch(note -> note.contains("POSTGRES_HOST_AUTH_METHOD=trust"));
    }

    @Test
    void leavesTheUsersHbaFileInForce() {
        var part = of("db: {image: 'postgres:17', command: 'postgres -c hba_file=/my/hba.conf'}");
        assertThat(part.files()).noneMatch(file -> file.path().endsWith("pg_hba.conf"));
        assertThat(Tasks.patch(part, "db", "command").orElseThrow().toString()).contains("hba_file=/my/hba.conf");
    }

    @Test
    void doesNotMountIntoADirectoryOfTheUsers() {
        var part = of("db: {image: 'postgres:17', volumes: ['./init:/docker-entrypoint-initdb.d:ro']}");
        assertThat(Tasks.mounts(part, "db")).containsEntry("./plimsoll/db/init/10-plimsoll.sql",
                "/etc/plimsoll/10-plimsoll.sql");
        assertThat(part.notes())
                .anyMatch(note -> note.contains("docker compose exec db psql -U postgres -d postgres -f "
                        + "/etc/plimsoll/10-plimsoll.sql"));
    }

    @Test
    void mendsInitdbArgumentsThatStopOldMajors() {
        var part = of("db: {image: 'postgres:15', environment: {POSTGRES_INITDB_ARGS: '-c work_mem=8MB -k'}}");
        assertThat(Tasks.patch(part, "db", "environment.POSTGRES_INITDB_ARGS")).contains("-k");
        assertThat(Tasks.patch(of("db: {image: 'postgres:16', environment: {POSTGRES_INITDB_ARGS: '-c geqo=off'}}"),
                "db", "environment.POSTGRES_INITDB_ARGS")).isEmpty();
    }

    @Test
    void addsToBitnamisDirectoryOfAdditions() {
        var part = of("db: {image: 'bitnami/postgresql:16.2.0'}");
        assertThat(Tasks.mounts(part, "db")).containsEntry("./plimsoll/db/postgresql.conf",
                "/opt/bitnami/postgresql/conf/conf.d/plimsoll.conf");
        assertThat(Tasks.patch(part, "db", "command")).isEmpty();
    }

    @Test
    void writesWithoutApplyingWhereTheEntrypointIsUnknown() {
        for (var service : List.of("{image: 'timescale/timescaledb-ha:pg16'}", "{image: 'supabase/postgres:15.1.0'}",
                "{build: ., x-plimsoll: {kind: postgres}}",
                "{image: 'postgres:16', entrypoint: ['/my/start.sh']}", "{image: 'kartoza/postgis:16-3.4'}",
                "{image: 'example/pgvector:pg16'}")) {
            var part = of("db: " + service);
            assertThat(part.patches()).as(service).isEmpty();
            assertThat(part.settings()).as(service).isEmpty();
            assertThat(part.notes()).as(service).anyMatch(note -> note.contains("db/postgresql.conf and not in force"));
        }
    }

    @Test
    void writesNothingForMajorsItDoesNotKnow() {
        var part = of("db: {image: 'postgres:12'}");
        assertThat(part.files()).isEmpty();
        assertThat(part.notes()).anyMatch(note -> note.contains("PostgreSQL 12") && note.contains("shared_buffers"));
    }
}
