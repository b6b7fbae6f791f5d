package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which of several sources of a setting wins, for each program that Plimsoll reads settings of.
class SettingsTest {
    @Test
    void nginxMayHaveSeveralDirectivesInALine() {
        var settings = Examples
                .service("image: nginx:1.27\nvolumes: ['./n.conf:/etc/nginx/nginx.conf:ro']", "n.conf", """
                        worker_processes 2; # worker_processes 8;
                        events { worker_connections 4096; multi_accept on; }
                        http { server { listen 80; location / { proxy_pass http://api:8000; } } }
                        """).settings();
        assertThat(settings.value("worker_processes")).contains("2");
        assertThat(settings.value("worker_connections")).contains("4096");
        assertThat(settings.value("proxy_pass")).contains("http://api:8000");
    }

    /// As the engine shows it.
    @Test
    void aMountsTargetHasNoSlashAtItsEndInEitherForm() {
        assertThat(Examples.service("image: e/a:1\nvolumes: ['./a:/one/', {type: bind, source: ./b, target: /two/}]")
                .service().mounts()).extracting(mount -> mount.target()).containsExactly("/one", "/two");
    }

    private static String postgres(String body, String name) {
        return Examples.service("image: postgres:17\n" + body, "pg.conf", """
                # comment
                work_mem = 8MB            # from the file
                shared_buffers '512MB'
                max_connections = 60
                Search_Path = 'a, ''b'''
                include 'other.conf'
                """).settings().value(name).orElse("unset");
    }

    private static final String MOUNT = "volumes: ['./pg.conf:/etc/pg.conf:ro']\n";

    @Test
    void postgresHasDefaults() {
        var settings = Examples.service("image: postgres:17").settings();
        assertThat(settings.value("max_connections")).contains("100");
        assertThat(settings.value("shared_buffers")).contains("128MB");
        assertThat(settings.get("max_connections").orElseThrow().origin()).isEqualTo(Setting.Origin.DEFAULT);
    }

    @Test
    void postgresFileBeatsInitialisationAndFlagsBeatTheFile() {
        var init = "environment: {POSTGRES_INITDB_ARGS: '-c max_connections=50 --set work_mem=2MB'}\n";
        assertThat(postgres(init, "max_connections")).isEqualTo("50");
        assertThat(postgres(init, "work_mem")).isEqualTo("2MB");
        assertThat(postgres(init + MOUNT + "command: -c config_file=/etc/pg.conf", "max_connections")).isEqualTo("60");
        assertThat(postgres(init + MOUNT + "command: postgres -c config_file=/etc/pg.conf -c max_connections=70",
                "max_connections")).isEqualTo("70");
        assertThat(postgres(MOUNT + "command: postgres -c config_file=/etc/pg.conf", "shared_buffers"))
                .isEqualTo("512MB");
        assertThat(postgres(MOUNT + "command: postgres -c config_file=/etc/pg.conf", "search_path"))
                .isEqualTo("a, 'b'");
    }

    @Test
    void theLastOfTwoConfigFilesCounts() {
        assertThat(postgres(MOUNT + "command: postgres -c config_file=/gone.conf -c config_file=/etc/pg.conf",
                "shared_buffers")).isEqualTo("512MB");
    }

    @Test
    void whatHasNoEffectIsKept() {
        var service = Examples.service("image: postgres:17\n" + MOUNT
                + "command: postgres -c config_file=/etc/pg.conf -c work_mem=1MB", "pg.conf", "work_mem = 8MB\n");
        var overridden = service.settings().overridden().getFirst();
        assertThat(overridden.value()).isEqualTo("8MB");
        assertThat(overridden.where()).hasToString("pg.conf:1");
        assertThat(service.settings().get("work_mem").orElseThrow().origin()).isEqualTo(Setting.Origin.FLAG);
    }

    @Test
    void initialisationTakesSettingsFromVersion16On() {
        var body = "environment: {POSTGRES_INITDB_ARGS: '-c max_connections=50'}";
        assertThat(Examples.service("image: postgres:15\n" + body).settings().value("max_connections"))
                .contains("100");
        assertThat(Examples.service("image: pgvector/pgvector:pg16\n" + body).settings().value("max_connections"))
                .contains("50");
        assertThat(Examples.service("image: postgres\n" + body).settings().value("max_connections")).contains("50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"command: postgres -c max_connections=7", "command: -c max_connections=7",
            "command: [postgres, -c, max_connections=7]", "command: ['-c', 'max_connections=7']",
            "command: [postgres, -cmax_connections=7]", "command: postgres --max-connections=7",
            "command: postgres --max_connections=7", "command: postgres -N 7",
            "command: postgres -c 'max_connections = 7'",
            "command: sh -c 'exec docker-entrypoint.sh postgres -c max_connections=7'",
            "command: >\n  postgres\n  -c shared_buffers=1GB\n  -c max_connections=7",
            "entrypoint: postgres\ncommand: -c MAX_CONNECTIONS=7",
            "command: postgres -c max_connections=5 -c max_connections=7"})
    void postgresFlagsInEveryForm(String body) {
        assertThat(postgres(body, "max_connections")).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource({"0x50, 80", "0X50, 80", "0120, 80", "80, 80"})
    void postgresReadsWholeNumbersInAnyNotation(String written, int connections) {
        var mounted = "image: postgres:17\nvolumes: ['./p.conf:/p.conf']\ncommand: -c config_file=/p.conf";
        for (var service : List.of(Examples.service(mounted, "p.conf", "max_connections = " + written),
                Examples.service(mounted, "p.conf", "max_connections = '" + written + "'"),
                Examples.service("image: postgres:17\ncommand: -c max_connections=" + written),
                Examples.service("image: postgres:17\ncommand: -N " + written))) {
            assertThat(PostgresMemory.of(service).connections()).isEqualTo(connections);
        }
        assertThat(Examples.service(mounted, "p.conf", "application_name = 010").settings().value("application_name"))
                .contains("010");
    }

    @Test
    void postgresReadsTheFileOfItsDataDirectory() {
        assertThat(
                Examples.service("image: postgres:17\nvolumes: ['./p.conf:/var/lib/postgresql/data/postgresql.conf']",
                        "p.conf", "work_mem = 3MB").settings().value("work_mem"))
                .contains("3MB");
        assertThat(Examples.stack("""
                services:
                  it:
                    image: postgres:17
                    command: -c config_file=/p.conf
                    configs: [{source: c, target: /p.conf}]
                configs:
                  c:
                    content: |
                      work_mem = 5MB
                """).services().getFirst().settings().get("work_mem").orElseThrow().where())
                .hasToString("compose.yml:9");
    }

    @Test
    void aFileThatIsNotThereIsNoted() {
        var missing = Examples.service("image: postgres:17\nvolumes: ['./no.conf:/p.conf']\ncommand: -c "
                + "config_file=/p.conf").settings().missing();
        assertThat(missing).extracting(Settings.MissingFile::path).containsExactly("no.conf");
    }

    private static String redis(String body, String name) {
        return Examples.service("image: redis:7\n" + body, "redis.conf", """
                # comment
                maxmemory 100mb
                maxmemory-policy "allkeys-lru"
                save 900 1
                save 300 10
                appendonly yes
                """).settings().value(name).orElse("unset");
    }

    private static final String REDIS_MOUNT = "volumes: ['./redis.conf:/r.conf']\n";

    @Test
    void redisHasDefaults() {
        assertThat(redis("", "maxmemory")).isEqualTo("0");
        assertThat(redis("", "maxmemory-policy")).isEqualTo("noeviction");
        assertThat(redis("", "save")).isEqualTo("3600 1 300 100 60 10000");
    }

    @Test
    void redisFlagsBeatTheFile() {
        assertThat(redis(REDIS_MOUNT + "command: redis-server /r.conf", "maxmemory")).isEqualTo("100mb");
        assertThat(redis(REDIS_MOUNT + "command: redis-server /r.conf", "maxmemory-policy")).isEqualTo("allkeys-lru");
        assertThat(redis(REDIS_MOUNT + "command: redis-server /r.conf", "save")).isEqualTo("900 1 300 10");
        assertThat(redis(REDIS_MOUNT + "command: redis-server /r.conf --maxmemory 1gb", "maxmemory"))
                .isEqualTo("1gb");
        assertThat(redis(REDIS_MOUNT + "command: redis-server /r.conf --save ''", "save")).isEmpty();
        assertThat(redis(REDIS_MOUNT, "maxmemory")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"\"p\\\"w\" | p\"w", "'it''s' | unset",
            "'it\\'s \\x41' | it's \\x41", "\"a\\x41 b\" | aA b", "\"\\xc3\\xa9\\q\" | éq", "a\\x41 | a\\x41",
            "a\"b c\" | ab c", "\"a | unset", "\"a\"b | unset", "\"a\\\\\" | a\\"})
    void redisWordsAreReadAsTheServerDoes(String written, String meant) {
        assertThat(Examples.service("image: redis:7\ncommand: redis-server /r.conf\n" + REDIS_MOUNT, "redis.conf",
                "requirepass " + written + "\n").settings().value("requirepass").orElse("unset")).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"command: redis-server --maxmemory 1gb", "command: --maxmemory 1gb",
            "command: [redis-server, --maxmemory, 1gb]", "command: ['--maxmemory', '1gb']",
            "command: redis-server --maxmemory=1gb", "command: sh -c 'exec redis-server --maxmemory 1gb'",
            "command: >\n  redis-server --appendonly yes\n  --maxmemory 1gb\n  --maxmemory-policy allkeys-lru",
            "environment: {REDIS_ARGS: '--maxmemory 1gb'}", "command: redis-server --MAXMEMORY 1gb",
            "command:\n  - sh\n  - -c\n  - |\n    cat > /x.conf <<EOF\n    maxmemory 1gb\n    EOF\n    exec redis-server /x.conf",
            "entrypoint: [redis-server]\ncommand: [--maxmemory, 1gb]",
            "command: docker-entrypoint.sh redis-server --maxmemory 1gb"})
    void redisFlagsInEveryForm(String body) {
        assertThat(redis(body, "maxmemory")).isEqualTo("1gb");
    }

    @Test
    void redisSaveLinesAddUpAndEmptyEndsThem() {
        assertThat(redis("command: redis-server --save 60 1 --save 300 10 --appendonly no", "save"))
                .isEqualTo("60 1 300 10");
        assertThat(redis("command: redis-server --save '' --maxmemory 1gb", "save")).isEmpty();
        assertThat(redis("command: redis-server --requirepass s3cret", "requirepass")).isEqualTo("s3cret");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"edoburu/pgbouncer:1.22,MAX_CLIENT_CONN,max_client_conn",
            "bitnami/pgbouncer:1,PGBOUNCER_MAX_CLIENT_CONN,max_client_conn",
            "edoburu/pgbouncer:1.22,DEFAULT_POOL_SIZE,default_pool_size",
            "bitnami/pgbouncer:1,PGBOUNCER_DEFAULT_POOL_SIZE,default_pool_size"})
    void pgbouncerReadsTheVariablesOfItsImage(String image, String variable, String setting) {
        assertThat(Examples.service("image: " + image + "\nenvironment: {" + variable + ": '33'}").settings()
                .value(setting)).contains("33");
    }

    @Test
    void pgbouncerReadsItsFile() {
        var service = Examples.service("""
                image: edoburu/pgbouncer:1.22.0
                environment: {MAX_CLIENT_CONN: '5'}
                volumes: ['./b.ini:/etc/pgbouncer/pgbouncer.ini']
                """, "b.ini", """
                ; comment
                [databases]
                app = host=db dbname=app
                * = host=db
                [pgbouncer]
                max_client_conn = 200
                default_pool_size=15
                reserve_pool_size = 5
                pool_mode = transaction
                """);
        assertThat(service.settings().value("max_client_conn")).contains("200");
        assertThat(service.settings().value("pool_mode")).contains("transaction");
        assertThat(PgBouncer.serverConnections(service)).isEqualTo(2 * (15 + 5));
    }

    @Test
    void aPoolOfADatabasesOwnCountsInsteadOfTheDefault() {
        var service = Examples.service("image: edoburu/pgbouncer:1.22.0\nvolumes: "
                + "['./b.ini:/etc/pgbouncer/pgbouncer.ini']", "b.ini", """
                        [databases]
                        a = host=db pool_size=50
                        b = host=db pool_size = 3 reserve_pool=1
                        c = host=db max_db_connections=4
                        d = host=db min_pool_size=9
                        [pgbouncer]
                        default_pool_size = 15
                        max_db_connections = 30
                        """);
        assertThat(PgBouncer.serverConnections(service)).isEqualTo(30 + 4 + 4 + 15);
    }

    @Test
    void mysqlReadsFilesAndFlags() {
        var body = "image: mysql:8.4\nvolumes: ['./my.cnf:/etc/mysql/conf.d/my.cnf']\n";
        var file = """
                [client]
                max_connections=1
                [mysqld]
                innodb-buffer-pool-size = 1G
                max_connections=80
                [mysqldump]
                max_connections=2
                """;
        assertThat(MySql.bufferPool(Examples.service(body, "my.cnf", file))).isEqualTo(MemorySize.ofGigabytes(1));
        assertThat(MySql.connections(Examples.service(body, "my.cnf", file))).isEqualTo(80);
        assertThat(MySql.bufferPool(Examples.service(body + "command: --innodb-buffer-pool-size=2G", "my.cnf", file)))
                .isEqualTo(MemorySize.ofGigabytes(2));
        assertThat(MySql.bufferPool(Examples.service(body + "command: mysqld --innodb_buffer_pool_size 256M", "my.cnf",
                file))).isEqualTo(MemorySize.ofMegabytes(256));
        assertThat(MySql.bufferPool(Examples.service("image: mysql:8.4"))).isEqualTo(MemorySize.ofMegabytes(128));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"environment: {JAVA_OPTS: '-Xms64m -Xmx512m'},512",
            "environment: {JAVA_TOOL_OPTIONS: -Xmx512m},512", "environment: {CATALINA_OPTS: -Xmx512M},512",
            "environment: {KAFKA_OPTS_JAVA_OPTS: -Xmx512m},512", "environment: {JAVA_OPTS_KC_HEAP: -Xmx512m},512",
            "command: java -Xmx512m -jar a.jar,512",
            "command: sh -c 'exec java -Xmx512m -jar a.jar',512", "command: java -XX:MaxHeapSize=512m -jar a.jar,512",
            "command: java -Xmx536870912 -jar a.jar,512",
            "`mem_limit: 1g\ncommand: java -XX:MaxRAMPercentage=50 -jar a.jar`,512",
            "`environment: {JAVA_TOOL_OPTIONS: -Xmx1g}\ncommand: java -Xmx512m -jar a.jar`,512"})
    void jvmHeapIsReadWhereverItIsSet(String body, long megabytes) {
        var service = Examples.service("image: eclipse-temurin:21\n" + body);
        assertThat(Jvm.heap(service, Host.TYPICAL)).contains(MemorySize.ofMegabytes(megabytes));
    }

    @Test
    void jvmWithoutAHeapDecidesItself() {
        assertThat(Jvm.heap(Examples.service("image: eclipse-temurin:21"), Host.TYPICAL)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"environment: {NODE_OPTIONS: --max-old-space-size=300}",
            "environment: {NODE_OPTIONS: '--trace-warnings --max_old_space_size=300'}",
            "command: node --max-old-space-size=300 a.js", "command: sh -c 'node --max-old-space-size=300 a.js'"})
    void nodeHeapIsReadWhereverItIsSet(String body) {
        assertThat(NodeJs.oldSpace(Examples.service("image: node:22\n" + body)))
                .contains(MemorySize.ofMegabytes(300));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"command: celery -A a worker -c 4,4", "command: celery -A a worker -c4,4",
            "command: celery -A a worker --concurrency=4,4", "command: celery -A a worker --concurrency 4,4",
            "command: sh -c 'exec celery -A a worker -c 4 2>&1',4", "command: celery -A a beat,0",
            "command: celery -A a worker,2",
            "`environment: {CELERYD_CONCURRENCY: 7}\ncommand: celery -A a worker`,7",
            "`command: celery -A a worker -c 4\nx-plimsoll: {workers: 9}`,9"})
    void celeryConcurrency(String body, int count) {
        assertThat(Celery.concurrency(Examples.service("image: a:1\n" + body), Host.TYPICAL)).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({"gevent, 200", "eventlet, 200", "threads, 200", "solo, 1"})
    void celeryWithoutChildProcessesIsOne(String pool, int count) {
        var service = Examples.service("image: e/w:1\ncommand: celery -A a worker -P " + pool + " -c 200");
        assertThat(Celery.concurrency(service, Host.TYPICAL)).isEqualTo(count);
        var demand = service.kind().demand(service, Host.TYPICAL);
        assertThat(demand.expected().total()).isEqualTo(Celery.PARENT.plus(Celery.CHILD));
        assertThat(demand.ceiling()).isEmpty();
        assertThat(service.kind().sizing(service, Host.TYPICAL).lever()).isEmpty();
    }

    @Test
    void celeryAutoscaleCountsItsMost() {
        assertThat(Celery.concurrency(Examples.service("image: a:1\ncommand: celery -A a worker --autoscale=10,3"),
                Host.TYPICAL)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"command: gunicorn a:b -w 4,4", "command: gunicorn a:b --workers=4,4",
            "command: gunicorn a:b,1", "`environment: {WEB_CONCURRENCY: 3}\ncommand: gunicorn a:b`,3",
            "`environment: {WEB_CONCURRENCY: 3}\ncommand: gunicorn a:b -w 5`,5", "command: uvicorn a:b --workers 4,4",
            "`command: gunicorn a:b -w $$(nproc)`,1", "command: uvicorn a:b --port 8000,1",
            "command: daphne -p 8000 a:b,1", "command: uwsgi -p 4 --http :80,4",
            "`environment: {GUNICORN_CMD_ARGS: '--workers=6'}\ncommand: gunicorn a:b`,6"})
    void webWorkers(String body, int count) {
        assertThat(PythonWeb.workers(Examples.service("image: a:1\n" + body))).isEqualTo(count);
    }

    @Test
    void redisIsACacheUnlessAQueueUsesIt() {
        assertThat(role("  web:\n    image: web:1\n    environment: {REDIS_URL: 'redis://it:6379'}\n"))
                .isEqualTo(Role.CACHE);
        assertThat(role("  web:\n    image: web:1\n    environment: {CELERY_BROKER_URL: 'redis://it:6379/0'}\n"))
                .isEqualTo(Role.BROKER);
        assertThat(role("  work:\n    image: web:1\n    command: celery -A a worker\n    depends_on: [it]\n"))
                .isEqualTo(Role.BROKER);
        assertThat(role("  work:\n    image: web:1\n    command: celery -A a worker\n")).isEqualTo(Role.CACHE);
        assertThat(role("  work:\n    image: web:1\n    command: bundle exec sidekiq\n    environment: "
                + "{REDIS_URL: 'redis://it:6379'}\n")).isEqualTo(Role.BROKER);
        assertThat(role("  web:\n    image: web:1\n    environment: {CELERY_BROKER_URL: 'redis://item:6379/0'}\n"))
                .isEqualTo(Role.CACHE);
        assertThat(role("  n8n:\n    image: n8nio/n8n:1\n    environment: {QUEUE_BULL_REDIS_HOST: it}\n"))
                .isEqualTo(Role.BROKER);
    }

    private static Role role(String others) {
        return Examples.stack("services:\n  it:\n    image: redis:7\n" + others).named("it").orElseThrow().role();
    }
}
