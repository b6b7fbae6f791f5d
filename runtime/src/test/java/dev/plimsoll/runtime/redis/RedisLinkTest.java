package dev.plimsoll.runtime.redis;

import static dev.plimsoll.runtime.redis.Patience.pause;
import static dev.plimsoll.runtime.redis.Patience.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.runtime.cache.CachePolicy;
import dev.plimsoll.runtime.cache.Caches;
import dev.plimsoll.runtime.cache.Codec;
import dev.plimsoll.runtime.cache.KeyTemplate;
import dev.plimsoll.runtime.cache.SyncRules;
import dev.plimsoll.runtime.net.Relay;
import dev.plimsoll.runtime.tag.Tag;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Connections that fail in other ways than by being closed.
class RedisLinkTest {
    private RedisServer redis;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void aUserWhoMayNotAskForTheServersRunLeavesNoConnectionsBehind() {
        user("+@all", "-@dangerous");
        try (var link = RedisLink.open(restricted(), RedisOptions.DEFAULT)) {
            pause(1_500);
            assertThat(connectionsOf("weak")).isLessThanOrEqualTo(1);
            assertThat(number(link)).isEmpty();
            user("+info");
            until(() -> number(link).isPresent());
            assertThat(connectionsOf("weak")).isEqualTo(1);
        }
    }

    /// The list in docs/cache.md.
    @Test
    void theCommandsOfACacheSuffice() {
        user("-@all", "+hello", "+info", "+ping", "+client", "+mget", "+get", "+set", "+del", "+pttl", "+pexpire",
                "+exists", "+incr", "+expire", "+time", "+eval", "+zadd", "+zrem", "+zcard", "+zrangebyscore",
                "+zremrangebyscore", "+publish", "+subscribe");
        try (var caches = Caches.connect(restricted(), SyncRules.by("org").on("jira", "rel:*"))) {
            until(caches::connected);
            var cache = caches.cache(KeyTemplate.of("rel:{org}"), Codec.text(), CachePolicy.fresh(Duration
                    .ofMinutes(1)));
            assertThat(cache.get("acme", () -> "old")).isEqualTo("old");
            until(() -> !redis.with(client -> client.keys("plimsoll:v:*")).isEmpty());
            caches.sync("jira", "acme");
            assertThat(cache.get("acme", () -> "new")).isEqualTo("new");
        }
        var refusals = redis.with(client -> client.aclLog());
        assertThat(refusals).isEmpty();
    }

    @Test
    void aConnectionThatFallsSilentIsReplaced() throws IOException {
        try (var relay = Relay.to(redis.port());
                var link = RedisLink.open("redis://127.0.0.1:" + relay.port(), RedisOptions.DEFAULT)) {
            var connection = number(link);
            assertThat(connection).isPresent();
            relay.swallow();
            assertThat(number(link)).isEmpty();
            until(() -> number(link).isPresent());
            assertThat(number(link)).isNotEqualTo(connection);
        }
    }

    @Test
    void anInvalidationGetsThroughOnceASilentConnectionIsReplaced() throws IOException {
        var jira = List.of(Tag.of("jira:acme"));
        try (var relay = Relay.to(redis.port());
                var link = RedisLink.open("redis://127.0.0.1:" + relay.port(), RedisOptions.DEFAULT);
                var generations = RedisGenerations.over(link)) {
            until(generations::watching);
            relay.swallow();
            until(() -> isConfirmed(generations, jira));
        }
    }

    @Test
    void aCommandThatIsRefusedKeepsNoOtherFromRedis() {
        try (var link = RedisLink.open(redis.uri(), RedisOptions.DEFAULT)) {
            redis.with(client -> client.set("word", "no number"));
            assertThatExceptionOfType(UnreachableException.class).isThrownBy(() -> link.ask(client -> client.incr(
                    "word"))).withMessageContaining("not an integer");
            assertThat(number(link)).isPresent();
        }
    }

    @Test
    void manyPendingInvalidationsDoNotKeepASilentConnection() throws IOException {
        var tags = IntStream.range(0, 60).mapToObj(board -> Tag.of("board:" + board)).toList();
        try (var relay = Relay.to(redis.port());
                var link = RedisLink.open("redis://127.0.0.1:" + relay.port(), RedisOptions.DEFAULT);
                var generations = RedisGenerations.over(link)) {
            until(generations::watching);
            relay.swallow();
            assertThat(isConfirmed(generations, tags)).isFalse();
            until(() -> generations.hold(tags).stamp().isPresent());
        }
    }

    @Test
    void aLinkThatIsClosedConnectsNoFurther() {
        var link = RedisLink.open(redis.uri(), RedisOptions.DEFAULT);
        link.close();
        assertThatExceptionOfType(UnreachableException.class).isThrownBy(link::connectFurther);
    }

    @Test
    void generationsThatAreClosedWhileTheyConnectLeaveNoSubscriber() throws Exception {
        try (var relay = Relay.to(redis.port());
                var link = RedisLink.open("redis://127.0.0.1:" + relay.port(), RedisOptions.DEFAULT)) {
            var generations = RedisGenerations.over(link);
            until(generations::watching);
            var before = relay.connections();
            redis.hang();
            until(() -> relay.connections() > before);
            generations.close();
            redis.goOn();
            // What follows on its thread begins when the connecting has ended.
            link.background().submit(() -> {
            }).get();
            until(() -> redis.with(client -> client.pubsubChannels()).isEmpty());
            until(() -> redis.with(client -> client.zcard("plimsoll:members")) == 0);
        }
    }

    @Test
    void aLinkForgetsGenerationsThatAreClosed() {
        try (var link = RedisLink.open(redis.uri(), RedisOptions.DEFAULT)) {
            var forgotten = closed(link);
            until(() -> {
                System.gc();
                return forgotten.get() == null;
            });
        }
    }

    /// Answers that come after the patience are late, and still answers.
    @Test
    void aServerThatIsSlowKeepsItsConnection() {
        try (var link = RedisLink.open(redis.uri(), RedisOptions.DEFAULT)) {
            var connection = number(link);
            for (var time = 0; time < 5; time++) {
                redis.hang();
                assertThat(number(link)).isEmpty();
                pause(600);
                redis.goOn();
                pause(100);
            }
            until(() -> number(link).isPresent());
            assertThat(number(link)).isEqualTo(connection).isPresent();
        }
    }

    private static WeakReference<RedisGenerations> closed(RedisLink link) {
        var generations = RedisGenerations.over(link);
        generations.close();
        return new WeakReference<>(generations);
    }

    private static boolean isConfirmed(RedisGenerations generations, List<Tag> tags) {
        try {
            generations.invalidate(tags);
            return true;
        } catch (PendingInvalidationException pending) {
            return false;
        }
    }

    /// The link's connection at the server, when it answers.
    private static Optional<Long> number(RedisLink link) {
        try {
            return Optional.of(link.ask(redis -> redis.clientId()));
        } catch (UnreachableException away) {
            return Optional.empty();
        }
    }

    private void user(String... rights) {
        var words = new CommandArgs<>(StringCodec.UTF8).add("SETUSER").add("weak");
        Stream.concat(Stream.of("on", ">secret", "~plimsoll:*", "&plimsoll:*"), Stream.of(rights)).forEach(words::add);
        redis.with(client -> client.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), words));
    }

    private String restricted() {
        return redis.uri().replace("redis://", "redis://weak:secret@");
    }

    private long connectionsOf(String user) {
        return redis.with(client -> client.clientList()).lines().filter(line -> line.contains(" user=" + user + " "))
                .count();
    }
}
