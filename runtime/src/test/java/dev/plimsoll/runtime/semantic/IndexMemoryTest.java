package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What becomes of other scopes when memory is short.
class IndexMemoryTest {
    private static final long NOW = 1_000_000;
    private static final long LATER = NOW + 100_000_000;
    private static final long LIMIT = 2L << 20;
    private final SplittableRandom random = new SplittableRandom(14);
    private final VectorIndex index = new VectorIndex(128, 14, LIMIT);
    private final Scope acme = VectorIndexTest.scope("acme");
    private final Scope other = VectorIndexTest.scope("other");

    @Test
    void newScopesTakeFromTheLargestNoMoreThanTheyNeed() {
        fill(acme, LATER, NOW);
        var full = index.size(acme);
        for (var at = 0; at < 15; at++) {
            put(VectorIndexTest.scope("new " + at), 1, LATER, NOW);
        }
        assertThat(IntStream.range(0, 15)).allMatch(at -> index.size(VectorIndexTest.scope("new " + at)) == 1);
        assertThat(index.size(acme)).isGreaterThan(full - 3 * Pieces.LARGEST);
    }

    @Test
    void ofScopesThatTakeTheSameTheOneGivesWhoseEntriesExpireFirst() {
        var scopes = 0;
        for (; index.bytes() + Piece.bytes(64, 128) <= LIMIT; scopes++) {
            put(VectorIndexTest.scope("tenant " + scopes), 1, LATER + (scopes + 7) % 11, NOW);
        }
        put(other, 1, LATER, NOW);
        assertThat(index.size()).isEqualTo(scopes);
        assertThat(index.size(other)).isOne();
        assertThat(IntStream.range(0, scopes).filter(at -> index.size(VectorIndexTest.scope("tenant " + at)) == 0))
                .allMatch(at -> (at + 7) % 11 == 0);
    }

    @Test
    void whatHasExpiredInOtherScopesGoesBeforeWhatLives() {
        put(other, 0, LATER, NOW);
        fill(acme, NOW + 10, NOW);
        for (var id = 1; id <= 2_000; id++) {
            put(other, id, LATER, NOW + 2_000);
        }
        assertThat(index.size(other)).isEqualTo(2_001);
        assertThat(index.size(acme)).isZero();
    }

    @Test
    void aFewThatLiveForLongDoNotHoldThePiecesOfAllThatExpired() {
        var slots = fill(acme, NOW + 10, NOW);
        for (var id = 0; id < slots; id += 500) {
            put(acme, id, LATER, NOW);
        }
        var living = living(slots);
        for (var at = 0; at < 40; at++) {
            for (var id = 0; id < 40; id++) {
                put(VectorIndexTest.scope("new " + at), id, LATER, NOW + 2_000);
            }
        }
        assertThat(IntStream.range(0, 40)).allMatch(at -> index.size(VectorIndexTest.scope("new " + at)) == 40);
        assertThat(living).isPositive();
        assertThat(living(slots)).isEqualTo(living);
        assertThat(index.bytes()).isLessThan(LIMIT / 2);
    }

    private long living(int slots) {
        return IntStream.range(0, slots).filter(id -> index.contains(acme, id, NOW + 2_000)).count();
    }

    @Test
    void whatMovesToAnotherPieceIsFoundAsBefore() {
        var vectors = IntStream.range(0, 3_000).mapToObj(id -> Vectors.draw(128, random)).toList();
        for (var id = 0; id < vectors.size(); id++) {
            index.put(acme, id, vectors.get(id), id % 16 == 0 ? LATER : NOW + 10, id / 4_000f, NOW);
        }
        var before = index.near(acme, vectors.get(160), 0.9, NOW).getFirst();
        fill(other, LATER, NOW + 2_000);
        assertThat(index.near(acme, vectors.get(160), 0.9, NOW + 2_000)).first().isEqualTo(before);
        for (var id = 0; id < vectors.size(); id += 16) {
            assertThat(index.contains(acme, id, NOW + 2_000)).isTrue();
            assertThat(index.near(acme, vectors.get(id), 0.9, NOW + 2_000)).extracting(Near::id).contains((long) id);
        }
    }

    @Test
    void anEmptyPieceIsGivenBackWhereverItIs() {
        for (var id = 0; id < 500; id++) {
            put(acme, id, LATER, NOW);
        }
        var all = index.bytes();
        for (var id = 0; id < 300; id++) {
            index.remove(acme, id);
        }
        assertThat(index.bytes()).isLessThan(all);
    }

    @Test
    void aScopeWithNothingLeftTakesNoMemory() {
        for (var at = 0; at < 1_000; at++) {
            var scope = VectorIndexTest.scope("chat " + at);
            put(scope, 1, LATER, NOW);
            index.remove(scope, 1);
        }
        assertThat(index.bytes()).isZero();
        assertThat(index.scopes()).isZero();
    }

    /// @return how many entries it put in: no room is left
    private int fill(Scope scope, long expiry, long now) {
        var id = 0;
        while (index.bytes() + Piece.bytes(Pieces.LARGEST, 128) <= LIMIT || index.size(scope) == id) {
            put(scope, id++, expiry, now);
        }
        return id;
    }

    private void put(Scope scope, long id, long expiry, long now) {
        assertThat(index.put(scope, id, Vectors.draw(128, random), expiry, 0, now)).isTrue();
    }
}
