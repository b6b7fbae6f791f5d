package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.net.Relay;
import dev.plimsoll.runtime.redis.RedisLink;
import dev.plimsoll.runtime.redis.RedisOptions;
import dev.plimsoll.runtime.redis.RedisServer;
import io.lettuce.core.KillArgs;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class RedisEntryStoreTest extends RedisStores {
    RedisEntryStoreTest(RedisServer.Kind kind) {
        super(kind);
    }

    @Test
    void whatOneProcessStoresAnotherGives() {
        try (var ours = cache(); var theirs = cache()) {
            ours.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
            await(() -> theirs.size(acme) == 1);
            var lookup = theirs.lookup(acme, near("What is the way to reset my password?", 0.95));
            assertThat(lookup).isInstanceOfSatisfying(Lookup.Hit.class, hit -> assertThat(hit.answer()).isEqualTo(
                    "Click on Forgot."));
        }
    }

    @Test
    void aProcessThatStartsLaterFillsItsIndex() {
        try (var ours = cache()) {
            for (var at = 0; at < 500; at++) {
                ours.store(acme, Question.of("question " + at, Vectors.draw(384, random)), "a", List.of(), HOUR);
            }
            try (var theirs = cache()) {
                await(() -> theirs.size(acme) == 500);
            }
        }
    }

    @Test
    void anInvalidatedEntryLeavesAllIndexes() {
        try (var ours = cache(); var theirs = cache()) {
            ours.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
            await(() -> theirs.size(acme) == 1);
            generations.invalidate(List.of(wiki));
            assertThat(ours.lookup(acme, asked)).isInstanceOf(Lookup.Miss.class);
            await(() -> theirs.size(acme) == 0);
        }
    }

    /// After a failover onto a machine whose clock is behind, or a restart there.
    @Test
    void aServerWhoseIdentifiersAreOlderIsHeard() {
        try (var ours = cache(); var theirs = cache()) {
            redis.with(client -> client.xadd(CHANGES, new XAddArgs().id((System.currentTimeMillis()
                    + HOUR.toMillis()) + "-0"), Map.of("of", "another clock")));
            ours.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
            await(() -> theirs.size(acme) == 1);
            hearEachOtherAfterARestart(ours, theirs);
        }
    }

    @Test
    void whoMayNotReadChangesIsWarnedOnceAndKeepsItsConnection() {
        user("on", ">secret", "~test:semantic:*", "+@all", "-xread");
        var heard = new AtomicInteger();
        try (var warnings = Warnings.of(StreamFollower.class);
                var link = RedisLink.open(weak(), RedisOptions.DEFAULT.namespace("test"));
                var following = RedisEntryStore.over(link).follow((change, at) -> heard.incrementAndGet())) {
            var connections = connectionsOf("weak");
            assertThat(connections).hasSize(2);
            await(() -> refusals() > 2);
            user("+xread");
            store().tell(new Change.Removed(acme, List.of(1L)));
            await(() -> heard.get() == 1);
            assertThat(connectionsOf("weak")).isEqualTo(connections);
            assertThat(warnings.count()).isOne();
            assertThat(following).isNotNull();
        }
    }

    @Test
    void aChangeThatCannotBeAppliedYetIsHeardAgainOnTheSameConnection() {
        var heard = new AtomicInteger();
        try (var warnings = Warnings.of(StreamFollower.class); var following = store().follow((change, at) -> {
            if (heard.incrementAndGet() < 4) {
                throw new StoreException("away", new TimeoutException());
            }
        })) {
            await(() -> readers().size() == 1);
            var reader = readers();
            store().tell(new Change.Removed(acme, List.of(1L)));
            await(() -> heard.get() == 4);
            await(() -> readers().size() == 1);
            assertThat(readers()).isEqualTo(reader);
            assertThat(warnings.count()).isOne();
            assertThat(following).isNotNull();
        }
    }

    /// Commands that were refused, which the log counts together.
    private long refusals() {
        return redis.with(client -> client.aclLog()).stream().mapToLong(entry -> (Long) entry.get("count")).sum();
    }

    private List<String> connectionsOf(String user) {
        return redis.with(client -> client.clientList()).lines().filter(line -> line.contains(" user=" + user + " "))
                .map(line -> line.substring(0, line.indexOf(' '))).toList();
    }

    @Test
    void aCacheThatIsClosedWhileItConnectsLeavesNoConnection() throws IOException {
        try (var relay = Relay.to(redis.port());
                var link = RedisLink.open("redis://127.0.0.1:" + relay.port(),
                        RedisOptions.DEFAULT.namespace("test"))) {
            var ours = cache(RedisEntryStore.over(link));
            await(() -> readers().size() == 1);
            var before = relay.connections();
            redis.with(client -> client.clientKill(KillArgs.Builder.id(readers().getFirst())));
            redis.hang();
            await(() -> relay.connections() > before);
            ours.close();
            redis.goOn();
            // The link's own one remains, beside the one that asks.
            await(() -> redis.with(client -> client.clientList()).lines().count() == 2);
        }
    }

    /// Connections that wait for changes.
    private List<Long> readers() {
        return redis.with(client -> client.clientList()).lines().filter(line -> line.contains(" cmd=xread ")).map(
                line -> Long.valueOf(line.substring("id=".length(), line.indexOf(' ')))).toList();
    }

    @Test
    void aChangeThatCannotBeAppliedIsPassedOver() {
        var store = store();
        try (var ours = cache()) {
            ours.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
            store.tell(new Change.DocumentAdded(acme, Vectors.draw(256, random)));
            store.tell(new Change.Removed(acme, List.of(asked.id())));
            await(() -> ours.size(acme) == 0);
            assertThat(ours.store(acme, asked, "Click again.", List.of(wiki), HOUR)).isTrue();
        }
    }

    @Test
    void aListenerThatFailsHearsTheNextChange() {
        var heard = new CopyOnWriteArrayList<Change>();
        var other = store();
        try (var following = store().follow((change, at) -> {
            heard.add(change);
            throw new IllegalStateException("a listener's own");
        })) {
            other.tell(new Change.Removed(acme, List.of(1L)));
            other.tell(new Change.Removed(acme, List.of(2L)));
            await(() -> heard.size() == 2);
            assertThat(following).isNotNull();
        }
    }

    @Test
    void verdictsAreShared() {
        try (var ours = cache(Threshold.Calibrated.usual()); var theirs = cache(Threshold.Calibrated.usual())) {
            ours.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
            for (var at = 0; at < 600; at++) {
                ours.feedback(ours.lookup(acme, near("What is the way to reset my password?", 0.95)), true);
            }
            await(() -> theirs.threshold(acme).isPresent() && theirs.threshold(acme).equals(ours.threshold(acme)));
        }
    }

    @Test
    void entriesExpireInRedisItself() {
        var store = store();
        try (var ours = cache(store)) {
            ours.store(acme, asked, "Soon gone.", List.of(), Duration.ofMillis(50));
        }
        await(() -> store.find(acme, List.of(asked.id())).isEmpty());
    }

    /// As where the clock of the cache is behind that of the store.
    @Test
    void anAnswerThatHasExpiredIsNotKeptAndTheCacheSaysSo() {
        try (var ours = SemanticCache.ofDimensions(384).threshold(new Threshold.SameText()).clock(Clock.offset(Clock
                .systemUTC(), HOUR.negated())).build(store(), generations)) {
            assertThat(ours.store(acme, asked, "Click on Forgot.", List.of(), Duration.ofMinutes(10))).isFalse();
        }
    }

    @Test
    void lossOfAllDataIsAMissAndNothingElse() {
        try (var ours = cache()) {
            ours.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
            redis.with(client -> client.flushall());
            assertThat(ours.lookup(acme, asked)).isInstanceOf(Lookup.Miss.class);
            assertThat(ours.store(acme, asked, "Click again.", List.of(wiki), HOUR)).isTrue();
            assertThat(ours.lookup(acme, asked)).isInstanceOf(Lookup.Hit.class);
        }
    }

    @Test
    void aRedisThatIsGoneIsAMiss() {
        try (var ours = cache()) {
            ours.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
            redis.kill();
            assertThat(ours.lookup(acme, asked)).isInstanceOfSatisfying(Lookup.Miss.class, miss -> assertThat(miss
                    .reason()).isEqualTo(Lookup.Reason.UNAVAILABLE));
            assertThat(ours.store(acme, asked, "Click again.", List.of(wiki), HOUR)).isFalse();
        }
    }

    @Test
    void aCacheThatStartsWithoutRedisServesOnceItIsThere() {
        redis.kill();
        try (var ours = cache(); var theirs = cache()) {
            assertThat(ours.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR)).isFalse();
            redis.restart();
            await(() -> ours.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR));
            await(() -> theirs.size(acme) == 1);
            assertThat(theirs.lookup(acme, asked)).isInstanceOf(Lookup.Hit.class);
        }
    }

    @Test
    void changesAreHeardAgainAfterRedisWasAway() {
        try (var ours = cache(); var theirs = cache()) {
            ours.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
            await(() -> theirs.size(acme) == 1);
            hearEachOtherAfterARestart(ours, theirs);
        }
    }

    /// What it missed may have ended any of its entries, so it begins anew with what is told still.
    @Test
    void aProcessThatMissedChangesForgetsWhatItKnew() {
        try (var ours = cache(Threshold.Calibrated.usual()); var theirs = cache(Threshold.Calibrated.usual())) {
            ours.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
            for (var at = 0; at < 600; at++) {
                ours.feedback(ours.lookup(acme, near("What is the way to reset my password?", 0.95)), true);
            }
            await(() -> theirs.size(acme) == 1 && theirs.threshold(acme).isPresent());
            redis.with(client -> client.del("test:semantic:changes"));
            var other = Question.of("another", Vectors.draw(384, random));
            assertThat(ours.store(acme, other, "Click elsewhere.", List.of(wiki), HOUR)).isTrue();
            for (var each : List.of(ours, theirs)) {
                await(() -> each.size(acme) == 1 && each.lookup(acme, other) instanceof Lookup.Hit);
                assertThat(each.lookup(acme, asked)).isInstanceOf(Lookup.Miss.class);
                assertThat(each.threshold(acme)).isEmpty();
            }
        }
    }

    @Test
    void aVerdictFailsNobodyWhileRedisIsAway() {
        try (var ours = cache(Threshold.Calibrated.usual())) {
            ours.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
            var refuted = near("What is the way to reset my password?", 0.95);
            var near = ours.lookup(acme, refuted);
            assertThat(near.found()).isPresent();
            redis.kill();
            ours.feedback(near, false);
            redis.restart();
            await(() -> ours.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR) && ours.lookup(acme, near(
                    "Show me the way to reset my password", 0.95)).found().isPresent());
            assertThat(ours.lookup(acme, refuted).found()).isEmpty();
        }
    }

    /// The list in docs/semantic-cache.md.
    @Test
    void theCommandsOfAStoreSuffice() {
        user("on", ">secret", "~test:semantic:*", "-@all", "+hello", "+info", "+ping", "+client", "+set", "+mget",
                "+del", "+xadd", "+xread", "+xrange", "+xrevrange", "+xlen", "+xtrim", "+memory");
        try (var theirs = cache();
                var link = RedisLink.open(weak(), RedisOptions.DEFAULT.namespace(
                        "test"))) {
            var store = RedisEntryStore.over(link);
            try (var ours = SemanticCache.ofDimensions(384).threshold(new Threshold.Fixed(0.9)).build(store,
                    generations)) {
                ours.store((Lookup.Miss) ours.lookup(acme, asked), answer("Old."));
                await(() -> theirs.size(acme) == 1);
                var large = new Change.DocumentAdded(acme, Vectors.draw(4096, random));
                for (var at = 0; at < 2_304; at++) {
                    store.tell(large);
                }
                ours.documentAdded(acme, Vectors.near(vector, 0.5, random));
                await(() -> theirs.size(acme) == 0);
            }
        }
        var refusals = redis.with(client -> client.aclLog());
        assertThat(refusals).isEmpty();
    }

    private String weak() {
        return redis.uri().replace("//", "//weak:secret@");
    }

    private void user(String... rights) {
        var words = new CommandArgs<>(StringCodec.UTF8).add("SETUSER").add("weak");
        List.of(rights).forEach(words::add);
        redis.with(client -> client.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), words));
    }

    private void hearEachOtherAfterARestart(SemanticCache ours, SemanticCache theirs) {
        redis.kill();
        redis.restart();
        hearEachOther(ours, theirs);
    }
}
