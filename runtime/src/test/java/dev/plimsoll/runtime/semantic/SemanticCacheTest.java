package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plimsoll.runtime.tag.Generations;
import dev.plimsoll.runtime.tag.LocalGenerations;
import dev.plimsoll.runtime.tag.Stamp;
import dev.plimsoll.runtime.tag.Tag;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticCacheTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final SplittableRandom random = new SplittableRandom(3);
    private final LocalGenerations generations = new LocalGenerations();
    private final LocalEntryStore store = new LocalEntryStore(1 << 25);
    private final SemanticCache cache = cache(new Threshold.Fixed(0.9));
    private final Scope acme = VectorIndexTest.scope("acme");
    private final Tag wiki = Tag.of("wiki");
    private final float[] vector = Vectors.draw(384, random);
    private final Question asked = Question.of("How do I reset my password?", vector);

    @Test
    void givesTheAnswerOfANearQuestion() {
        store("Click on Forgot.");
        var hit = hit(cache.lookup(acme, near("What is the way to reset my password?", 0.93)));
        assertThat(hit.answer()).isEqualTo("Click on Forgot.");
        assertThat(hit.exact()).isFalse();
        assertThat(hit.entry().similarity()).isBetween(0.9299, 0.9301);
    }

    @Test
    void givesNothingBelowTheThreshold() {
        store("Click on Forgot.");
        for (var trial = 0; trial < 1000; trial++) {
            var lookup = cache.lookup(acme, near("What is the way to reset my password?", 0.8999));
            assertThat(lookup).isInstanceOf(Lookup.Miss.class);
        }
    }

    @Test
    void theSameTextNeedsNoNearVector() {
        store("Click on Forgot.");
        var hit = hit(cache.lookup(acme, Question.of("  how do I reset my   password", Vectors.draw(384, random))));
        assertThat(hit.exact()).isTrue();
    }

    @Test
    void refusesANearQuestionThatMeansSomethingElse() {
        cache.store(acme, Question.of("Which plan has 5 users?", vector), "Small.", List.of(), HOUR);
        var miss = miss(cache.lookup(acme, near("Which plan has 50 users?", 0.99)));
        assertThat(miss.reason()).isEqualTo(Lookup.Reason.DIFFERENT_MEANING);
        assertThat(cache.counters().misses(Lookup.Reason.DIFFERENT_MEANING)).isOne();
    }

    @Test
    void givesNothingOfAnotherScope() {
        store("Click on Forgot.");
        assertThat(miss(cache.lookup(VectorIndexTest.scope("other"), asked)).reason()).isEqualTo(
                Lookup.Reason.NOTHING_NEAR);
    }

    @Test
    void givesNothingAfterItsTime() {
        store("Click on Forgot.");
        now.set(now.get().plus(HOUR).minusMillis(1));
        hit(cache.lookup(acme, asked));
        now.set(now.get().plusMillis(1));
        miss(cache.lookup(acme, asked));
    }

    @Test
    void givesNothingWhoseTagWasInvalidated() {
        store("Click on Forgot.");
        generations.invalidate(List.of(wiki));
        miss(cache.lookup(acme, near("What is the way to reset my password?", 0.95)));
        miss(cache.lookup(acme, asked));
        assertThat(cache.size(acme)).isZero();
        assertThat(store.bytes()).isZero();
        assertThat(cache.counters().stale()).isOne();
    }

    /// As when the Redis that counts them does not answer for a moment.
    @Test
    void keepsWhatItCannotGiveWhileNobodyKnowsWhetherATagWasInvalidated() {
        var known = new AtomicBoolean(true);
        var cache = SemanticCache.ofDimensions(384).threshold(new Threshold.Fixed(0.9)).build(store, new Generations() {
            @Override
            public Stamp stamp(Collection<Tag> tags) {
                return generations.stamp(tags);
            }

            @Override
            public boolean isCurrent(Stamp stamp) {
                return known.get() && generations.isCurrent(stamp);
            }

            @Override
            public boolean isOutdated(Stamp stamp) {
                return known.get() && !generations.isCurrent(stamp);
            }

            @Override
            public void invalidate(Collection<Tag> tags) {
                generations.invalidate(tags);
            }
        });
        cache.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
        known.set(false);
        miss(cache.lookup(acme, asked));
        assertThat(cache.counters().stale()).isZero();
        known.set(true);
        assertThat(hit(cache.lookup(acme, asked)).answer()).isEqualTo("Click on Forgot.");
    }

    @Test
    void keepsNoAnswerWhoseTagWasInvalidatedWhileItWasMade() {
        var miss = miss(cache.lookup(acme, asked));
        var stamp = generations.stamp(List.of(wiki));
        generations.invalidate(List.of(wiki));
        assertThat(cache.store(miss, new Answer("Old.", stamp, HOUR, OptionalDouble.empty()))).isFalse();
        miss(cache.lookup(acme, asked));
    }

    @Test
    void aNewDocumentEndsTheAnswersThatItMayChange() {
        var stamp = generations.stamp(List.of(wiki));
        cache.store(miss(cache.lookup(acme, asked)), new Answer("Click.", stamp, HOUR, OptionalDouble.of(0.4)));
        assertThat(cache.documentAdded(acme, Vectors.near(vector, 0.39, random))).isZero();
        hit(cache.lookup(acme, asked));
        assertThat(cache.documentAdded(acme, Vectors.near(vector, 0.41, random))).isOne();
        miss(cache.lookup(acme, asked));
    }

    @Test
    void keepsNoAnswerThatADocumentAddedMeanwhileMayChange() {
        var miss = miss(cache.lookup(acme, asked));
        var stamp = generations.stamp(List.of(wiki));
        cache.documentAdded(acme, Vectors.near(vector, 0.5, random));
        assertThat(cache.store(miss, new Answer("Old.", stamp, HOUR, OptionalDouble.of(0.4)))).isFalse();
        var later = miss(cache.lookup(acme, asked));
        assertThat(cache.store(later, new Answer("New.", stamp, HOUR, OptionalDouble.of(0.4)))).isTrue();
    }

    /// Whose place among the changes nobody knows.
    @Test
    void keepsNoAnswerThatWasBegunBeforeADocumentThatCouldNotBeTold() {
        var away = new AtomicBoolean();
        var cache = over(new Standing(store) {
            @Override
            public Position tell(Change change) {
                if (away.get()) {
                    throw new StoreException("away", new TimeoutException());
                }
                return super.tell(change);
            }
        });
        var miss = miss(cache.lookup(acme, asked));
        away.set(true);
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> cache.documentAdded(acme, Vectors.near(vector,
                0.5, random)));
        away.set(false);
        var answer = new Answer("Click.", Stamp.NONE, HOUR, OptionalDouble.of(0.4));
        assertThat(cache.store(miss, answer)).isFalse();
        assertThat(cache.store(miss(cache.lookup(acme, asked)), answer)).isTrue();
    }

    @Test
    void aNewDocumentEndsAnswersAtTheEdgeThatTheStoreCannotTellOf() {
        var away = new AtomicBoolean();
        var removed = new ArrayList<Long>();
        var cache = over(new Standing(store) {
            @Override
            public List<Entry> find(Scope scope, Collection<Long> ids) {
                if (away.get()) {
                    throw new StoreException("away", new TimeoutException());
                }
                return super.find(scope, ids);
            }

            @Override
            public void remove(Scope scope, Collection<Long> ids) {
                removed.addAll(ids);
                super.remove(scope, ids);
            }
        });
        cache.store(miss(cache.lookup(acme, asked)), new Answer("Click.", Stamp.NONE, HOUR, OptionalDouble.of(0.4)));
        away.set(true);
        assertThat(cache.documentAdded(acme, Vectors.near(vector, 0.41, random))).isOne();
        away.set(false);
        miss(cache.lookup(acme, asked));
        assertThat(removed).containsExactly(asked.id());
    }

    /// However many there are, the store answers in time.
    @Test
    void aNewDocumentReadsAndRemovesAFewHundredAnswersAtOnce() {
        var atOnce = new ArrayList<Integer>();
        var cache = over(new Standing(store) {
            @Override
            public List<Entry> find(Scope scope, Collection<Long> ids) {
                atOnce.add(ids.size());
                return super.find(scope, ids);
            }

            @Override
            public void remove(Scope scope, Collection<Long> ids) {
                atOnce.add(ids.size());
                super.remove(scope, ids);
            }
        });
        for (var at = 0; at < 600; at++) {
            var question = Question.of("question " + at, Vectors.near(vector, 0.41, random));
            cache.store(miss(cache.lookup(acme, question)), new Answer("Click.", Stamp.NONE, HOUR, OptionalDouble.of(
                    0.4)));
        }
        assertThat(cache.documentAdded(acme, vector)).isEqualTo(600);
        assertThat(cache.size(acme)).isZero();
        assertThat(store.bytes()).isZero();
        assertThat(atOnce).allMatch(ids -> ids <= 256);
    }

    @Test
    void aNewDocumentNeedsNotReadAnswersWhoseSourcesAreUnknown() {
        var cache = over(new Standing(store) {
            @Override
            public List<Entry> find(Scope scope, Collection<Long> ids) {
                throw new AssertionError("nothing is to be read");
            }
        });
        for (var at = 0; at < 600; at++) {
            cache.store(acme, Question.of("question " + at, Vectors.draw(384, random)), "a", List.of(), HOUR);
        }
        assertThat(cache.documentAdded(acme, vector)).isEqualTo(600);
    }

    private SemanticCache over(EntryStore other) {
        return SemanticCache.ofDimensions(384).threshold(new Threshold.SameText()).build(other, generations);
    }

    @Test
    void neverGivesAQuestionAnAnswerThatWasWrongForIt() {
        store("Click on Forgot.");
        var similar = near("What is the way to reset my password?", 0.95);
        cache.feedback(cache.lookup(acme, similar), false);
        miss(cache.lookup(acme, similar));
        hit(cache.lookup(acme, near("Show me the way to reset my password", 0.95)));
    }

    @Test
    void neverGivesTheSameTextAnAnswerThatWasWrongForIt() {
        store("Click on Forgot.");
        cache.feedback(hit(cache.lookup(acme, asked)), false);
        miss(cache.lookup(acme, asked));
    }

    @Test
    void givesAQuestionTheAnswerThatWasMadeAnewAfterAWrongOne() {
        store("Click on Forgot.");
        cache.feedback(hit(cache.lookup(acme, asked)), false);
        var anew = new Answer("Call us.", generations.stamp(List.of(wiki)), HOUR, OptionalDouble.empty());
        assertThat(cache.store(miss(cache.lookup(acme, asked)), anew)).isTrue();
        assertThat(hit(cache.lookup(acme, asked)).answer()).isEqualTo("Call us.");
    }

    @Test
    void withoutVerdictsOnlyTheSameTextIsGivenAndOthersAreOfferedForJudgement() {
        var calibrated = cache(Threshold.Calibrated.usual());
        calibrated.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
        hit(calibrated.lookup(acme, asked));
        var miss = miss(calibrated.lookup(acme, near("What is the way to reset my password?", 0.95)));
        assertThat(miss.reason()).isEqualTo(Lookup.Reason.NOT_CALIBRATED);
        assertThat(miss.found().orElseThrow().entry().answer()).isEqualTo("Click on Forgot.");
    }

    @Test
    void verdictsOpenTheScopeAndOnlyTheScope() {
        var calibrated = cache(Threshold.Calibrated.usual());
        calibrated.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
        for (var at = 0; at < 600; at++) {
            calibrated.feedback(calibrated.lookup(acme, near("What is the way to reset my password?", 0.95)), true);
        }
        assertThat(calibrated.threshold(acme)).isPresent();
        assertThat(calibrated.threshold(VectorIndexTest.scope("other"))).isEmpty();
        hit(calibrated.lookup(acme, near("What is the way to reset my password?", 0.95)));
    }

    @Test
    void aVerdictGivenAgainCountsOnce() {
        var calibrated = cache(Threshold.Calibrated.usual());
        calibrated.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
        var lookup = miss(calibrated.lookup(acme, near("What is the way to reset my password?", 0.95)));
        for (var at = 0; at < 600; at++) {
            calibrated.feedback(lookup, true);
        }
        assertThat(calibrated.threshold(acme)).isEmpty();
    }

    @Test
    void aComplaintAfterPraiseStillKeepsThePairApart() {
        store("Click on Forgot.");
        var similar = near("What is the way to reset my password?", 0.95);
        var lookup = cache.lookup(acme, similar);
        cache.feedback(lookup, true);
        cache.feedback(lookup, false);
        miss(cache.lookup(acme, similar));
    }

    @Test
    void praiseThatNobodyAskedForProvesNothing() {
        var calibrated = cache(Threshold.Calibrated.usual());
        calibrated.store(acme, asked, "Click on Forgot.", List.of(wiki), HOUR);
        for (var at = 0; at < 600; at++) {
            calibrated.feedback(calibrated.lookup(acme, asked), true);
        }
        assertThat(calibrated.threshold(acme)).isEmpty();
    }

    /// Whoever complains was asked by nobody, and still says the truth.
    @Test
    void complaintsAboutWhatWasGivenTakeThePermissionBack() {
        var calibrated = open(Threshold.Calibrated.usual());
        for (var at = 0; at < 100; at++) {
            calibrated.feedback(calibrated.lookup(acme, near("complaint " + at, 0.95)), false);
        }
        assertThat(calibrated.threshold(acme)).isEmpty();
    }

    @Test
    void aShareOfNearQuestionsIsStillCheckedOnceThereIsAThreshold() {
        var calibrated = open(new Threshold.Calibrated(0.01, 0.05, 0.5));
        var checked = 0;
        for (var at = 0; at < 400; at++) {
            if (calibrated.lookup(acme, near("question " + at, 0.95)) instanceof Lookup.Miss miss) {
                assertThat(miss.reason()).isEqualTo(Lookup.Reason.CHECKED);
                assertThat(miss.found()).isPresent();
                checked++;
            }
        }
        assertThat(checked).isBetween(100, 300);
    }

    /// A cache with an entry whose scope has its threshold, for which words do not matter.
    private SemanticCache open(Threshold threshold) {
        var calibrated = SemanticCache.ofDimensions(384).threshold(threshold).veto((asked, stored) -> false).random(
                new SplittableRandom(1)).build(store, generations);
        assertThat(calibrated.store(acme, this.asked, "Click on Forgot.", List.of(wiki), HOUR)).isTrue();
        for (var at = 0; at < 2_000 && calibrated.threshold(acme).isEmpty(); at++) {
            calibrated.feedback(calibrated.lookup(acme, near("verdict " + at, 0.95)), true);
        }
        assertThat(calibrated.threshold(acme)).isPresent();
        return calibrated;
    }

    @Test
    void itsIndexTakesNoMoreThanItsBytes() {
        var small = SemanticCache.ofDimensions(384).indexBytes(1 << 18).build(store, generations);
        for (var at = 0; at < 3_000; at++) {
            small.store(acme, Question.of("question " + at, Vectors.draw(384, random)), "answer", List.of(), HOUR);
        }
        assertThat(small.indexBytes()).isBetween(1L << 17, 1L << 18);
        assertThat(small.size()).isLessThan(3_000);
    }

    @Test
    void saysThatItDidNotKeepAnAnswerThatIsTooLarge() {
        var small = over(new LocalEntryStore(1 << 16));
        assertThat(small.store(acme, asked, "x".repeat(1 << 15), List.of(), HOUR)).isFalse();
        assertThat(small.size()).as("for which others made no room").isZero();
        miss(small.lookup(acme, asked));
    }

    @Test
    void keepsAnAnswerForeverForTenYears() {
        assertThat(cache.store(acme, asked, "Click.", List.of(), ChronoUnit.FOREVER.getDuration())).isTrue();
        now.set(now.get().plus(Duration.ofDays(3_649)));
        hit(cache.lookup(acme, asked));
        now.set(now.get().plus(Duration.ofDays(1)));
        miss(cache.lookup(acme, asked));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1.1, -1.1})
    void anAnswersWeakestSimilarityIsACosine(double similarity) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Answer("Click.", Stamp.NONE, HOUR, OptionalDouble.of(
                similarity))).withMessage("the similarity of a source is from -1 to 1, not " + similarity);
    }

    @Test
    void aScopeIsOfWholeCharacters() {
        assertThatIllegalArgumentException().isThrownBy(() -> VectorIndexTest.scope("\ud800")).withMessage(
                "a part of a scope is no valid text: it has half of a character");
        assertThat(VectorIndexTest.scope("\ud83d\ude00")).isNotEqualTo(VectorIndexTest.scope("??"));
    }

    /// In time that grows with the text, not with its square.
    @Test
    @Timeout(30)
    void aLongTextOfMarksIsReadToItsEnd() {
        var marks = "!".repeat(2_000_000);
        assertThat(Question.normalised(marks + "A")).hasSize(2_000_001);
        assertThat(Question.normalised("How ?" + marks)).isEqualTo("how");
    }

    /// Accents of two sorts by turns, which have to be sorted.
    @Test
    @Timeout(30)
    void aLongTextOfAccentsIsReadToItsEnd() {
        var accents = "\u0301\u0316".repeat(500_000);
        assertThat(Question.normalised("E" + accents + "?")).isEqualTo("e" + accents);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-", "a'", "a/", "7", "7,000", "7.", "-", "$", "!", "A B C ", "ab cd ef gh ij kl mn ",
            "Alice Bob Carol Dave ", "increase decrease ", "e\u0301\u0316", "\ud83d\ude00 "})
    @Timeout(120)
    void aHostileTextOfAMegabyteIsFoundByItselfAndNearNothing(String piece) {
        var text = "What is " + piece.repeat((1 << 20) / piece.length()) + " worth";
        cache.store(acme, Question.of(text, vector), "Much.", List.of(), HOUR);
        assertThat(hit(cache.lookup(acme, Question.of(text, vector))).exact()).isTrue();
        var near = miss(cache.lookup(acme, near(text + " please", 0.99)));
        assertThat(near.reason()).isEqualTo(Lookup.Reason.DIFFERENT_MEANING);
    }

    @Test
    void aLookupFetchesNoMoreLookalikesThanItSays() {
        var fetched = new AtomicInteger();
        var counting = (EntryStore) Proxy.newProxyInstance(EntryStore.class.getClassLoader(), new Class<?>[]{
                EntryStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("find")) {
                        fetched.addAndGet(((Collection<?>) arguments[1]).size());
                    }
                    return method.invoke(store, arguments);
                });
        var counted = SemanticCache.ofDimensions(384).threshold(new Threshold.Fixed(0.9)).build(counting, generations);
        for (var number = 0; number < 300; number++) {
            counted.store(acme, near("Lookalike " + number + "?", 0.899), "Much.", List.of(), HOUR);
        }
        fetched.set(0);
        assertThat(counted.lookup(acme, Question.of("What is asked?", vector))).isInstanceOf(Lookup.Miss.class);
        assertThat(fetched).hasValueGreaterThan(64).hasValueLessThanOrEqualTo(Search.AT_MOST);
    }

    /// As many different words as fit into what is still compared, with as many lookalikes as a lookup looks at.
    @ParameterizedTest
    @CsvSource({"AB,0", "ab,0", "ab,300", "cdefab,300"})
    @Timeout(120)
    void aHostileTextIsComparedWithAllItsLookalikes(String shape, int shift) {
        for (var number = 0; number < Search.AT_MOST; number++) {
            cache.store(acme, near(words(shape, shift) + " Oslo beats Rome" + ",".repeat(number), 0.99), "Much.", List
                    .of(), HOUR);
        }
        assertThat(cache.size(acme)).isEqualTo(Search.AT_MOST);
        var lookup = cache.lookup(acme, Question.of(words(shape, 0) + " Rome beats Oslo", vector));
        assertThat(miss(lookup).reason()).isEqualTo(Lookup.Reason.DIFFERENT_MEANING);
    }

    private static String words(String shape, int from) {
        var stem = shape.substring(0, shape.length() - 2);
        var letter = shape.charAt(shape.length() - 2);
        return IntStream.range(from, from + 420 / (shape.length() + 1)).mapToObj(number -> stem + Character.toString(
                letter + number % 26) + Character.toString(letter + number / 26)).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "What is 10\u00b2 in words?|What is 102 in words?",
            "What is 10\u2076?|What is 106?",
            "What is 2\u2075?|What is 25?",
            "What is 1\u00bd?|What is 11\u20442?",
            "What does \u2460 mean?|What does 1 mean?",
            "What is 5!?|What is 5?"})
    void whatOnlyLooksAlikeIsNotTheSameText(String one, String other) {
        assertThat(Question.normalised(one)).isNotEqualTo(Question.normalised(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Where is Caf\u00e9 5\u00a0?", "where is Cafe\u0301 5", "\u3000Where\u2003is Caf\u00e9 5\uff1f",
                    "Where is\u202fCaf\u00e9 5 \u2026", "Where is\tCaf\u00e9\r\n5?!"})
    void spacesAndAccentsOfAllSortsAreTheSameText(String text) {
        assertThat(Question.normalised(text)).isEqualTo("where is Caf\u00e9 5");
    }

    @Test
    void namesTheDimensionsItIsFor() {
        assertThatIllegalArgumentException().isThrownBy(() -> cache.lookup(acme, Question.of("Hello", new float[]{1})))
                .withMessage("the cache is for 384 dimensions, not 1");
    }

    private SemanticCache cache(Threshold threshold) {
        var clock = new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        return SemanticCache.ofDimensions(384).threshold(threshold).clock(clock).random(new SplittableRandom(1)).build(
                store, generations);
    }

    private void store(String answer) {
        assertThat(cache.store(acme, asked, answer, List.of(wiki), HOUR)).isTrue();
    }

    private Question near(String text, double cosine) {
        return Question.of(text, Vectors.near(vector, cosine, random));
    }

    private static Lookup.Hit hit(Lookup lookup) {
        assertThat(lookup).isInstanceOf(Lookup.Hit.class);
        return (Lookup.Hit) lookup;
    }

    private static Lookup.Miss miss(Lookup lookup) {
        assertThat(lookup).isInstanceOf(Lookup.Miss.class);
        return (Lookup.Miss) lookup;
    }
}
