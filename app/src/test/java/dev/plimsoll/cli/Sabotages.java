package dev.plimsoll.cli;

import dev.plimsoll.cli.Sabotage.Deed;
import java.util.List;
import java.util.stream.Stream;

/// Every sabotage, in batches that do not hide each other.
final class Sabotages {
    private static final String USERS = "plimsoll/cache/private/users.acl";
    private static final String HBA = "plimsoll/db/pg_hba.conf";
    private static final String CONF = "plimsoll/db/postgresql.conf";
    private static final String INI = "plimsoll/pooler/pgbouncer.ini";
    private static final Deed UP = SabotagedStack::up;

    private Sabotages() {}

    /// @param undo what is left to mend when each one is undone
    record Batch(String name, List<Sabotage> sabotages, Deed undo) {}

    /// Each deed undoes itself.
    private static final Deed NOTHING = Deed.NOTHING;

    static List<Batch> batches() {
        return List.of(new Batch("engine", engine(), UP), new Batch("database", database(), Sabotages::resetDatabase),
                new Batch("users", users(), SabotagedStack::restartCache),
                new Batch("cache", cache(), SabotagedStack::restartCache), new Batch("servers", servers(), UP),
                new Batch("alerts", alerts(), NOTHING), new Batch("unread", unread(), NOTHING),
                new Batch("silent", silent(), NOTHING), new Batch("recreated", recreated(), UP),
                new Batch("recreated otherwise", otherwise(), UP));
    }

    static List<Sabotage> all() {
        return batches().stream().flatMap(batch -> batch.sabotages().stream()).toList();
    }

    private static Sabotage update(String service, String what, String named, String flags, String undo) {
        return new Sabotage(service, what, named, stack -> update(stack, service, flags), stack -> update(stack,
                service, undo));
    }

    private static void update(SabotagedStack stack, String service, String flags) {
        stack.docker(Stream.of(List.of("update"), List.of(flags.split(" ")), List.of(stack.container(service)))
                .flatMap(List::stream).toArray(String[]::new));
    }

    private static List<Sabotage> engine() {
        return List.of(
                update("api", "`docker update` raises its limit", "2 GB in force", "-m 2g --memory-swap 2g",
                        "-m 752m --memory-swap 752m"),
                update("pooler", "`docker update` lowers its limit", "40 MB in force", "-m 40m --memory-swap 40m",
                        "-m 48m --memory-swap 48m"),
                update("postgres-exporter", "`docker update` lets it swap", "400 MB of memory and swap",
                        "--memory-swap 400m",
                        "--memory-swap 48m"),
                update("node-exporter", "`docker update` gives it more CPU", "1.5 CPUs", "--cpus 1.5",
                        "--cpus 0.25"),
                update("alertmanager", "`docker update` raises its limit of processes", "5000 instead of",
                        "--pids-limit 5000", "--pids-limit 1024"),
                update("prometheus", "`docker update` ends its restarts", "the policy is no", "--restart no",
                        "--restart unless-stopped"),
                new Sabotage("cache", "it is paused", "paused", stack -> stack.docker("pause", stack.container(
                        "cache")), stack -> stack.docker("unpause", stack.container("cache"))),
                new Sabotage("worker", "it is scaled to two", "2 containers run", stack -> stack.startWith(
                        "services: {}\n", "--no-recreate", "--scale", "worker=2", "worker")),
                new Sabotage(
                        "node-exporter", "it is cut off from its network", "none instead of connected", stack -> stack
                                .docker("network", "disconnect", "-f", stack.live().name() + "-plimsoll_default",
                                        stack.container(
                                                "node-exporter")),
                        stack -> stack.docker("network", "connect", "--alias", "node-exporter", stack.live().name()
                                + "-plimsoll_default", stack.container("node-exporter"))),
                new Sabotage("", "a container joins that nobody planned", "miner was not planned", stack -> stack
                        .docker("run", "-d", "--name", stack.container("miner"), "--network", "none", "-m", "32m",
                                "--label", "com.docker.compose.project=" + stack.live().name() + "-plimsoll",
                                "--label", "com.docker.compose.service=miner", "--label",
                                "com.docker.compose.oneoff=False", "redis:7"),
                        stack -> stack.docker("rm", "-f", "-v",
                                stack.container("miner"))),
                new Sabotage("", "everybody may read the secrets in .env", ".env is open to others", stack -> stack
                        .mode("plimsoll/.env", "rw-r--r--"), stack -> stack.mode("plimsoll/.env", "rw-------")));
    }

    private static Sabotage sql(String what, String named, String statement) {
        return new Sabotage("db", what, named, stack -> stack.sql(statement));
    }

    private static Sabotage sql(String what, String named, String statement, String undo) {
        return new Sabotage("db", what, named, stack -> stack.sql(statement), stack -> stack.sql(undo));
    }

    /// The files come last, with the reload that all of it waits for.
    private static List<Sabotage> database() {
        return List.of(
                sql("ALTER SYSTEM raises work_mem", "work_mem is ", "ALTER SYSTEM SET work_mem = '64MB'"),
                sql("ALTER SYSTEM raises shared_buffers, for the next start", "shared_buffers is ",
                        "ALTER SYSTEM SET shared_buffers = '1GB'"),
                sql("ALTER SYSTEM raises max_connections, for the next start", "max_connections is ",
                        "ALTER SYSTEM SET max_connections = 500"),
                sql("ALTER SYSTEM ends the time limit of statements", "statement_timeout is ",
                        "ALTER SYSTEM SET statement_timeout = 0"),
                sql("ALTER SYSTEM switches fsync off", "set fsync to off", "ALTER SYSTEM SET fsync = off"),
                sql("ALTER SYSTEM switches autovacuum off", "set autovacuum to off",
                        "ALTER SYSTEM SET autovacuum = off"),
                sql("ALTER SYSTEM sets what nobody planned", "set geqo to off", "ALTER SYSTEM SET geqo = off"),
                sql("ALTER DATABASE raises maintenance_work_mem", "ALTER DATABASE shop SET maintenance_work_mem",
                        "ALTER DATABASE shop SET maintenance_work_mem = '1GB'",
                        "ALTER DATABASE shop RESET maintenance_work_mem"),
                sql("ALTER ROLE lets transactions idle", "ALTER ROLE shop SET idle_in_transaction_session_timeout",
                        "ALTER ROLE shop SET idle_in_transaction_session_timeout = 0",
                        "ALTER ROLE shop RESET idle_in_transaction_session_timeout"),
                sql("a superuser is added", "eve besides", "CREATE ROLE eve LOGIN SUPERUSER", "DROP ROLE eve"),
                sql("a role gets a password that everybody tries first", "well-known password: guest",
                        "CREATE ROLE guest LOGIN PASSWORD 'postgres'", "DROP ROLE guest"),
                sql("the extension that counts statements is dropped", "preloaded and not there",
                        "DROP EXTENSION pg_stat_statements", "CREATE EXTENSION pg_stat_statements"),
                new Sabotage("db", "pg_hba.conf lets everybody in", "host all all all trust", stack -> stack.edit(HBA,
                        "# --- From", "host all all all trust\n# --- From"), stack -> stack.restore(HBA)),
                new Sabotage("db", "postgresql.conf is edited", "db/postgresql.conf", stack -> {
                    stack.edit(CONF, "log_statement = none", "log_statement = all");
                    stack.sql("SELECT pg_reload_conf()", "SELECT pg_sleep(1)");
                }, stack -> stack.restore(CONF)));
    }

    private static void resetDatabase(SabotagedStack stack) {
        stack.sql("ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()", "SELECT pg_sleep(1)");
    }

    private static Sabotage redis(String what, String named, String... words) {
        return new Sabotage("cache", what, named, stack -> stack.redis(words));
    }

    /// Where nobody may list the users: the second one restarts the server, which reads the file as both have
    /// changed it.
    private static List<Sabotage> users() {
        return List.of(
                new Sabotage("cache", "a user is added, and only names can be listed", "mallory was added",
                        stack -> stack.edit(USERS, "user plimsoll on", "user mallory on >x8Kd02mQpLr ~* +@all\nuser "
                                + "plimsoll on")),
                new Sabotage("cache", "its default user gets wider rights", "SHUTDOWN allowed", stack -> {
                    stack.edit(USERS, " -shutdown", "");
                    stack.restartCache();
                    stack.restore(USERS);
                }));
    }

    /// The first one gives the rights that the rest needs; a restart takes all of it back.
    private static List<Sabotage> cache() {
        return List.of(
                new Sabotage("cache", "clients may empty it again", "FLUSHALL allowed", stack -> {
                    stack.edit(USERS, "+@all -flushall -flushdb -debug -shutdown -replicaof -slaveof -module -config "
                            + "+config|get -acl +acl|whoami", "+@all");
                    stack.restartCache();
                    stack.restore(USERS);
                }),
                redis("CONFIG SET takes its memory limit away", "maxmemory is as planned: 0", "CONFIG", "SET",
                        "maxmemory", "0"),
                redis("CONFIG SET lets it drop jobs", "allkeys-random instead", "CONFIG", "SET", "maxmemory-policy",
                        "allkeys-random"),
                redis("CONFIG SET ends its log", "appendonly is as planned: no", "CONFIG", "SET", "appendonly", "no"),
                redis("CONFIG SET adds snapshots", "60 1", "CONFIG", "SET", "save", "60 1"),
                redis("CONFIG SET lets subscribers buffer without end", "instead of pubsub 32mb 8mb 60", "CONFIG",
                        "SET", "client-output-buffer-limit", "pubsub 0 0 0"),
                redis("a user is added", "eve was added", "ACL", "SETUSER", "eve", "on", ">x8Kd02mQpLr", "~*",
                        "+@all"),
                redis("its default user needs no password", "anyone who reaches it may enter", "ACL", "SETUSER",
                        "default", "nopass"));
    }

    /// What breaks the way from an alert to whom it is for, and shows nowhere else.
    private static List<Sabotage> alerts() {
        return List.of(
                new Sabotage("prometheus", "its Alertmanager has another port", "nobody listens at alertmanager:9099",
                        stack -> {
                            stack.edit("prometheus.yml", "alertmanager:9093", "alertmanager:9099");
                            stack.reloadRules();
                        }, stack -> {
                            stack.restore("prometheus.yml");
                            stack.reloadRules();
                        }),
                new Sabotage("alertmanager", "a configuration is loaded that it refuses", "goes on with an older one",
                        stack -> {
                            stack.edit("alertmanager.yml", "receiver: team", "receiver: nobody");
                            stack.docker("kill", "-s", "HUP", stack.container("alertmanager"));
                        }, stack -> {
                            stack.restore("alertmanager.yml");
                            stack.docker("kill", "-s", "HUP", stack.container("alertmanager"));
                        }),
                new Sabotage("alertmanager", "a silence mutes every alert", "one does until", stack -> amtool(stack,
                        "amtool silence add 'alertname=~.+' --duration 300d --comment quiet --author eve"),
                        stack -> amtool(stack, "amtool silence expire $(amtool silence query -q "
                                + "--alertmanager.url http://127.0.0.1:9093)")));
    }

    private static void amtool(SabotagedStack stack, String command) {
        stack.docker("exec", stack.container("alertmanager"), "sh", "-c", command
                + " --alertmanager.url http://127.0.0.1:9093");
    }

    /// What is in force came from a file that says something else by now.
    private static List<Sabotage> unread() {
        return List.of(new Sabotage("db", "pg_hba.conf lets everybody in, is loaded, and is brought back",
                "pg_hba.conf changed after", stack -> {
                    stack.edit(HBA, "# --- From", "host all all all trust\n# --- From");
                    stack.sql("SELECT pg_reload_conf()", "SELECT pg_sleep(3)");
                    stack.restore(HBA);
                }, stack -> stack.sql("SELECT pg_reload_conf()", "SELECT pg_sleep(1)")));
    }

    private static List<Sabotage> silent() {
        return List.of(new Sabotage("cache", "its process is stopped by a signal", "it runs and does not answer",
                stack -> stack.docker("kill", "-s", "STOP", stack.container("cache")), stack -> stack.docker("kill",
                        "-s", "CONT", stack.container("cache"))));
    }

    private static List<Sabotage> otherwise() {
        return List.of(
                new Sabotage("worker", "it is privileged", "privileged",
                        stack -> stack.startWith(
                                """
                                        services:
                                          db: {oom_score_adj: 1000}
                                          cache: {tmpfs: [/data]}
                                          api: {healthcheck: {test: ["CMD", "true"]}, volumes: ["/etc:/host:ro"], environment: {REDIS_URL: "redis://cache:6379/5"}}
                                          worker:
                                            privileged: true
                                            command: celery -A reader.tasks worker --concurrency=8 --loglevel=info
                                          alertmanager: {stop_grace_period: 1s}
                                          node-exporter: {logging: !override {driver: none}}
                                          postgres-exporter: {cap_add: [SYS_ADMIN], security_opt: ["seccomp=unconfined"]}
                                        """,
                                "db", "cache", "api", "worker", "alertmanager", "node-exporter", "postgres-exporter"),
                        Deed.NOTHING),
                recreated("worker", "it runs more children than planned", "--concurrency=8 --loglevel=info instead of"),
                recreated("db", "it is the first that the kernel kills", "1000 instead of"),
                recreated("cache", "its data lies in memory", "tmpfs:memory instead of"),
                recreated("api", "its health check finds everything well", "CMD true instead of"),
                recreated("api", "it sees the server's configuration", "/etc at /host"),
                recreated("alertmanager", "it is killed at once when it is stopped", "1 instead of"),
                recreated("node-exporter", "it keeps no log", "none instead of"),
                recreated("postgres-exporter", "it may administer the server", "capability SYS_ADMIN, security option "
                        + "seccomp=unconfined"));
    }

    private static List<Sabotage> servers() {
        return List.of(
                new Sabotage("pooler", "pgbouncer.ini pools by session", "session instead of transaction", stack -> {
                    stack.edit(INI, "pool_mode = transaction", "pool_mode = session");
                    stack.docker("kill", "-s", "HUP", stack.container("pooler"));
                }, stack -> {
                    stack.restore(INI);
                    stack.docker("kill", "-s", "HUP", stack.container("pooler"));
                }),
                new Sabotage("prometheus", "the file of alert rules is emptied", "none is loaded", stack -> {
                    stack.replace("rules.yml", "groups: []\n");
                    stack.reloadRules();
                }, stack -> {
                    stack.restore("rules.yml");
                    stack.reloadRules();
                }),
                new Sabotage("prometheus", "a target has another port", "api:8001 is down", stack -> {
                    stack.edit("prometheus.yml", "api:8000", "api:8001");
                    stack.reloadRules();
                    stack.docker("exec", stack.container("prometheus"), "sleep", "6");
                }, stack -> {
                    stack.restore("prometheus.yml");
                    stack.reloadRules();
                }),
                new Sabotage("prometheus", "the Alertmanager stops", "alertmanager does not run", stack -> stack
                        .docker("stop", "-t", "2", stack.container("alertmanager"))),
                new Sabotage("postgres-exporter", "an exporter is removed", "there is no container", stack -> stack
                        .docker("rm", "-f", stack.container("postgres-exporter"))),
                new Sabotage("node-exporter", "an exporter stops", "exited", stack -> stack.docker("stop", "-t",
                        "2", stack.container("node-exporter"))),
                new Sabotage("api", "a request takes more memory than there is", "processes killed",
                        stack -> stack.attempt(
                                "exec", stack.container("api"), "curl", "-s", "http://127.0.0.1:8000/alloc?mb=1500"),
                        stack -> stack.docker("rm", "-f", stack.container("api"))));
    }

    private static Sabotage recreated(String service, String what, String named) {
        return new Sabotage(service, what, named, Deed.NOTHING);
    }

    /// One start with another file over the rendered ones does them all.
    private static List<Sabotage> recreated() {
        return List.of(
                new Sabotage("cache", "its file of users asks for no password", "anyone who reaches it may enter",
                        stack -> {
                            stack.edit(USERS, " ~* &* +@all", " nopass ~* &* +@all");
                            stack.startWith(override(stack.bridgeAddress()), "db", "cache", "api", "worker",
                                    "prometheus");
                        }, stack -> stack.restore(USERS)),
                recreated("cache", "it runs another image", "redis:7.0 instead of redis:7"),
                recreated("db", "it runs on another volume", "other-data instead of"),
                recreated("db", "it has less shared memory", "64 MB instead of"),
                recreated("db", "its password is `postgres`", "POSTGRES_PASSWORD"),
                recreated("api", "it has no health check", "there is none"),
                recreated("api", "its port is open beyond this machine", " to 8000"),
                recreated("worker", "it has no limit", "no limit, planned"),
                recreated("prometheus", "it keeps its history for longer", "--storage.tsdb.retention.time"),
                recreated("prometheus", "the file of alert rules is not mounted", "mounts /etc/prometheus/rules.yml"));
    }

    private static String override(String address) {
        return """
                services:
                  db:
                    shm_size: 64m
                    environment: {POSTGRES_PASSWORD: postgres}
                    volumes: ["other-data:/var/lib/postgresql/data"]
                  cache: {image: "redis:7.0"}
                  api:
                    healthcheck: {disable: true}
                    ports: ["%s::8000"]
                  worker:
                    memswap_limit: !reset null
                    deploy: {resources: {limits: {memory: !reset null}}}
                  prometheus:
                    command: !override
                      - --config.file=/etc/prometheus/prometheus.yml
                      - --storage.tsdb.path=/prometheus
                      - --web.enable-lifecycle
                    volumes: !override
                      - ./prometheus.yml:/etc/prometheus/prometheus.yml:ro
                      - prometheus-data:/prometheus
                volumes:
                  other-data:
                """.formatted(address);
    }
}
