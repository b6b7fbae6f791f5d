package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisConfTest {
    private static final String CLIENT = "web: {image: 'example/web:1', environment: {URL: 'redis://r:6379/2?x=$$1'}}\n";

    private static final String OWN_FILE = "r: {image: 'redis:7', command: 'redis-server /r.conf', volumes: "
            + "['./my.conf:/r.conf']}";

    private static Renderer.Part of(String services, String... files) {
        return Tasks.production(new RedisConf(), services, files);
    }

    private static String users(Renderer.Part part) {
        return Tasks.file(part, "r/private/users.acl");
    }

    @Test
    void putsAPasswordIntoTheUrlsOfAllClients() {
        var part = of(CLIENT + "r: {image: 'redis:7'}");
        assertThat(Tasks.patch(part, "web", "environment.URL"))
                .contains("redis://:${REDIS_PASSWORD:?run plimsoll render}@r:6379/2?x=$$1");
        assertThat(Tasks.patch(part, "r", "environment.REDISCLI_AUTH"))
                .contains("${REDIS_PASSWORD:?run plimsoll render}");
        assertThat(users(part)).contains("user default on #").doesNotContain("nopass", "secret-of");
    }

    /// With it they empty their caches, some of them at every start.
    @Test
    void whereALaravelOrRailsApplicationUsesItItsOwnDatabaseMayBeEmptied() {
        var php = of("web: {image: 'php:8.3-fpm', environment: {URL: 'redis://r:6379/0'}}\nr: {image: 'redis:7'}");
        assertThat(users(php)).contains("-flushall").doesNotContain("-flushdb");
        assertThat(php.notes()).anyMatch(note -> note.contains("FLUSHALL, DEBUG"));
        assertThat(users(of(CLIENT + "r: {image: 'redis:7'}"))).contains("-flushall -flushdb");
    }

    @Test
    void aVariableInAClientsCommandIsToldLikeAnyOther() {
        var part = of("web: {image: 'example/w:1', command: \"sh -c 'celery -b $$URL worker'\", environment: {URL: "
                + "'redis://r:6379/0', COMPOSE_PROFILES: 'r,web'}}\nr: {image: 'redis:7'}");
        assertThat(Tasks.patch(part, "web", "environment.URL")).contains(
                "redis://:${REDIS_PASSWORD:?run plimsoll render}@r:6379/0");
    }

    @Test
    void asksForNoPasswordThatAClientCannotBeTold() {
        for (var client : List.of("{image: 'example/w:1', environment: {REDIS_HOST: r}}",
                "{image: 'example/w:1', depends_on: [r]}", "{image: 'example/w:1', command: 'run --redis redis://r'}",
                "{image: 'example/w:1', environment: {A: 'redis://r', B: 'r:6379'}}",
                "{image: 'example/w:1', environment: {A: 'redis://me@r'}}")) {
            var part = of(CLIENT + "other: " + client + "\nr: {image: 'redis:7'}");
            assertThat(users(part)).as(client).startsWith("user default on nopass ");
            assertThat(part.notes()).as(client).anyMatch(note -> note.contains("because other "));
            assertThat(Tasks.patch(part, "web", "environment.URL")).as(client).isEmpty();
        }
    }

    /// Valkey's entrypoint puts them behind the file, where they win.
    @Test
    void flagsInAVariableDoNotBeatTheFile() {
        var part = of("r: {image: 'valkey/valkey:8', environment: {VALKEY_EXTRA_FLAGS: '--maxmemory 128mb'}}");
        assertThat(Tasks.patch(part, "r", "environment.VALKEY_EXTRA_FLAGS")).contains("");
        assertThat(Tasks.file(part, "r/redis.conf")).contains("maxmemory ");
    }

    @Test
    void snapshotsThatNoVolumeKeepsAreNotSwitchedOffInSilence() {
        assertThat(of("r: {image: 'redis:7'}").notes())
                .anyMatch(note -> note.contains("its snapshots are switched off"));
        assertThat(of("r: {image: 'redis:7', x-plimsoll: {role: cache}}").notes()).noneMatch(note -> note.contains(
                "snapshots"));
    }

    @Test
    void tellsClientsThatDoNotRunNow() {
        for (var idle : List.of("profiles: [jobs]", "scale: 0", "deploy: {replicas: 0}")) {
            var part = of(CLIENT + "worker: {image: 'example/w:1', " + idle + ", environment: {REDIS_URL: "
                    + "'redis://r:6379'}}\nr: {image: 'redis:7'}");
            assertThat(Tasks.patch(part, "worker", "environment.REDIS_URL")).as(idle)
                    .contains("redis://:${REDIS_PASSWORD:?run plimsoll render}@r:6379");
        }
    }

    @Test
    void asksForNoPasswordThatAClientCouldNotBeToldLater() {
        var part = of(CLIENT + "worker: {image: 'example/w:1', profiles: [jobs], environment: {REDIS_HOST: r}}\n"
                + "r: {image: 'redis:7'}");
        assertThat(users(part)).startsWith("user default on nopass ");
        assertThat(part.notes()).anyMatch(note -> note.contains("because worker "));
    }

    @Test
    void asksForNoPasswordOnANetworkOfOthers() {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", "services:\n" + (CLIENT
                + "r: {image: 'redis:7', networks: [default, shared]}").indent(2)
                + "networks: {shared: {external: true}}\n")), ComposeLoader.Request.of("compose.yml"));
        var part = Tasks.render(new RedisConf(), Tasks.task(Profile.PRODUCTION, Inventory.of(stack, Host.TYPICAL)));
        assertThat(users(part)).startsWith("user default on nopass ");
        assertThat(part.notes()).anyMatch(note -> note.contains("external network; set `requirepass`"));
    }

    @Test
    void asksForNoPasswordNobodyKnowsNorInDevelopment() {
        assertThat(users(of("r: {image: 'redis:7'}"))).contains("nopass");
        var task = Tasks.task(Profile.DEVELOPMENT, CLIENT + "r: {image: 'redis:7'}");
        var part = Tasks.render(new RedisConf(), task);
        assertThat(users(part)).contains("nopass", "-shutdown").doesNotContain("flushall");
        assertThat(new RedisConf().variables(task)).containsExactly(RedisConf.MONITOR_PASSWORD);
    }

    @Test
    void keepsThePasswordThatStandsInUrls() {
        var part = of("a: {image: 'example/a:1', environment: {U: 'redis://:p%40s@r'}}\n"
                + "b: {image: 'example/b:1', environment: {U: 'redis://r/1'}}\nr: {image: 'redis:7'}");
        assertThat(Tasks.patch(part, "a", "environment.U")).isEmpty();
        assertThat(Tasks.patch(part, "b", "environment.U")).contains("redis://:p%40s@r/1");
        assertThat(Tasks.patch(part, "r", "environment.REDISCLI_AUTH")).contains("p@s");
        // printf p@s | sha256sum
        assertThat(users(part)).contains("#27031d88a89f0e7b35bbd53e9a788b61116ad808f956b7854e8e9d1cd3c7f4c8");
    }

    @Test
    void keepsThePasswordTheServerAsksFor() {
        var part = of(CLIENT + "r: {image: 'redis:7', command: 'redis-server --requirepass abc'}");
        // printf abc | sha256sum
        assertThat(users(part)).contains("#ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(part.patches()).noneMatch(patch -> patch.service().equals("web"));
        assertThat(Tasks.file(part, "r/redis.conf")).doesNotContain("abc");
    }

    @Test
    void givesEachFurtherServiceAVariableOfItsOwn() {
        var task = Tasks.task(Profile.PRODUCTION, "web: {image: 'example/w:1', environment: {A: 'redis://r', B: "
                + "'redis://job-queue'}}\nr: {image: 'redis:7'}\njob-queue: {image: 'valkey/valkey:8'}");
        assertThat(new RedisConf().variables(task)).extracting(Variable::name).containsExactly("REDIS_PASSWORD",
                "JOB_QUEUE_PASSWORD", "PLIMSOLL_REDIS_MONITOR_PASSWORD");
        var part = Tasks.render(new RedisConf(), task);
        assertThat(Tasks.patch(part, "job-queue", "command")).contains(List.of("valkey-server",
                "/etc/plimsoll/redis.conf"));
        assertThat(Tasks.patch(part, "job-queue", "environment.REDISCLI_AUTH")).isPresent();
    }

    private static final String WORKER = "w: {image: 'example/w:1', command: celery -A a worker, environment: {BROKER_URL: "
            + "'redis://r'}}\n";

    @Test
    void queueNeverEvictsAndACacheNeverForks() {
        var queue = Tasks.file(of(WORKER + "r: {image: 'redis:7', command: redis-server --appendonly yes}"),
                "r/redis.conf");
        assertThat(queue)
                .contains("maxmemory-policy noeviction", "appendfsync everysec", "no-appendfsync-on-rewrite no")
                .doesNotContain("lazyfree");
        assertThat(Tasks.file(of(CLIENT + "r: {image: 'redis:7'}"), "r/redis.conf")).contains("appendonly no",
                "save \"\"", "lazyfree-lazy-user-flush yes").doesNotContain("appendfsync");
    }

    /// A Redis that starts with an append-only file does not read its snapshot.
    @Test
    void queueInSnapshotsIsNotSwitchedToALogUnasked() {
        var part = of(WORKER + "r: {image: 'redis:7', volumes: ['./d:/data']}");
        assertThat(Tasks.file(part, "r/redis.conf")).contains("\nappendonly no\n", "\nsave 60 1\n",
                "maxmemory-policy noeviction").doesNotContain("lazyfree");
        assertThat(part.notes()).anyMatch(note -> note.startsWith("r: a queue is kept in snapshots only")
                && note.contains("CONFIG SET appendonly yes"));
    }

    @Test
    void switchToALogThatSomebodyAskedForComesWithItsFirstStep() {
        var part = of(WORKER + "r: {image: 'redis:7', x-plimsoll: {role: queue}}");
        assertThat(Tasks.file(part, "r/redis.conf")).contains("\nappendonly yes\n");
        assertThat(part.notes()).anyMatch(note -> note.contains("does not read the snapshot"));
        var without = of(WORKER + "r: {image: 'redis:7', command: redis-server --save ''}");
        assertThat(Tasks.file(without, "r/redis.conf")).contains("\nappendonly yes\n");
        assertThat(without.notes()).noneMatch(note -> note.contains("does not read the snapshot"));
    }

    @Test
    void chosenTimesOfSnapshotsAndChosenPoliciesStay() {
        var part = of(
                CLIENT + "r: {image: 'redis:7', command: redis-server --save 300 10 --maxmemory-policy volatile-ttl}");
        assertThat(Tasks.file(part, "r/redis.conf")).contains("\nsave 300 10\n", "\nmaxmemory-policy volatile-ttl\n");
        assertThat(part.notes()).noneMatch(note -> note.contains(" becomes "));
    }

    /// Redis 6.2 takes no snapshot at all when a line holds two pairs.
    @Test
    void severalTimesOfSnapshotsStandInLinesOfTheirOwn() {
        assertThat(Tasks.file(of(CLIENT + "r: {image: 'redis:6.2', command: redis-server --save 900 1 --save 300 10}"),
                "r/redis.conf")).contains("\nsave 900 1\n", "\nsave 300 10\n");
    }

    @Test
    void fileThatIsTheWholeCommandIsRead() {
        var conf = Tasks.file(of("r: {image: 'redis:7', command: /usr/local/etc/redis/redis.conf, volumes: "
                + "['./my.conf:/usr/local/etc/redis/redis.conf']}", "my.conf", "appendonly yes\ndatabases 4\n"),
                "r/redis.conf");
        assertThat(conf).contains("\nappendonly yes\n", "# from my.conf:2\ndatabases 4");
    }

    @Test
    void whatChangesWithConsequencesIsSaid() {
        var part = of(WORKER
                + "r: {image: 'redis:7', command: redis-server --appendonly yes --maxmemory-policy allkeys-lru}");
        assertThat(part.notes()).contains("r: `maxmemory-policy allkeys-lru` becomes `maxmemory-policy noeviction`: a "
                + "queue must not lose jobs.");
    }

    @Test
    void dataThatNobodySpokeOfStayAndAreAskedAbout() {
        var part = of(CLIENT + "r: {image: 'redis:7', volumes: ['./d:/data']}");
        assertThat(Tasks.file(part, "r/redis.conf")).contains("\nmaxmemory-policy volatile-lru\n", "\nappendonly no\n")
                .doesNotContain("\nsave ");
        assertThat(part.notes()).anyMatch(note -> note.startsWith("r: nobody said whether its data may be lost"));
    }

    @Test
    void namesOnlyDirectivesOfTheVersion() {
        var five = of("r: {image: 'redis:5'}");
        assertThat(Tasks.file(five, "r/redis.conf"))
                .contains("rename-command FLUSHALL \"\"", "lazyfree-lazy-expire yes")
                .doesNotContain("lazyfree-lazy-user-del", "aclfile");
        assertThat(new RedisConf().variables(Tasks.task(Profile.PRODUCTION, "r: {image: 'redis:5'}"))).isEmpty();
        assertThat(Tasks.file(of("r: {image: 'redis:6.0'}"), "r/private/users.acl")).doesNotContain("&*");
    }

    @Test
    void lettingRightsBeAskedForIsLeftToServersThatKnowTheQuestion() {
        for (var image : List.of("redis:7", "redis:7.0-alpine", "valkey/valkey:8")) {
            assertThat(users(of("r: {image: '" + image + "'}"))).as(image).contains("+acl|users +acl|dryrun");
        }
        for (var image : List.of("redis:6.0", "redis:6.2")) {
            assertThat(users(of("r: {image: '" + image + "'}"))).as(image).contains("+acl|users")
                    .doesNotContain("dryrun");
        }
    }

    @Test
    void takesTheUsersFileOver() {
        var part = of("r: {image: 'redis:7', command: 'redis-server /r.conf', volumes: ['./my.conf:/r.conf']}",
                "my.conf", "databases 4\nmaxmemory 9gb\ntimeout 300\ndaemonize yes\n");
        assertThat(Tasks.file(part, "r/redis.conf")).contains("# from my.conf:1\ndatabases 4", "timeout 300")
                .doesNotContain("9gb", "timeout 0", "daemonize");
    }

    /// As Debian's file has them, and as people write paths and addresses.
    @Test
    void wordsOfTheUsersFileKeepTheQuotesTheyNeed() {
        var part = of(OWN_FILE, "my.conf", """
                proc-title-template "{title} {listen-addr} {server-mode}"
                unixsocket '/tmp/r s'
                dbfilename "my dump.rdb"
                appendfilename "appendonly.aof"
                bind "127.0.0.1" "::1"
                notify-keyspace-events ""
                """);
        assertThat(Tasks.file(part, "r/redis.conf")).contains(
                "\nproc-title-template \"{title} {listen-addr} {server-mode}\"\n", "\nunixsocket \"/tmp/r s\"\n",
                "\ndbfilename \"my dump.rdb\"\n", "\nappendfilename appendonly.aof\n", "\nbind 127.0.0.1 ::1\n",
                "\nnotify-keyspace-events \"\"\n");
        assertThat(part.settings().get("r")).filteredOn(setting -> setting.name().equals("bind")).extracting(
                setting -> setting.value()).containsExactly("127.0.0.1 ::1");
    }

    @Test
    void escapesInAPasswordStandForWhatTheServerReads() {
        // printf 'p"w' | sha256sum
        assertThat(users(of(OWN_FILE, "my.conf", "requirepass \"p\\\"w\"\n"))).contains(
                "#a1f446075399175b5044d356da5c706acce52b06a19bcf46172a9f14487f36ba");
        var five = of(OWN_FILE.replace("redis:7", "redis:5"), "my.conf", "requirepass \"a\\x41 b\"\n");
        assertThat(Tasks.file(five, "r/private/auth.conf")).isEqualTo("requirepass \"aA b\"\n");
        var own = of(OWN_FILE, "my.conf", "requirepass 'p\"w'\nuser alice on \">two words\" ~*\n");
        assertThat(Tasks.file(own, "r/private/auth.conf")).isEqualTo("""
                requirepass "p\"w"
                user alice on ">two words" ~*
                """.replace("p\"w", "p\\\"w"));
    }

    @Test
    void aLineThatCannotBeReadIsNamedAndNotShown() {
        assertThat(of(OWN_FILE, "my.conf", "timeout 300\nrequirepass \"p\n").notes()).contains("r: what stands at "
                + "my.conf:2 is not taken over, because Plimsoll cannot read it as a setting.");
    }

    @Test
    void leavesOwnUsersInForce() {
        var part = of("r: {image: 'redis:7', command: 'redis-server --aclfile /u.acl', volumes: ['./u.acl:/u.acl']}");
        assertThat(part.files()).noneMatch(file -> file.path().contains("private"));
        assertThat(Tasks.file(part, "r/redis.conf")).contains("aclfile /u.acl");
    }

    @Test
    void locksWhereTheUsersStandSoThatTheyCanBeComparedLater() {
        assertThat(of("r: {image: 'redis:7'}").settings().get("r")).filteredOn(setting -> setting.name().equals(
                "aclfile")).extracting(setting -> setting.value()).containsExactly("/etc/plimsoll/users.acl");
        assertThat(of("r: {image: 'redis:5'}").settings().get("r")).noneMatch(setting -> setting.name().equals(
                "aclfile"));
    }

    @Test
    void keepsOwnUsersOutOfReadableFilesAndTheLock() {
        var part = of("r: {image: 'redis:7', command: 'redis-server /r.conf', volumes: ['./my.conf:/r.conf']}",
                "my.conf", "user alice on >hunter2 ~* +@all\n");
        assertThat(part.files()).filteredOn(file -> file.content().contains("hunter2")).singleElement()
                .matches(file -> file.access() == RenderedFile.Access.CONTAINER_SECRET)
                .matches(file -> file.content().equals("user alice on >hunter2 ~* +@all\n"));
        assertThat(Tasks.file(part, "r/redis.conf")).contains("include /etc/plimsoll/auth.conf");
        assertThat(part.settings().toString()).doesNotContain("hunter2");
    }

    @Test
    void writesWithoutApplyingWhatItDoesNotUnderstand() {
        for (var service : List.of("{image: 'redis:7', command: [sh, -c, 'redis-server --requirepass $$P']}",
                "{image: 'eqalpha/keydb:6'}", "{image: 'docker.dragonflydb.io/dragonflydb/dragonfly:v1'}")) {
            var part = of(CLIENT + "r: " + service);
            assertThat(part.patches()).as(service).isEmpty();
            assertThat(part.notes()).as(service).anyMatch(note -> note.contains("r/redis.conf and not in force"));
        }
    }
}
