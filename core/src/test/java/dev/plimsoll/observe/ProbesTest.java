package dev.plimsoll.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.LockedSetting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbesTest {
    @Test
    void secretsOfTheEnvironmentAreNamedAndNeverShown() {
        var seen = Answers.read(new ContainerProbe(), Answers.service("unknown", Role.APP), Map.of());
        assertThat(seen.text("it", "container.weak.API_TOKEN")).contains("true");
        assertThat(seen.text("it", "container.weak.DB_PASSWORD")).contains("false");
        assertThat(seen.text("it", "container.env.LOG_LEVEL")).contains("true");
        assertThat(seen.facts()).noneMatch(fact -> fact.value().equals("changeme") || fact.value().equals("x7Kq9"));
        assertThat(seen.number("it", "container.age")).contains(60.0);
        assertThat(seen.text("it", "container.port.80")).contains("127.0.0.1:8080");
        assertThat(seen.text("it", "container.shm")).contains("none");
    }

    /// A server that is told to stop ends with 0 as a job does.
    @ParameterizedTest
    @CsvSource({"APP, running, unless-stopped, 1", "APP, exited, no, 1", "APP, exited, '', 1",
            "APP, exited, on-failure, 1", "APP, exited, unless-stopped, 0", "CACHE, exited, no, 0",
            "APP, created, no, 0"})
    void onlyAJobMayEndUnderLoad(Role role, String state, String policy, int running) {
        assertThat(new LoadProbe().read(ended(role, state, policy)).number("it", "load.running")).contains(
                (double) running);
    }

    private static Sight ended(Role role, String state, String policy) {
        var service = Answers.service("unknown", role);
        var one = Answers.container(service);
        var container = new Container(one.service(), 1, one.id(), one.image(), state, one.health(), 0, one.startedAt(),
                Optional.of(0), false, one.limit(), one.reservation(), one.swapLimit(), one.cpus(), one.pids(), one
                        .shm(),
                0, policy, true, Map.of(), List.of(), List.of(), List.of());
        return Answers.sight(service, container, Map.of());
    }

    @Test
    void whatEndedHasNoMemoryThatCouldBeRead() {
        var seen = new CgroupProbe().read(ended(Role.APP, "exited", "no"));
        assertThat(seen.facts()).isEmpty();
        assertThat(seen.gaps()).isEmpty();
    }

    @Test
    void aCgroupOutOfReachIsAGap() {
        assertThat(Answers.read(new CgroupProbe(), Answers.service("unknown", Role.APP), Map.of()).gap("it",
                "memory.working_set")).contains("the container's cgroup cannot be read from here");
    }

    @Test
    void filesBehindAMountedDirectoryAreHashed() {
        var seen = Answers.read(new FileProbe("/srv/plimsoll"), Answers.service("unknown", Role.APP), Map.of(
                "/etc/it/app.conf", "abc"));
        assertThat(seen.text("it", "file.it/app.conf")).contains(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void settingsCarryTheirSource() {
        var seen = Answers.read(new PostgresConfigProbe(), Answers.service("postgres", Role.DATABASE), Map.of(
                "pg_file_settings", "[]", "FROM pg_settings", """
                        [{"name":"work_mem","setting":"4096","unit":"kB","source":"configuration file",
                          "file":"/data/postgresql.auto.conf","line":3,"pending":true}]""",
                "pg_db_role_setting", "[{\"database\":\"shop\",\"role\":\"app\",\"setting\":\"work_mem=1GB\"}]",
                "pg_hba_file_rules", "[{\"line\":4,\"type\":\"host\",\"databases\":\"all\",\"users\":\"all\","
                        + "\"address\":\"all\",\"method\":\"trust\"}]",
                "pg_authid",
                "[{\"name\":\"app\",\"super\":true,\"verifier\":\"md5dd9d1cc8a2b0a2a2d4c5a3e6d6b0e2a1\"}]"));
        assertThat(seen.text("it", "postgres.setting.work_mem")).contains("4096");
        assertThat(seen.text("it", "postgres.source.work_mem")).contains(
                "configuration file /data/postgresql.auto.conf:3");
        assertThat(seen.text("it", "postgres.pending.work_mem")).contains("true");
        assertThat(seen.fact("it", "postgres.override.work_mem")).hasValueSatisfying(fact -> assertThat(fact.how())
                .isEqualTo("ALTER DATABASE shop, ROLE app"));
        assertThat(seen.text("it", "postgres.access.4")).contains("host all all all trust");
        assertThat(seen.text("it", "postgres.role.app")).contains("superuser");
        assertThat(seen.gap("it", "postgres.extension")).contains("refused");
    }

    @Test
    void whatMayHoldAPasswordIsKeptAsSet() {
        var seen = Answers.read(new PostgresConfigProbe(), Answers.service("postgres", Role.DATABASE), Map.of(
                "FROM pg_settings", """
                        [{"name":"archive_command","setting":"curl -u me:x7Kq9 %p","source":"configuration file"},
                         {"name":"restore_command","setting":"/bin/true","source":"configuration file"}]""",
                "pg_db_role_setting", """
                        [{"database":"shop","role":null,"setting":"app.settings.jwt_secret=x7Kq9"},
                         {"database":"shop","role":null,"setting":"statement_timeout=5s"}]"""));
        assertThat(seen.text("it", "postgres.setting.archive_command")).contains("set");
        assertThat(seen.text("it", "postgres.setting.restore_command")).contains("/bin/true");
        assertThat(seen.text("it", "postgres.override.app.settings.jwt_secret")).contains("set");
        assertThat(seen.text("it", "postgres.override.statement_timeout")).contains("5s");
        assertThat(seen.facts()).noneMatch(fact -> fact.value().contains("x7Kq9"));
    }

    @Test
    void backendsAreWeighedByWhatIsTheirOwn() {
        var seen = Answers.read(new PostgresBackendsProbe(), Answers.service("postgres", Role.DATABASE), Map.of(
                "smaps_rollup",
                """
                        [{"client":"api","idle":true,"memory":"5591 [rollup]\\nRss:  90000 kB\\nPss_Anon:  3000 kB\\nSwapPss:  96 kB\\n"},
                         {"client":"jobs","idle":false,"memory":"5591 [rollup]\\nPss_Anon:            9000 kB\\n"},
                         {"client":"gone","idle":true,"memory":null}]"""));
        assertThat(seen.number("it", "postgres.backends.seen")).contains(2.0);
        assertThat(seen.number("it", "postgres.backends.own")).contains(12096.0 * 1024);
        assertThat(seen.text("it", "postgres.backends.largest_of")).contains("jobs");
        assertThat(seen.number("it", "postgres.backends.idle_largest")).contains(3096.0 * 1024);
        assertThat(seen.text("it", "postgres.backends.idle_largest_of")).contains("api");
    }

    @Test
    void aKernelThatTellsNoOwnMemoryIsAGap() {
        assertThat(Answers.read(new PostgresBackendsProbe(), Answers.service("postgres", Role.DATABASE), Map.of(
                "smaps_rollup", "[{\"client\":\"api\",\"idle\":true,\"memory\":\"Rss: 9 kB\"}]")).gap("it",
                        "postgres.backends"))
                .contains("the kernel does not tell");
    }

    @Test
    void redisWithoutConfigIsReadFromInfo() {
        var seen = Answers.read(new RedisProbe(), Answers.service("redis", Role.CACHE, new LockedSetting("aclfile",
                "/users.acl", "", "")), Map.of("INFO",
                        """
                                # Memory
                                maxmemory:1024\r
                                maxmemory_policy:noeviction\r
                                aof_enabled:1\r
                                used_memory:12\r
                                """,
                        "CONFIG", "NOPERM this user has no permissions",
                        "plimsoll-tries", "WRONGPASS invalid username-password pair", "AUTH, default, redis", "OK",
                        "/users.acl", "user default on #abc ~* +@all -flushall\n"));
        assertThat(seen.text("it", "redis.config.maxmemory")).contains("1024");
        assertThat(seen.text("it", "redis.config.appendonly")).contains("yes");
        assertThat(seen.gap("it", "redis.config.save")).hasValueSatisfying(why -> assertThat(why).startsWith("NOPERM"));
        assertThat(seen.text("it", "redis.open")).contains("false");
        assertThat(seen.text("it", "redis.weak_password")).contains("true");
        assertThat(seen.text("it", "redis.filed_user.default")).contains("on, password, FLUSHALL denied");
        assertThat(seen.number("it", "redis.info.used_memory")).contains(12.0);
    }

    @Test
    void usersThatAreNamedAreNoGapWithoutAFileOfThemEither() {
        var seen = Answers.read(new RedisProbe(), Answers.service("redis", Role.CACHE), Map.of("ACL, USERS",
                "default\nplimsoll\n", "ACL, LIST", "NOPERM this user has no permissions"));
        assertThat(seen.gap("it", "redis.user")).isEmpty();
    }

    @Test
    void redisTellsNamesAndRightsToTheUserThatMayOnlyWatch() {
        var answers = new java.util.LinkedHashMap<>(Map.of("ACL, USERS", "default\neve\nplimsoll\n", "ACL, LIST",
                "NOPERM this user has no permissions", "DRYRUN, default, FLUSHALL", "OK", "DRYRUN, default, CONFIG",
                "This user has no permissions to run the 'config|set' command", "DRYRUN, default, SHUTDOWN",
                "ERR Unknown subcommand or wrong number of arguments for 'DRYRUN'. Try ACL HELP.", "/users.acl",
                "user default on #abc ~* +@all -flushall -config +config|get -@dangerous +acl|setuser\n"));
        var seen = Answers.read(new RedisProbe(), Answers.service("redis", Role.CACHE, new LockedSetting("aclfile",
                "/users.acl", "", "")), answers);
        assertThat(seen.text("it", "redis.named_user.eve")).contains("there");
        assertThat(seen.gap("it", "redis.user")).isEmpty();
        assertThat(seen.text("it", "redis.right.FLUSHALL")).contains("allowed");
        assertThat(seen.text("it", "redis.right.CONFIG SET")).contains("denied");
        assertThat(seen.text("it", "redis.right.SHUTDOWN")).isEmpty();
        assertThat(seen.text("it", "redis.filed_right.FLUSHALL")).contains("denied");
        assertThat(seen.text("it", "redis.filed_right.SHUTDOWN")).contains("denied");
        assertThat(seen.text("it", "redis.filed_right.ACL SETUSER")).contains("allowed");
    }

    @Test
    void rightsInSelectorsAreNotGuessed() {
        var seen = Answers.read(new RedisProbe(), Answers.service("redis", Role.CACHE, new LockedSetting("aclfile",
                "/users.acl", "", "")), Map.of("/users.acl", "user default on #abc +@read (+flushall ~*)\n"));
        assertThat(seen.all("it", "redis.filed_right.")).isEmpty();
        assertThat(seen.gap("it", "redis.user")).contains("refused");
    }

    @Test
    void redisPasswordsAreNotShown() {
        var seen = Answers.read(new RedisProbe(), Answers.service("redis", Role.CACHE), Map.of("CONFIG",
                "requirepass\nhunter2\nsave\n\nmaxmemory\n0\n"));
        assertThat(seen.text("it", "redis.config.requirepass")).contains("set");
        assertThat(seen.text("it", "redis.config.save")).contains("");
        assertThat(seen.text("it", "redis.config.maxmemory")).contains("0");
    }

    @Test
    void poolsAreSummed() {
        var seen = Answers.read(new PgBouncerProbe(), Answers.service("pgbouncer", Role.POOLER), Map.of("CONFIG",
                "key,value,default,changeable\npool_mode,session,session,yes\nauth_password,x,,yes\n", "POOLS",
                """
                        database,user,cl_active,cl_waiting,maxwait,pool_mode
                        shop,app,3,1,0,transaction
                        pgbouncer,pgbouncer,1,0,7,statement
                        """));
        assertThat(seen.text("it", "pgbouncer.config.pool_mode")).contains("session");
        assertThat(seen.text("it", "pgbouncer.config.auth_password")).isEmpty();
        assertThat(seen.number("it", "pgbouncer.pools.cl_active")).contains(4.0);
        assertThat(seen.number("it", "pgbouncer.pools.maxwait")).contains(7.0);
        assertThat(seen.all("it", "pgbouncer.pool_mode.").map(Observation::value)).containsExactly("transaction");
    }

    @Test
    void whereAnInitScriptWasRenderedWhatItGivesIsAskedFor() {
        var seen = Answers.read(new PostgresConfigProbe(), Answers.service("postgres", Role.DATABASE), Map.of(
                "plimsoll_monitor", "[{\"roles\":1,\"functions\":6}]"));
        assertThat(seen.number("it", "postgres.initialised.roles")).contains(1.0);
        assertThat(seen.number("it", "postgres.initialised.functions")).contains(6.0);
    }

    @Test
    void alertsThatNameTargetsAreAskedForThem() {
        var seen = Answers.read(new PrometheusProbe(), Answers.service("prometheus", Role.MONITORING), Map.of("/rules",
                """
                        {"data":{"groups":[{"name":"g","rules":[
                         {"name":"Typo","query":"up{job=\\"typo\\"} == 0","type":"alerting"},
                         {"name":"Down","query":"up{job=\\"node\\"} == 0","type":"alerting"},
                         {"name":"Errors","query":"errors_total{job=\\"node\\", code=\\"500\\"} > 0","type":"alerting"},
                         {"name":"Either","query":"up{job=\\"typo\\"} == 0 or up == 0","type":"alerting"},
                         {"name":"Gone","query":"absent(up{job=\\"typo\\"})","type":"alerting"},
                         {"name":"Unasked","query":"up{job=\\"lost\\"} == 0","type":"alerting"},
                         {"name":"All","query":"up == 0","type":"alerting"}]}]}}""",
                "count%28up%7Bjob%3D%22typo", sample(0), "%7Bjob%3D%22node", sample(3)));
        assertThat(seen.all("it", "prometheus.unknown_target.").map(fact -> fact.what() + "=" + fact.value()))
                .containsExactly("prometheus.unknown_target.g/Typo=up{job=\"typo\"}",
                        "prometheus.unknown_target.g/Down=", "prometheus.unknown_target.g/Errors=",
                        "prometheus.unknown_target.g/Either=", "prometheus.unknown_target.g/Gone=");
    }

    private static String sample(int count) {
        return "{\"data\":{\"result\":[{\"metric\":{},\"value\":[1.5,\"" + count + "\"]}]}}";
    }

    @Test
    void rulesThatCannotFireAreFound() {
        var seen = Answers.read(new PrometheusProbe(), Answers.service("prometheus", Role.MONITORING), Map.of("rules",
                """
                        {"status":"success","data":{"groups":[{"name":"g","file":"/etc/prometheus/r.yml","rules":[
                         {"name":"Down","query":"up == 0 or pg_up == 0","health":"ok","type":"alerting","state":"inactive"},
                         {"name":"Full","query":"node_load1 / on() pg_up > 1","health":"err","lastError":"no",
                          "type":"alerting","state":"inactive"},
                         {"name":"Lost","query":"absent(gone)","health":"ok","type":"alerting","state":"firing"},
                         {"name":"r:x","query":"sum(up)","health":"ok","type":"recording"}]}]}}""",
                "__name__", "{\"data\":[\"up\",\"node_load1\"]}", "targets", """
                        {"data":{"activeTargets":[{"labels":{"job":"node","instance":"node:9100"},"health":"down",
                        "lastError":"refused"}]}}""", "alertmanagers", "{\"data\":{\"activeAlertmanagers\":[]}}"));
        assertThat(seen.text("it", "prometheus.dead.g/Down")).contains("");
        assertThat(seen.text("it", "prometheus.dead.g/Full")).contains("pg_up");
        assertThat(seen.text("it", "prometheus.dead.g/Lost")).contains("");
        assertThat(seen.text("it", "prometheus.alerts")).contains("3");
        assertThat(seen.text("it", "prometheus.alertmanagers")).contains("0");
        assertThat(seen.fact("it", "prometheus.target.node node:9100")).hasValueSatisfying(fact -> assertThat(fact
                .how()).isEqualTo("refused"));
        assertThat(seen.gap("it", "prometheus.series")).contains("refused");
    }

    @Test
    void receiversAreCounted() {
        var seen = Answers.read(new AlertmanagerProbe(), Answers.service("alertmanager", Role.MONITORING), Map.of(
                "status",
                """
                        {"config":{"original":"route:\\n  receiver: team\\nreceivers:\\n- name: team\\n  webhook_configs:\
                        \\n  - url: <secret>\\n- name: unused\\n"}}"""));
        assertThat(seen.text("it", "alertmanager.receiver.team")).contains("1");
        assertThat(seen.text("it", "alertmanager.receiver.unused")).contains("0");
        assertThat(seen.text("it", "alertmanager.routed.team")).contains("true");
        assertThat(seen.text("it", "alertmanager.routed.unused")).isEmpty();
    }

    @Test
    void weakScramPasswordsAreFound() {
        // The example of RFC 7677: user, pencil.
        var rfc = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
                + "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";
        assertThat(ScramVerifier.isWeak("user", rfc)).contains(false);
        assertThat(ScramVerifier.isWeak("pencil", rfc)).contains(true);
        assertThat(ScramVerifier.isWeak("postgres", "md5" + "3175bce1d3201d16594cebf9d7eb3f9d")).contains(true);
        assertThat(ScramVerifier.isWeak("app", "SCRAM-SHA-256$999999:YQ==$YQ==:YQ==")).isEmpty();
        assertThat(ScramVerifier.isWeak("app", "")).isEmpty();
        assertThat(ScramVerifier.isOf("pencil", "user", rfc)).contains(true);
        assertThat(ScramVerifier.isOf("eraser", "user", rfc)).contains(false);
        assertThat(ScramVerifier.isOf("pencil", "user", "")).isEmpty();
    }
}
