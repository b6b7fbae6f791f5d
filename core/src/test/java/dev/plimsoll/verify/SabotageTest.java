package dev.plimsoll.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plimsoll.observe.Observation;
import dev.plimsoll.verify.Check.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a verification must name, one damage at a time, and that it keeps silent about a healthy stack.
class SabotageTest {
    private static final String AUTO = "configuration file /var/lib/postgresql/data/postgresql.auto.conf:3";
    private static final String OTHER = "configuration file /var/lib/postgresql/data/postgresql.conf:3";

    private static Arguments damage(String name, UnaryOperator<RunningStack> done, String service, String named) {
        return arguments(name, done, service, named);
    }

    static Stream<Arguments> containers() {
        return Stream.of(
                damage("limit removed", s -> s.with("api", "container.limit", "none"), "api", "no limit, planned"),
                damage("docker update -m", s -> s.with("api", "container.limit", "134217728"), "api",
                        "128 MB in force"),
                damage("docker update --cpus", s -> s.with("api", "container.cpus", "1.5"), "api",
                        "1.5 CPUs instead of 1"),
                damage("limit of CPU removed", s -> s.with("api", "container.cpus", "none"), "api",
                        "no limit instead of 1"),
                damage("docker update --memory-swap", s -> s.with("api", "container.swap_limit", "536870912"), "api",
                        "512 MB of memory and swap instead of 256 MB"),
                damage("cgroup edited", s -> s.with("api", "memory.limit", "none"), "api", "no limit in the cgroup"),
                damage("stopped", s -> s.with("db", "container.state", "exited").with("db", "container.exit_code", "0"),
                        "db", "exited with 0"),
                damage("paused", s -> s.with("api", "container.state", "paused").with("api", "container.health",
                        "unhealthy"), "api", "paused"),
                damage("removed", s -> s.withoutContainer("api"), "api", "there is no container"),
                damage("unhealthy", s -> s.with("api", "container.health", "unhealthy"), "api", "unhealthy"),
                damage("other image", s -> s.with("db", "container.image", "postgres:16"), "db", "postgres:16 instead"),
                damage("restart policy changed", s -> s.with("db", "container.restart_policy", "no"), "db",
                        "the policy is no"),
                damage("health check removed", s -> s.with("api", "container.healthcheck", "false"), "api",
                        "there is none"),
                damage("pids limit removed", s -> s.with("api", "container.pids", "none"), "api",
                        "none instead of 200"),
                damage("shm reduced", s -> s.with("db", "container.shm", "67108864"), "db", "64 MB instead of 128 MB"),
                damage("volume swapped", s -> s.with("db", "container.mount./var/lib/postgresql/data",
                        "volume:shop_other"), "db", "shop_other instead of data"),
                damage("volume gone", s -> s.without("db", "container.mount./var/lib/postgresql/data"), "db",
                        "nothing is mounted"),
                damage("port opened", s -> s.with("db", "container.port.5432", "0.0.0.0:5432"), "db",
                        "0.0.0.0:5432 to 5432"),
                damage("loopback port opened", s -> s.with("api", "container.port.9000", "0.0.0.0:9000"), "api",
                        "0.0.0.0:9000"),
                damage("oom kill", s -> s.with("api", "memory.oom_kills", "2"), "api", "2 processes killed"),
                damage("main process killed", s -> s.with("api", "container.oom_killed", "true"), "api",
                        "main process was killed"),
                damage("restart loop", s -> s.with("api", "container.restarts", "7").with("api", "container.age",
                        "130"), "api", "7 restarts in its whole life, the last one 2 min ago"),
                damage("nearly full", s -> s.with("api", "memory.anonymous", "264000000"), "api", "98 %"),
                damage("cache that waits for memory", s -> s.with("db", "memory.working_set", "1060000000").with("db",
                        "memory.pressure", "0.3"), "db", "it waits for memory"),
                damage("cache at the price of a kill", s -> s.with("db", "memory.working_set", "1060000000").with("db",
                        "memory.oom_kills", "1"), "db", "processes were killed"),
                damage("above ceiling", s -> s.with("api", "memory.anonymous", "300000000"), "api", "ceiling"),
                damage("conf edited", s -> s.with("db", "file.db/postgresql.conf", "changed"), "db", "content differs"),
                damage("password in the environment", s -> s.with("db", "container.weak.POSTGRES_PASSWORD", "true"),
                        "db", "POSTGRES_PASSWORD"));
    }

    static Stream<Arguments> waysToRun() {
        return Stream.of(
                damage("privileged", s -> s.with("api", "container.grant.privileged", "true"), "api", "privileged"),
                damage("capability added", s -> s.with("api", "container.grant.capability SYS_ADMIN", "true"), "api",
                        "capability SYS_ADMIN"),
                damage("seccomp off", s -> s.with("api", "container.grant.security option seccomp=unconfined", "true"),
                        "api", "seccomp=unconfined"),
                damage("network of the host", s -> s.with("api", "container.grant.the host's network", "true"), "api",
                        "the host's network"),
                damage("engine's socket mounted", s -> s.with("api", "container.mount./var/run/docker.sock",
                        "bind:/var/run/docker.sock"), "api", "/var/run/docker.sock at"),
                damage("the whole host mounted", s -> s.with("api", "container.mount./host", "bind:/"), "api",
                        "/ at /host"),
                damage("read-only mount writable", s -> s.with("api", "container.writable./conf", "true"), "api",
                        "it may be written to"),
                damage("tmpfs over the volume", s -> s.with("db", "container.mount./var/lib/postgresql/data",
                        "tmpfs:memory"), "db", "tmpfs:memory instead of data"),
                damage("other command", s -> s.with("api", "container.option.command", "serve --workers 8"), "api",
                        "serve --workers 8 instead of serve --workers 2"),
                damage("log unrotated", s -> s.with("api", "container.option.logging", "json-file"), "api",
                        "json-file instead of"),
                damage("killed at once when stopped", s -> s.with("api", "container.option.stop_grace_period", "1"),
                        "api", "1 instead of 30"),
                damage("first to be killed", s -> s.with("api", "container.option.oom_score_adj", "1000"), "api",
                        "1000 instead of 100"),
                damage("planned variable changed", s -> s.with("api", "container.variable.GOMEMLIMIT", "other"), "api",
                        "it has another value"),
                damage("planned variable gone", s -> s.with("api", "container.variable.GOMEMLIMIT", "missing"), "api",
                        "it is not set"),
                damage("says nothing", s -> s.with("cache", "container.silent", "no end after 20 s"), "cache",
                        "does not answer: no end after 20 s"));
    }

    static Stream<Arguments> databases() {
        return Stream.of(
                damage("ALTER SYSTEM", s -> s.with("db", "postgres.setting.work_mem", "65536").with("db",
                        "postgres.source.work_mem", AUTO), "db", "ALTER SYSTEM"),
                damage("ALTER SYSTEM, restart pending", s -> s.with("db", "postgres.pending.shared_buffers", "true")
                        .with("db", "postgres.setting.shared_buffers", "16384"), "db", "a restart is pending"),
                damage("ALTER SYSTEM for the next start", s -> s.with("db", "postgres.pending.shared_buffers", "true"),
                        "db", "waits for the next start"),
                damage("ALTER SYSTEM of what nobody planned",
                        s -> s.with("db", "postgres.setting.jit", "off").with("db",
                                "postgres.source.jit", AUTO),
                        "db", "ALTER SYSTEM set jit"),
                damage("ALTER DATABASE", s -> s.with("db", "postgres.override.work_mem", "1GB"), "db",
                        "ALTER DATABASE shop SET work_mem"),
                damage("fsync off", s -> s.with("db", "postgres.setting.fsync", "off").with("db",
                        "postgres.source.fsync", "command line"), "db", "command line"),
                damage("autovacuum off", s -> s.with("db", "postgres.setting.autovacuum", "off").with("db",
                        "postgres.source.autovacuum", OTHER), "db", "it is off"),
                damage("archive that keeps nothing", s -> s.with("db", "postgres.setting.archive_command",
                        "/bin/true"), "db", "it is /bin/true"),
                damage("archive switched off", s -> s.with("db", "postgres.setting.archive_command", "(disabled)"),
                        "db", "it is (disabled)"),
                damage("statement_timeout", s -> s.with("db", "postgres.setting.statement_timeout", "0"), "db",
                        "it is 0 ms"),
                damage("superuser added", s -> s.with("db", "postgres.role.eve", "superuser"), "db", "eve besides"),
                damage("password reset", s -> s.with("db", "postgres.weak_password.app", "true"), "db", "app"),
                damage("password of another volume", s -> s.with("db", "postgres.given_password", "false"), "db",
                        "POSTGRES_PASSWORD is not the password of postgres"),
                damage("pg_hba opened", s -> s.with("db", "postgres.access.4", "host all all all trust"), "db",
                        "host all all all trust"),
                damage("pg_hba broken", s -> s.with("db", "postgres.access_error.9", "invalid method"), "db",
                        "invalid method"),
                damage("extension dropped", s -> s.without("db", "postgres.extension.pg_stat_statements"), "db",
                        "preloaded and not there"),
                damage("files not read", s -> s.with("db", "postgres.unread_file.pg_hba.conf", "true"), "db",
                        "pg_hba.conf changed after"),
                damage("runs programs", s -> s.with("db", "postgres.server_role.eve", "true"), "db", "eve"),
                damage("writes refused", s -> s.with("db", "postgres.override.default_transaction_read_only", "on"),
                        "db", "every write is refused"),
                damage("nobody let in", s -> s.withoutAll("db", "postgres.").withGap("db", "postgres.setting",
                        "psql: error: FATAL:  database \"shop\" is not currently accepting connections"), "db",
                        "is not currently accepting"),
                damage("slot that nobody reads", s -> s.with("db", "postgres.replication.idle_slots", "1").with("db",
                        "postgres.replication.held", String.valueOf(2L << 30)), "db", "1 idle, 2 GB kept"),
                damage("pooler paused", s -> s.with("pooler", "pgbouncer.database.shop", "paused"), "pooler",
                        "shop is paused"),
                damage("older volume", s -> s.with("db", "postgres.setting.server_version_num", "140011"), "db",
                        "it is 14"),
                damage("conf not loaded", RunningSabotage::unloaded, "db", "rendered file is not read"),
                damage("pool mode", s -> s.with("pooler", "pgbouncer.config.pool_mode", "session"), "pooler",
                        "session instead of transaction"),
                damage("pool mode of one database", s -> s.with("pooler", "pgbouncer.pool_mode.shop.app", "session"),
                        "pooler", "pools by session"));
    }

    static Stream<Arguments> caches() {
        return Stream.of(
                damage("maxmemory 0", s -> s.with("cache", "redis.config.maxmemory", "0"), "cache", "instead of 180mb"),
                damage("policy", s -> s.with("cache", "redis.config.maxmemory-policy", "noeviction"), "cache",
                        "noeviction instead"),
                damage("AOF off", s -> s.with("cache", "redis.config.appendonly", "no"), "cache", "no instead of yes"),
                damage("snapshots on", s -> s.with("cache", "redis.config.save", "60 1"), "cache", "60 1 instead"),
                damage("password gone", s -> s.with("cache", "redis.open", "true"), "cache", "anyone who reaches it"),
                damage("file of users opened",
                        s -> s.with("cache", "container.env.REDISCLI_AUTH", "true").with("cache", "redis.open",
                                "true").with("cache", "redis.filed_user.default", "on, no password, FLUSHALL denied"),
                        "cache", "anyone who reaches it"),
                damage("password weak", s -> s.with("cache", "redis.weak_password", "true"), "cache", "well-known"),
                damage("ACL reset", s -> s.with("cache", "redis.user.default", "on, password, FLUSHALL allowed"),
                        "cache", "FLUSHALL allowed"),
                damage("user added", s -> s.with("cache", "redis.user.eve", "on, password, FLUSHALL allowed"), "cache",
                        "eve was added"),
                damage("user added where only names are shown", s -> s.with("cache", "redis.named_user.default",
                        "there").with("cache", "redis.named_user.mallory", "there").without("cache",
                                "redis.user.default"),
                        "cache", "mallory was added"),
                damage("user removed where only names are shown", s -> s.with("cache", "redis.named_user.plimsoll",
                        "there").without("cache", "redis.user.default"), "cache", "default is not there"),
                damage("rights of the default user", s -> s.with("cache", "redis.right.SHUTDOWN", "allowed").with(
                        "cache", "redis.filed_right.SHUTDOWN", "denied"), "cache", "SHUTDOWN allowed"),
                damage("writes wait for replicas", s -> s.with("cache", "redis.config.min-replicas-to-write", "1"),
                        "cache", "min-replicas-to-write is 1"),
                damage("made a replica", s -> s.with("cache", "redis.info.role", "slave"), "cache",
                        "which nobody planned"),
                damage("buffers of subscribers", s -> s.with("cache", "redis.config.client-output-buffer-limit",
                        "normal 67108864 33554432 60 slave 268435456 67108864 60 pubsub 0 0 0"), "cache",
                        "instead of pubsub 32mb 8mb 60"),
                damage("busy with a script", s -> s.withoutAll("cache", "redis.").withGap("cache", "redis.config",
                        "BUSY Redis is busy running a script."), "cache", "it refuses: BUSY"),
                damage("AOF cannot be written", s -> s.with("cache", "redis.info.aof_last_write_status", "err"),
                        "cache", "err"));
    }

    static Stream<Arguments> monitoring() {
        return Stream.of(
                damage("rules emptied", s -> s.with("prometheus", "prometheus.alerts", "0"), "prometheus",
                        "none is loaded"),
                damage("rule file unmounted", s -> s.without("prometheus",
                        "prometheus.loaded_file./etc/prometheus/rules.yml"), "prometheus", "does not load"),
                damage("rule broken", s -> s.with("prometheus", "prometheus.rule.base/Full", "err"), "prometheus",
                        "Full"),
                damage("dead metric", s -> s.with("prometheus", "prometheus.dead.base/Full", "pg_up"), "prometheus",
                        "Full needs pg_up"),
                damage("target down", s -> s.with("prometheus", "prometheus.target.node node:9100", "down"),
                        "prometheus", "node node:9100 is down"),
                damage("alertmanager cut off", s -> s.with("prometheus", "prometheus.alertmanagers", "0"), "prometheus",
                        "none is connected"),
                damage("alertmanager gone", s -> s.withoutContainer("alertmanager"), "prometheus",
                        "alertmanager does not run"),
                damage("receiver emptied", s -> s.with("alertmanager", "alertmanager.receiver.team", "0"),
                        "alertmanager", "no routed receiver"),
                damage("alertmanager's port", s -> s.without("prometheus",
                        "prometheus.alertmanager.http://alertmanager:9093/api/v2/alerts").with("prometheus",
                                "prometheus.alertmanager.http://alertmanager:9099/api/v2/alerts", "true"),
                        "prometheus",
                        "nobody listens at alertmanager:9099"),
                damage("reload refused", s -> s.with("prometheus", "prometheus.reload", "false"), "prometheus",
                        "goes on with an older one"),
                damage("alertmanager's reload refused", s -> s.with("alertmanager", "alertmanager.reload", "false"),
                        "alertmanager", "goes on with an older one"),
                damage("exporter that sees nothing", s -> s.with("prometheus",
                        "prometheus.blind.pg_up of postgres-exporter:9187", "true"), "prometheus",
                        "pg_up of postgres-exporter:9187 is 0"),
                damage("everything silenced", s -> s.with("alertmanager", "alertmanager.silence.1",
                        "2027-01-01T00:00:00Z"), "alertmanager", "until 2027-01-01"),
                damage("retention removed", s -> s.with("prometheus", "prometheus.flag.storage.tsdb.retention.size",
                        "0B"), "prometheus", "none"),
                damage("series exploded", s -> s.with("prometheus", "prometheus.series", "90000"), "prometheus",
                        "90000 series"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"containers", "waysToRun", "databases", "caches", "monitoring"})
    void isNamed(String name, UnaryOperator<RunningStack> damage, String service, String named) {
        var failed = failures(damage.apply(RunningStack.healthy()).verified());
        assertThat(failed).as(name).anySatisfy(check -> {
            assertThat(check.service()).contains(service);
            assertThat(check.found() + " " + check.remedy()).contains(named);
            assertThat(check.remedy()).isNotEmpty();
        });
    }

    private static List<Check> failures(Verification verification) {
        return verification.results().stream().flatMap(result -> result.checks().stream())
                .filter(check -> check.verdict() == Verdict.FAILED).toList();
    }

    @Test
    void restartsOfLongAgoAreNoLoop() {
        var checks = checks(RunningStack.healthy().with("api", "container.restarts", "7").verified(),
                "does not restart");
        assertThat(checks).extracting(Check::verdict, Check::found).contains(org.assertj.core.groups.Tuple.tuple(
                Verdict.ADVICE, "7 restarts in its whole life, the last one 2 h ago"));
    }

    @Test
    void underWatchARestartIsCountedFromAnEarlierLook() {
        var stack = RunningStack.healthy().with("api", "container.restarts", "7");
        var past = List.of(stack.verified());
        var now = stack.with("api", "container.age", "60");
        assertThat(failures(now.with("api", "container.restarts", "9").verifiedAfter(past))).isEmpty();
        assertThat(failures(now.with("api", "container.restarts", "10").verifiedAfter(past))).extracting(Check::what)
                .containsExactly("does not restart");
        assertThat(failures(now.with("api", "container.restarts", "3").verifiedAfter(past))).as("made anew since")
                .extracting(Check::what).containsExactly("does not restart");
    }

    @Test
    void theEarlierLookIsTheLastOneOfTenMinutesAgo() {
        var past = List.of(look(0, "7"), look(5, "8"), look(14, "10"));
        var stack = RunningStack.healthy().with("api", "container.age", "60");
        assertThat(failures(stack.with("api", "container.restarts", "10").verifiedAfter(past))).isEmpty();
        assertThat(failures(stack.with("api", "container.restarts", "11").verifiedAfter(past))).extracting(Check::what)
                .containsExactly("does not restart");
    }

    private static Verification look(int minute, String restarts) {
        var stack = RunningStack.healthy().with("api", "container.restarts", restarts);
        return new Verification(stack.lock, RunningStack.NOW.plus(Duration.ofMinutes(minute)), List.of(), stack
                .verified().seen());
    }

    @Test
    void aGroupAboveMayHoldAContainerToLessThanItsLimit() {
        assertThat(checks(RunningStack.healthy().with("api", "memory.limit", "100000000").verified(),
                "the kernel enforces its limit")).isEmpty();
        assertThat(checks(RunningStack.healthy().with("api", "memory.limit", "10000000000").verified(),
                "the kernel enforces its limit")).extracting(Check::verdict).containsExactly(Verdict.FAILED);
    }

    @Test
    void underWatchAKillFailsOnce() {
        var stack = RunningStack.healthy().with("api", "memory.oom_kills", "2");
        var past = List.of(stack.verified());
        assertThat(failures(past.getFirst())).hasSize(1);
        assertThat(checks(stack.verifiedAfter(past), "nothing in it was killed for want of memory")).extracting(
                Check::verdict, Check::found).contains(
                        org.assertj.core.groups.Tuple.tuple(Verdict.ADVICE,
                                "2 processes killed since its start 2 h ago, none since an earlier look"));
        assertThat(failures(stack.with("api", "memory.oom_kills", "3").verifiedAfter(past))).hasSize(1);
    }

    @Test
    void aCacheNearTheLimitIsNoFailureForAKillOfBefore() {
        var stack = RunningStack.healthy().with("api", "memory.oom_kills", "2").with("api", "memory.working_set",
                "265000000");
        var past = List.of(stack.verified());
        assertThat(failures(past.getFirst())).extracting(Check::what).contains("holds less than 90 % of its limit");
        assertThat(failures(stack.verifiedAfter(past))).isEmpty();
    }

    @Test
    void underWatchThrottlingIsThatSinceAnEarlierLook() {
        var stack = RunningStack.healthy().with("api", "cpu.periods", "1000").with("api", "cpu.throttled_periods",
                "900").with("api", "cpu.throttled_share", "0.9");
        var what = "is not kept waiting by its CPU limit";
        var past = List.of(stack.verified());
        assertThat(checks(past.getFirst(), what)).extracting(Check::found).containsExactly(
                "in 90 % of all periods since its start");
        var later = stack.with("api", "cpu.periods", "2000").with("api", "cpu.throttled_periods", "910");
        assertThat(checks(later.verifiedAfter(past), what)).isEmpty();
        assertThat(checks(later.with("api", "cpu.throttled_periods", "1500").verifiedAfter(past), what)).extracting(
                Check::found).containsExactly("in 60 % of all periods since an earlier look");
    }

    @Test
    void aQuarterOfAllPeriodsMayBeSpentWaiting() {
        var what = "is not kept waiting by its CPU limit";
        assertThat(checks(RunningStack.healthy().with("api", "cpu.throttled_share", "0.25").verified(), what))
                .isEmpty();
        assertThat(checks(RunningStack.healthy().with("api", "cpu.throttled_share", "0.26").verified(), what))
                .extracting(Check::verdict).containsExactly(Verdict.ADVICE);
    }

    @Test
    void aDatabaseThatEndedWellHasNotDoneItsWork() {
        var stack = RunningStack.healthy().with("db", "container.state", "exited").with("db", "container.exit_code",
                "0").with("db", "container.restart_policy", "no");
        assertThat(failures(stack.verified("baseline"))).extracting(Check::found).contains(
                "0 of 1 running: exited with 0");
    }

    @Test
    void oneContainerMoreThanPlannedFails() {
        var stack = RunningStack.healthy();
        var second = new Observation(Optional.of("api"), 2, "container.state", "running", Observation.Unit.TEXT,
                RunningStack.NOW, "how");
        var seen = stack.verified().seen().and(List.of(second));
        assertThat(failures(Verification.of(stack.lock, seen, RunningStack.NOW, List.of("baseline")))).extracting(
                Check::found).containsExactly("2 containers run, and the plan has room for 1");
    }

    /// The kernel keeps a part for itself.
    @Test
    void aServerMayTellATenthLessThanItsNominalMemory() {
        var what = "the server has the memory that was planned for";
        assertThat(checks(RunningStack.healthy().with("prometheus", "host.memory", "3900000000").verified(), what))
                .extracting(
                        Check::verdict)
                .containsExactly(Verdict.PASSED);
        assertThat(checks(RunningStack.healthy().with("prometheus", "host.memory", "3800000000").verified(), what))
                .extracting(
                        Check::verdict)
                .containsExactly(Verdict.FAILED);
    }

    private static List<Check> checks(Verification verification, String what) {
        return verification.results().stream().flatMap(result -> result.checks().stream())
                .filter(check -> check.what().equals(what)).toList();
    }

    @Test
    void whatIsRenderedAndWasEditedSinceIsNamed() {
        var stack = RunningStack.healthy().with("", "rendered.edited.compose.plimsoll.yml", "true");
        assertThat(failures(stack.verified())).extracting(Check::found).containsExactly(
                "compose.plimsoll.yml changed since");
    }

    @Test
    void secretsThatOthersMayReadAreNamed() {
        var stack = RunningStack.healthy().with("", "rendered.exposed..env", "true").with("",
                "rendered.exposed.redis/private", "true");
        assertThat(failures(stack.verified())).extracting(Check::found).containsExactly(
                ".env, redis/private are open to others");
    }

    @Test
    void composeFilesThatChangedSinceAreAdvice() {
        var stack = RunningStack.healthy().with("", "rendered.source.../compose.yml", "true");
        assertThat(failures(stack.verified())).isEmpty();
        assertThat(checks(stack.verified(), "the Compose files are those that were rendered from")).extracting(
                Check::found).containsExactly("../compose.yml changed since");
    }

    /// They may come from another shell.
    @Test
    void aVariableThatNobodyPlannedIsAdvice() {
        var stack = RunningStack.healthy().with("api", "container.variable.DATABASE_URL", "other");
        assertThat(failures(stack.verified())).isEmpty();
        assertThat(checks(stack.verified(), "has its variables as the Compose files give them")).extracting(
                Check::found).containsExactly("DATABASE_URL differs");
    }

    @Test
    void aRefusalThatIsAboutWhoAsksIsAGap() {
        var stack = RunningStack.healthy().withoutAll("pooler", "pgbouncer.").withGap("pooler", "pgbouncer.config",
                "FATAL:  password authentication failed for user \"plimsoll_monitor\"");
        assertThat(failures(stack.verified())).isEmpty();
    }

    @Test
    void aHealthyStackRaisesNoAlarm() {
        assertThat(failures(RunningStack.healthy().verified())).isEmpty();
    }

    @Test
    void aDatabaseWithMoreDataThanMemoryIsHealthy() {
        var stack = RunningStack.healthy().with("db", "memory.working_set", "1070000000").with("db",
                "memory.limit_hits", "90000").with("db", "memory.pressure", "0.02");
        assertThat(failures(stack.verified())).isEmpty();
        assertThat(checks(stack.verified(), "holds less than 90 % of its limit")).extracting(Check::found).contains(
                "256 MB of 1 GB (25 %) without page cache");
    }

    @Test
    void aContainerThatHoldsNearlyAllOfItsLimitIsTheNextRisk() {
        var stack = RunningStack.healthy().with("db", "memory.anonymous", "1000000000");
        assertThat(failures(stack.verified())).extracting(Check::what).containsExactly(
                "holds less than 90 % of its limit", "no container runs out of memory");
    }

    @Test
    void aWeakPasswordThatTheFilesThemselvesGiveIsAdvice() {
        var declared = RunningStack.healthy().declaringWeak("POSTGRES_PASSWORD")
                .with("db", "container.weak.POSTGRES_PASSWORD", "true")
                .with("db", "postgres.weak_password.postgres", "true");
        assertThat(failures(declared.verified())).isEmpty();
        assertThat(failures(declared.with("db", "postgres.weak_password.eve", "true").verified())).isNotEmpty();
    }

    @Test
    void aStackOfDefaultsInDevelopmentIsOnlyAdvised() {
        var stack = RunningStack.inDevelopment().with("db", "container.weak.POSTGRES_PASSWORD", "true").with("db",
                "postgres.weak_password.postgres", "true").with("cache", "redis.open", "true").with("cache",
                        "redis.filed_user.default", "on, no password, FLUSHALL denied")
                .with("cache",
                        "redis.user.default", "on, no password, FLUSHALL denied");
        assertThat(failures(stack.verified())).isEmpty();
        assertThat(stack.verified().count(Verdict.ADVICE)).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aPrometheusThatNeverWasGivenRulesIsOnlyAdvised() {
        var stack = RunningStack.healthy().withoutRuleFiles();
        assertThat(failures(stack.verified())).isEmpty();
        assertThat(stack.verified().results()).flatExtracting(Result::checks).extracting(Check::found)
                .contains("its configuration names none");
    }

    @Test
    void anAlertOnATargetThatIsNotThereIsAdvised() {
        var what = "every alert names targets that are there";
        var stack = RunningStack.healthy().with("prometheus", "prometheus.unknown_target.base/Down", "");
        assertThat(checks(stack.verified(), what)).extracting(Check::verdict).containsExactly(Verdict.PASSED);
        assertThat(
                checks(stack.with("prometheus", "prometheus.unknown_target.base/Full", "up{job=\"typo\"}").verified(),
                        what))
                .extracting(Check::verdict, Check::found).containsExactly(org.assertj.core.groups.Tuple.tuple(
                        Verdict.ADVICE, "Full needs up{job=\"typo\"}"));
    }

    @Test
    void aStackThatWasJustStartedRaisesNoAlarm() {
        var stack = RunningStack.healthy();
        stack.lock.services().forEach(service -> stack.with(service.name(), "container.age", "5"));
        stack.with("api", "container.health", "starting").with("prometheus", "prometheus.target.node node:9100",
                "unknown").with("prometheus", "prometheus.dead.base/Full", "node_load1").with("prometheus",
                        "prometheus.rule.base/Full", "unknown")
                .with("prometheus", "prometheus.alertmanagers", "0")
                .with("db", "postgres.activity.hit", "10").with("db", "postgres.activity.read", "90");
        assertThat(failures(stack.verified())).isEmpty();
    }

    @Test
    void whatCouldNotBeObservedIsNotRunWithItsReason() {
        var stack = RunningStack.healthy().withGap("db", "postgres.setting", "the server refuses connections").withGap(
                "cache", "redis.config", "NOPERM").withGap("prometheus", "prometheus.", "connection refused");
        var verification = stack.verified();
        assertThat(failures(verification)).isEmpty();
        assertThat(verification.results()).flatExtracting(Result::checks).extracting(Check::verdict, Check::found)
                .contains(org.assertj.core.groups.Tuple.tuple(Verdict.NOT_RUN, "the server refuses connections"),
                        org.assertj.core.groups.Tuple.tuple(Verdict.NOT_RUN, "NOPERM"),
                        org.assertj.core.groups.Tuple.tuple(Verdict.NOT_RUN, "connection refused"));
    }

    @Test
    void aContainerThatNobodyPlannedIsNamed() {
        assertThat(failures(RunningStack.healthy().with("miner", "container.state", "running").verified()))
                .anySatisfy(check -> assertThat(check.found()).isEqualTo("miner was not planned"));
    }
}
