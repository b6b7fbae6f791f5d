package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.kinds.RedisUse.Keeping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisUseTest {
    private static final String VOLUME = "volumes: ['./data:/data']\n";

    private static RedisUse use(String lines) {
        return new RedisUse(Examples.service("image: redis:7\n" + lines));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--maxmemory 64mb|NOTHING|volatile-lru",
            "--appendonly yes|LOG|noeviction",
            "--appendonly yes --maxmemory-policy allkeys-lfu|LOG|allkeys-lfu",
            "--appendonly yes --maxmemory-policy noeviction|LOG|noeviction",
            "--maxmemory-policy noeviction|SNAPSHOTS|noeviction",
            "--maxmemory-policy volatile-ttl|SNAPSHOTS|volatile-ttl",
            "--maxmemory-policy allkeys-lfu|NOTHING|allkeys-lfu",
            "--save 60 1 --maxmemory-policy allkeys-lru|NOTHING|allkeys-lru",
            "--save 60 1|SNAPSHOTS|volatile-lru",
            "--save ''|NOTHING|allkeys-lru",
            "--save '' --maxmemory-policy noeviction|NOTHING|noeviction"})
    void whatIsWrittenDownStays(String flags, Keeping keeping, String policy) {
        var use = use("command: redis-server " + flags);
        assertThat(use.keeping()).isEqualTo(keeping);
        assertThat(use.policy()).isEqualTo(policy);
    }

    @Test
    void dataOnAVolumeAreNotGivenUpUnasked() {
        assertThat(use(VOLUME).keeping()).isEqualTo(Keeping.SNAPSHOTS);
        assertThat(use(VOLUME).policy()).isEqualTo("volatile-lru");
        assertThat(use(VOLUME).isUndecided()).isTrue();
        assertThat(use("").keeping()).isEqualTo(Keeping.NOTHING);
        assertThat(use(VOLUME + "command: redis-server --maxmemory-policy allkeys-lru").keeping())
                .isEqualTo(Keeping.NOTHING);
    }

    /// Sessions and locks have an expiry, and what has none is refused room instead of being lost.
    @Test
    void nobodysWordLetsOnlyExpiringKeysGo() {
        assertThat(use("").policy()).isEqualTo("volatile-lru");
        assertThat(use("").isUndecided()).isTrue();
        assertThat(use("x-plimsoll: {role: cache}").policy()).isEqualTo("allkeys-lru");
        assertThat(new RedisUse(Examples.stack("services:\n  page-cache: {image: 'redis:7'}\n").services().getFirst())
                .policy()).isEqualTo("allkeys-lru");
    }

    @Test
    void flagsOfValkeysImageAreRead() {
        var valkey = new RedisUse(Examples.service("image: valkey/valkey:8\nenvironment: {VALKEY_EXTRA_FLAGS: "
                + "'--maxmemory 128mb --maxmemory-policy volatile-lfu'}"));
        assertThat(valkey.policy()).isEqualTo("volatile-lfu");
        assertThat(Redis.maxMemory(valkey.service())).hasToString("128 MB");
        var told = Examples.service("image: valkey/valkey:8\ncommand: valkey-server --appendonly no --maxmemory 512mb\n"
                + "environment: {VALKEY_EXTRA_FLAGS: '--appendonly yes --maxmemory 128mb'}");
        assertThat(Redis.maxMemory(told)).as("they stand behind the command").hasToString("128 MB");
        assertThat(new RedisUse(told).keeping()).isEqualTo(Keeping.LOG);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "redis:7|command: redis-server --dir /var/lib/redis|/var/lib/redis",
            "redis:7||/",
            "valkey/valkey:8||/data",
            "bitnami/redis:7.4|environment: {REDIS_AOF_ENABLED: 'no'}|/bitnami",
            "bitnami/valkey:8.0|environment: {VALKEY_AOF_ENABLED: 'no'}|/bitnami/valkey"})
    void volumeMayLieWhereTheSettingsSayOrAbove(String image, String line, String target) {
        var service = Examples.service("image: " + image + "\n" + (line == null ? "" : line + "\n") + "volumes: ['./d:"
                + target + "']\n");
        assertThat(new RedisUse(service).keeping()).isEqualTo(Keeping.SNAPSHOTS);
    }

    /// Without it the image would keep a log that Redis loads when the rendering is taken back, in place of newer data.
    @Test
    void logThatAnImageKeepsByItselfStays() {
        assertThat(new RedisUse(Examples.service("image: bitnami/redis:7.4")).keeping()).isEqualTo(Keeping.LOG);
        assertThat(new RedisUse(Examples.service("image: bitnami/redis:7.4\nenvironment: {REDIS_EXTRA_FLAGS: "
                + "'--maxmemory-policy allkeys-lru'}")).policy()).isEqualTo("allkeys-lru");
    }

    /// Jobs have no expiry, so a volatile policy leaves them alone and lets the cache beside them make room.
    @Test
    void queueKeepsAPolicyThatDoesNotTouchJobs() {
        var queue = "image: redis:7\nx-plimsoll: {role: queue}\ncommand: redis-server --maxmemory-policy ";
        assertThat(new RedisUse(Examples.service(queue + "volatile-lru")).policy()).isEqualTo("volatile-lru");
        assertThat(new RedisUse(Examples.service(queue + "allkeys-lru")).policy()).isEqualTo("noeviction");
    }

    @Test
    void onlyACacheCanDoWithLessThanItsMaxmemory() {
        var bounded = "image: redis:7\ncommand: redis-server --maxmemory 512mb --maxmemory-policy ";
        var cache = new RedisSizing(Examples.service(bounded + "allkeys-lru")).lever().orElseThrow();
        assertThat(cache.declared()).isEqualTo(256);
        assertThat(cache.least()).isEqualTo(64);
        for (var policy : new String[]{"noeviction", "volatile-lru"}) {
            var store = new RedisSizing(Examples.service(bounded + policy)).lever().orElseThrow();
            assertThat(store.declared()).as(policy).isEqualTo(512);
            assertThat(store.least()).as(policy).isEqualTo(512);
        }
    }

    @ParameterizedTest
    @CsvSource({"cache,NOTHING,allkeys-lru", "store,LOG,noeviction", "Queue,LOG,noeviction"})
    void hintSettlesIt(String role, Keeping keeping, String policy) {
        var use = use(VOLUME + "command: redis-server --save 60 1\nx-plimsoll: {role: " + role + "}");
        assertThat(use.keeping()).isEqualTo(keeping);
        assertThat(use.policy()).isEqualTo(policy);
        assertThat(use.isUndecided()).isFalse();
    }

    @Test
    void hintOfACacheLeavesOutTheLogAndLetsAllGo() {
        var use = use(
                "command: redis-server --appendonly yes --maxmemory-policy noeviction\nx-plimsoll: {role: cache}");
        assertThat(use.keeping()).isEqualTo(Keeping.NOTHING);
        assertThat(use.policy()).isEqualTo("allkeys-lru");
    }

    @Test
    void storeMayEvictByAChosenPolicy() {
        assertThat(use("command: redis-server --maxmemory-policy volatile-lru\nx-plimsoll: {role: store}").policy())
                .isEqualTo("volatile-lru");
    }
}
