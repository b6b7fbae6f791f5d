package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.runtime.net.Relay;
import dev.plimsoll.runtime.redis.RedisLink;
import dev.plimsoll.runtime.redis.RedisOptions;
import dev.plimsoll.runtime.redis.RedisServer;
import dev.plimsoll.runtime.tag.LocalGenerations;
import dev.plimsoll.runtime.tag.Stamp;
import dev.plimsoll.runtime.tag.Tag;
import io.lettuce.core.KillArgs;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class RedisEntryStoreTest {
    private static final String CHANGES = "test:semantic:changes";
    private static final Duration HOUR = Duration.ofHours(1);
    private final SplittableRandom random = new SplittableRandom(4);
    private final LocalGenerations generations = new LocalGenerations();
    private final Scope acme = VectorIndexTest.scope("acme");
    private final float[] vector = Vectors.draw(384, random);
    private final Question asked = Question.of("How do I reset my password?", vector);
    private final Tag wiki = Tag.of("wiki");
    private final RedisServer.Kind kind;
    private RedisServer redis;
    private final List<RedisLink> links = new ArrayList<>();

    RedisEntryStoreTest(RedisServer.Kind kind) {
        this.kind = kind.installed();
    }

    @BeforeEach
    void start() {
        redis = RedisServer.start(kind);
    }

    @AfterEach
    void stop() {
        links.forEach(RedisLink::close);
        redis.close();
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

    @Test
    void aDocumentAddedByOneProcessEndsTheAnswersOfAll() {
        try (var ours = cache(); var theirs = cache()) {
            var miss = (Lookup.Miss) ours.lookup(acme, asked);
            ours.store(miss, new Answer("Old.", Stamp.NONE, HOUR, OptionalDouble.of(0.4)));
            await(() -> theirs.size(acme) == 1);
            theirs.documentAdded(acme, Vectors.near(vector, 0.5, random));
            await(() -> ours.size(acme) == 0);
            assertThat(ours.lookup(acme, asked)).isInstanceOf(Lookup.Miss.class);
        }
    }

    @Test
    void aProcessThatStartsLaterEndsNoAnswerThatWasMadeAnewSince() {
        try (var ours = cache()) {
            ours.store((Lookup.Miss) ours.lookup(acme, asked), answer("Old."));
            ours.documentAdded(acme, Vectors.near(vector, 0.5, random));
            ours.store((Lookup.Miss) ours.lookup(acme, asked), answer("New."));
            try (var theirs = cache()) {
                ours.store(acme, Question.of("the last one", Vectors.draw(384, random)), "a", List.of(), HOUR);
                await(() -> theirs.size(acme) == 2);
                assertThat(theirs.lookup(acme, asked)).isInstanceOfSatisfying(Lookup.Hit.class, hit -> assertThat(hit
                        .answer()).isEqualTo("New."));
            }
            assertThat(ours.lookup(acme, asked)).isInstanceOf(Lookup.Hit.class);
        }
    }

    @Test
    void anAnswerThatItsMakerStoredBeforeItHeardOfADocumentEndsEverywhere() {
        var store = store();
        try (var ours = cache()) {
            var miss = (Lookup.Miss) ours.lookup(acme, asked);
            store.tell(new Change.DocumentAdded(acme, Vectors.near(vector, 0.5, random)));
            ours.store(miss, answer("Old."));
            await(() -> ours.size(acme) == 0 && store.find(acme, List.of(asked.id())).isEmpty());
        }
    }

    /// As when its maker is gone before it hears of the document.
    @Test
    void anAnswerThatWasBegunBeforeADocumentIsTakenInByNobody() {
        var maker = store();
        var other = Question.of("another", Vectors.draw(384, random));
        try (var ours = cache(); var following = maker.follow((change, at) -> {
        })) {
            var begun = maker.position();
            ours.documentAdded(acme, Vectors.near(vector, 0.5, random));
            maker.put(Entry.of(acme, asked, answer("Old."), Instant.now(), begun));
            maker.put(Entry.of(acme, other, answer("Unaffected."), Instant.now(), begun));
            try (var later = cache()) {
                for (var each : List.of(ours, later)) {
                    await(() -> each.lookup(acme, other) instanceof Lookup.Hit);
                    assertThat(each.lookup(acme, asked)).isInstanceOf(Lookup.Miss.class);
                }
            }
            assertThat(following).isNotNull();
        }
    }

    @Test
    void anOldAnswerInPlaceOfTheOneMadeAnewIsNotGiven() {
        var maker = store();
        try (var ours = cache(); var following = maker.follow((change, at) -> {
        })) {
            var begun = maker.position();
            ours.documentAdded(acme, Vectors.near(vector, 0.5, random));
            assertThat(ours.store((Lookup.Miss) ours.lookup(acme, asked), answer("New."))).isTrue();
            maker.put(Entry.of(acme, asked, answer("Old."), Instant.now(), begun));
            await(() -> ours.size(acme) == 0);
            assertThat(following).isNotNull();
        }
    }

    @Test
    void anAnswerThatADocumentEndedDoesNotComeBackWithAnOlderSnapshot() {
        try (var ours = cache()) {
            ours.store((Lookup.Miss) ours.lookup(acme, asked), answer("Old."));
            redis.with(client -> client.save());
            ours.documentAdded(acme, Vectors.near(vector, 0.5, random));
            redis.kill();
            redis.restart();
            try (var later = cache()) {
                hearEachOther(ours, later);
                for (var each : List.of(ours, later)) {
                    assertThat(each.lookup(acme, asked)).isInstanceOf(Lookup.Miss.class);
                }
            }
        }
    }

    /// Redis may keep an entry and say so too late.
    @Test
    void anAnswerThatWasKeptWithoutConfirmationEndsEverywhereOnceItsMakerHearsOfADocument() {
        var others = store();
        var late = new Standing(store()) {
            @Override
            public void put(Entry entry) {
                others.tell(new Change.DocumentAdded(acme, Vectors.near(vector, 0.5, random)));
                super.put(entry);
                throw new StoreException("too late", new TimeoutException());
            }
        };
        try (var ours = cache(late)) {
            assertThat(ours.store((Lookup.Miss) ours.lookup(acme, asked), answer("Old."))).isFalse();
            await(() -> ours.size(acme) == 0 && others.find(acme, List.of(asked.id())).isEmpty());
        }
    }

    @Test
    void anAnswerThatCannotBeRemovedNowIsRemovedLater() {
        var others = store();
        var away = new AtomicBoolean();
        var added = new AtomicReference<Runnable>();
        var late = new Standing(store()) {
            @Override
            public void put(Entry entry) {
                added.getAndSet(() -> {
                }).run();
                super.put(entry);
            }

            @Override
            public void remove(Scope scope, Collection<Long> ids) {
                if (away.getAndSet(false)) {
                    throw new StoreException("away", new TimeoutException());
                }
                super.remove(scope, ids);
            }
        };
        try (var ours = cache(late)) {
            var miss = (Lookup.Miss) ours.lookup(acme, asked);
            added.set(() -> ours.documentAdded(acme, Vectors.near(vector, 0.5, random)));
            away.set(true);
            assertThat(ours.store(miss, answer("Old."))).isFalse();
            assertThat(others.find(acme, List.of(asked.id()))).hasSize(1);
            ours.store(acme, Question.of("another", Vectors.draw(384, random)), "a", List.of(), HOUR);
            assertThat(others.find(acme, List.of(asked.id()))).isEmpty();
        }
    }

    @Test
    void aStoreThatRemovesNothingKeepsNobodyFromHearing() {
        var refusing = new Standing(store()) {
            @Override
            public void remove(Scope scope, Collection<Long> ids) {
                throw new StoreException("not allowed", new TimeoutException());
            }
        };
        var other = Question.of("another", Vectors.draw(384, random));
        try (var ours = cache(refusing); var theirs = cache()) {
            ours.store((Lookup.Miss) ours.lookup(acme, asked), answer("Old."));
            await(() -> theirs.size(acme) == 1);
            theirs.documentAdded(acme, Vectors.near(vector, 0.5, random));
            await(() -> ours.size(acme) == 0);
            theirs.store(acme, other, "Click elsewhere.", List.of(), HOUR);
            await(() -> ours.lookup(acme, other) instanceof Lookup.Hit);
            assertThat(ours.store(acme, asked, "Click on Forgot.", List.of(), HOUR)).isTrue();
        }
    }

    @Test
    void aDocumentThatCannotBeToldEndsTheAnswersOfItsProcessAndIsToldByTheNextCall() {
        var document = Vectors.near(vector, 0.5, random);
        try (var ours = cache(); var theirs = cache()) {
            ours.store((Lookup.Miss) ours.lookup(acme, asked), answer("Old."));
            await(() -> theirs.size(acme) == 1);
            redis.hang();
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> ours.documentAdded(acme, document));
            assertThat(ours.size(acme)).isZero();
            redis.goOn();
            await(() -> isTold(ours, document));
            await(() -> theirs.size(acme) == 0);
        }
    }

    @Test
    void theOthersEndTheAnswersOfADocumentThatCouldNotBeToldOnceTheStoreAnswers() {
        var away = new AtomicBoolean();
        var failing = new Standing(store()) {
            @Override
            public Position tell(Change change) {
                throw new StoreException("away", new TimeoutException());
            }

            @Override
            public void remove(Scope scope, Collection<Long> ids) {
                if (away.getAndSet(false)) {
                    throw new StoreException("away", new TimeoutException());
                }
                super.remove(scope, ids);
            }
        };
        try (var ours = cache(failing); var theirs = cache()) {
            ours.store((Lookup.Miss) ours.lookup(acme, asked), answer("Old."));
            await(() -> theirs.size(acme) == 1);
            away.set(true);
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> ours.documentAdded(acme, Vectors.near(
                    vector, 0.5, random)));
            ours.store(acme, Question.of("another", Vectors.draw(384, random)), "a", List.of(), HOUR);
            await(() -> theirs.lookup(acme, asked) instanceof Lookup.Miss && theirs.size(acme) == 1);
        }
    }

    /// As when there are too many of them to be read in time.
    @Test
    void aProcessThatCannotReadTheAnswersThatADocumentMayChangeEndsThemAndHearsOn() {
        var away = new AtomicBoolean();
        var failing = new Standing(store()) {
            @Override
            public List<Entry> find(Scope scope, Collection<Long> ids) {
                if (away.get()) {
                    throw new StoreException("too late", new TimeoutException());
                }
                return super.find(scope, ids);
            }
        };
        try (var ours = cache(); var theirs = cache(failing)) {
            ours.store((Lookup.Miss) ours.lookup(acme, asked), answer("Old."));
            await(() -> theirs.size(acme) == 1);
            away.set(true);
            ours.documentAdded(acme, Vectors.near(vector, 0.41, random));
            await(() -> theirs.size(acme) == 0);
            away.set(false);
            var other = Question.of("another", Vectors.draw(384, random));
            ours.store(acme, other, "Click elsewhere.", List.of(), HOUR);
            await(() -> theirs.lookup(acme, other) instanceof Lookup.Hit);
        }
    }

    private boolean isTold(SemanticCache cache, float[] document) {
        try {
            return cache.documentAdded(acme, document) == 0;
        } catch (StoreException notYet) {
            return false;
        }
    }

    @Test
    void aDocumentIsFewChangesHoweverManyAnswersAndProcesses() {
        var document = Vectors.draw(384, random);
        try (var first = cache(); var second = cache(); var third = cache()) {
            for (var at = 0; at < 300; at++) {
                first.store((Lookup.Miss) first.lookup(acme, Question.of("question " + at, Vectors.near(document, 0.9,
                        random))), answer("Old."));
            }
            await(() -> second.size(acme) == 300 && third.size(acme) == 300);
            var before = changes();
            second.documentAdded(acme, document);
            await(() -> first.size(acme) == 0 && second.size(acme) == 0 && third.size(acme) == 0);
            second.store(acme, asked, "The last one.", List.of(), HOUR);
            await(() -> first.size(acme) == 1 && third.size(acme) == 1);
            assertThat(changes() - before).isLessThan(20);
        }
    }

    private long changes() {
        return redis.with(client -> client.xlen(CHANGES));
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
    void manyDocumentsDoNotFillRedis() {
        var store = store();
        var document = new Change.DocumentAdded(acme, Vectors.draw(4096, random));
        for (var at = 0; at < 4_000; at++) {
            store.tell(document);
        }
        assertThat(redis.<Long>with(client -> client.memoryUsage(CHANGES))).isBetween(20L << 20,
                40L << 20);
    }

    /// Such as many that live for a short time.
    @Test
    void fewDocumentsOfManyProcessesDoNotFillRedis() {
        var document = new Change.DocumentAdded(acme, Vectors.draw(4096, random));
        store();
        for (var process = 0; process < 30; process++) {
            var store = RedisEntryStore.over(links.getFirst());
            for (var at = 0; at < 100; at++) {
                store.tell(document);
            }
        }
        assertThat(redis.<Long>with(client -> client.memoryUsage(CHANGES))).isBetween(20L << 20, 40L << 20);
    }

    private static Answer answer(String text) {
        return new Answer(text, Stamp.NONE, HOUR, OptionalDouble.of(0.4));
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

    private void hearEachOther(SemanticCache ours, SemanticCache theirs) {
        var other = Question.of("another", Vectors.draw(384, random));
        await(() -> ours.store(acme, other, "Click elsewhere.", List.of(wiki), HOUR));
        await(() -> theirs.lookup(acme, other) instanceof Lookup.Hit);
    }

    private SemanticCache cache() {
        return cache(new Threshold.Fixed(0.9));
    }

    private SemanticCache cache(Threshold threshold) {
        return cache(threshold, store());
    }

    private SemanticCache cache(EntryStore store) {
        return cache(new Threshold.Fixed(0.9), store);
    }

    private SemanticCache cache(Threshold threshold, EntryStore store) {
        return SemanticCache.ofDimensions(384).threshold(threshold).build(store, generations);
    }

    /// Over a link of its own, as another process has.
    private RedisEntryStore store() {
        var link = RedisLink.open(redis.uri(), RedisOptions.DEFAULT.namespace("test"));
        links.add(link);
        return RedisEntryStore.over(link);
    }

    private Question near(String text, double cosine) {
        return Question.of(text, Vectors.near(vector, cosine, random));
    }

    private static void await(BooleanSupplier condition) {
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
