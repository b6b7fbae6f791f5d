package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.runtime.redis.RedisServer;
import dev.plimsoll.runtime.tag.Stamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A new document ends the answers that it may change, whichever process keeps or makes them.
@ParameterizedClass
@EnumSource
class RedisDocumentsTest extends RedisStores {
    RedisDocumentsTest(RedisServer.Kind kind) {
        super(kind);
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
}
