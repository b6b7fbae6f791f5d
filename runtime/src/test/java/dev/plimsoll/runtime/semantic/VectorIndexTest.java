package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorIndexTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long NOW = 1_000_000;
    private static final long ROOMY = 1L << 30;
    private final Scope scope = scope("acme");

    @ParameterizedTest
    @CsvSource({"128, 0.95", "384, 0.80", "384, 0.85", "384, 0.95", "384, 0.98", "400, 0.90", "768, 0.85", "1024, 0.9",
            "1536, 0.85"})
    void findsEntriesExactlyAtTheThreshold(int dimensions, double threshold) {
        var random = new SplittableRandom(dimensions);
        var index = new VectorIndex(dimensions, 7, ROOMY);
        var stored = IntStream.range(0, 1000).mapToObj(at -> Vectors.draw(dimensions, random)).toList();
        for (var id = 0; id < stored.size(); id++) {
            index.put(scope, id, stored.get(id), NEVER, 0, NOW);
        }
        var missed = 0;
        for (var trial = 0; trial < 10_000; trial++) {
            var id = random.nextInt(stored.size());
            var asked = Vectors.near(stored.get(id), threshold, random);
            missed += index.near(scope, asked, threshold, NOW).stream().anyMatch(near -> near.id() == id) ? 0 : 1;
        }
        // Four of 10,000 are expected at most, and twelve with a probability of one in a thousand.
        assertThat(missed).isLessThan(12);
    }

    @Test
    void findsEntriesExactlyAtTheThresholdThatLieAmongManyOthers() {
        var random = new SplittableRandom(3);
        var index = new VectorIndex(384, 3, ROOMY);
        var centre = Vectors.draw(384, random);
        var family = IntStream.range(0, 2000).mapToObj(at -> Vectors.near(centre, Math.sqrt(0.9), random)).toList();
        for (var id = 0; id < family.size(); id++) {
            index.put(scope, id, family.get(id), NEVER, 0, NOW);
        }
        var missed = 0;
        for (var trial = 0; trial < 3000; trial++) {
            var id = random.nextInt(family.size());
            var asked = Vectors.near(family.get(id), 0.95, random);
            missed += index.near(scope, asked, 0.95, NOW).stream().anyMatch(near -> near.id() == id) ? 0 : 1;
        }
        // One is expected, two at most.
        assertThat(missed).isLessThan(7);
    }

    /// Cosines of what is looked for, and between which the others lie.
    @ParameterizedTest
    @CsvSource({"0.90, 0.902, 0.870, 0.895", "0.90, 0.920, 0.870, 0.895", "0.80, 0.820, 0.750, 0.780",
            "0.95, 0.952, 0.920, 0.945"})
    void findsTheOneAboveTheThresholdAmongThousandsJustBelowIt(double threshold, double one, double least,
            double most) {
        var missed = 0;
        for (var trial = 0; trial < 10; trial++) {
            var random = new SplittableRandom(trial);
            var index = new VectorIndex(384, trial, ROOMY);
            var asked = Vectors.draw(384, random);
            for (var id = 1; id <= 5000; id++) {
                index.put(scope, id, Vectors.near(asked, random.nextDouble(least, most), random), NEVER, 0, NOW);
            }
            index.put(scope, 0, Vectors.near(asked, one, random), NEVER, 0, NOW);
            missed += index.near(scope, asked, threshold, NOW).stream().limit(128).anyMatch(near -> near.id() == 0)
                    ? 0
                    : 1;
        }
        assertThat(missed).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void answersAsAnExactScanWouldThroughInsertsExpiriesAndRemovals(long seed) {
        var random = new SplittableRandom(seed);
        var index = new VectorIndex(384, seed, ROOMY);
        var model = new HashMap<Long, float[]>();
        var expiries = new HashMap<Long, Long>();
        var missed = 0;
        var asked = 0;
        for (var now = NOW; now < NOW + 6000; now++) {
            var id = random.nextLong(2000);
            if (random.nextInt(4) == 0) {
                index.remove(scope, id);
                model.remove(id);
            } else {
                var vector = Vectors.draw(384, random);
                var expiry = now + 1 + random.nextInt(3000);
                assertThat(index.put(scope, id, vector, expiry, 0, now)).isTrue();
                model.put(id, vector);
                expiries.put(id, expiry);
            }
            var time = now;
            model.keySet().removeIf(key -> expiries.getOrDefault(key, 0L) <= time);
            if (now % 3 == 0 && !model.isEmpty()) {
                var ids = new ArrayList<>(model.keySet());
                var query = Vectors.near(model.getOrDefault(ids.get(random.nextInt(ids.size())), new float[0]), 0.86,
                        random);
                var exact = model.entrySet().stream().filter(entry -> Question.dot(entry.getValue(), query) >= 0.85)
                        .map(Map.Entry::getKey).toList();
                var found = index.near(scope, query, 0.85, now).stream().map(Near::id).toList();
                assertThat(model.keySet()).containsAll(found);
                asked++;
                missed += found.containsAll(exact) ? 0 : 1;
            }
        }
        assertThat(asked).isGreaterThan(1900);
        assertThat(missed).isLessThanOrEqualTo(4);
    }

    @Test
    void findsTheNearestOfManyThatShareATemplate() {
        var random = new SplittableRandom(5);
        var index = new VectorIndex(384, 5, ROOMY);
        var centre = Vectors.draw(384, random);
        var family = IntStream.range(0, 3000).mapToObj(at -> Vectors.near(centre, Math.sqrt(0.9), random)).toList();
        for (var id = 0; id < family.size(); id++) {
            index.put(scope, id, family.get(id), NEVER, 0, NOW);
        }
        var first = 0;
        for (var trial = 0; trial < 500; trial++) {
            var id = random.nextInt(family.size());
            var near = index.near(scope, Vectors.near(family.get(id), 0.97, random), 0.95, NOW);
            first += !near.isEmpty() && near.getFirst().id() == id ? 1 : 0;
        }
        assertThat(first).isGreaterThan(495);
    }

    @Test
    void estimatesAreNearTheCosine() {
        var random = new SplittableRandom(6);
        var index = new VectorIndex(384, 6, ROOMY);
        for (var id = 0; id < 500; id++) {
            var vector = Vectors.draw(384, random);
            index.put(scope, id, vector, NEVER, 0, NOW);
            var asked = Vectors.near(vector, 0.9, random);
            assertThat(index.near(scope, asked, 0.9, NOW).getFirst().estimate()).isBetween(0.875f, 0.925f);
        }
    }

    @Test
    void neverReturnsAnotherScopesEntry() {
        var random = new SplittableRandom(8);
        var index = new VectorIndex(384, 8, ROOMY);
        var same = IntStream.range(0, 10).mapToObj(at -> Vectors.draw(384, random)).toList();
        var scopes = IntStream.range(0, 1000).mapToObj(at -> scope("tenant" + at)).toList();
        for (var tenant = 0; tenant < scopes.size(); tenant++) {
            for (var at = 0; at < same.size(); at++) {
                index.put(scopes.get(tenant), tenant * 100L + at, same.get(at), NEVER, 0, NOW);
            }
        }
        for (var trial = 0; trial < 100_000; trial++) {
            var tenant = random.nextInt(scopes.size());
            var near = index.near(scopes.get(tenant), same.get(random.nextInt(same.size())), 0.8, NOW);
            assertThat(near).hasSize(1);
            assertThat(near.getFirst().id() / 100).isEqualTo(tenant);
        }
    }

    @Test
    void takesNoMoreThanItsBytes() throws ReflectiveOperationException {
        var random = new SplittableRandom(9);
        var limit = 4L << 20;
        var index = new VectorIndex(384, 9, limit);
        for (var id = 0; id < 40_000; id++) {
            assertThat(index.put(scope("tenant" + id % 3), id, Vectors.draw(384, random), NEVER, 0, NOW)).isTrue();
            assertThat(index.bytes()).isLessThanOrEqualTo(limit);
        }
        assertThat(index.bytes()).isGreaterThan(limit * 9 / 10);
        assertThat(index.size(scope("tenant0"))).isGreaterThan(3000);
        var piece = new Piece(1024, 384);
        assertThat(Piece.bytes(1024, 384)).isBetween(arrays(piece), arrays(piece) + 200);
        assertThat(Piece.bytes(1024, 384) / 1024).isLessThanOrEqualTo(280);
    }

    @Test
    void makesRoomForTheSoonestToExpireLast() {
        var random = new SplittableRandom(10);
        var index = new VectorIndex(384, 10, Piece.bytes(64, 384));
        for (var id = 0; id < 64; id++) {
            index.put(scope, id, Vectors.draw(384, random), NOW + (id == 33 ? 10 : 100_000 + id), 0, NOW);
        }
        for (var id = 100; id < 164; id++) {
            index.put(scope, id, Vectors.draw(384, random), NOW + 200_000, 0, NOW + 5);
        }
        assertThat(index.contains(scope, 33, NOW + 5)).isFalse();
        assertThat(index.size(scope)).isEqualTo(64);
    }

    @Test
    void aScopeWithoutRoomTakesItFromExpiredOrLargerOnes() {
        var random = new SplittableRandom(11);
        var index = new VectorIndex(384, 11, Piece.bytes(64, 384) + Piece.bytes(128, 384));
        for (var id = 0; id < 192; id++) {
            index.put(scope, id, Vectors.draw(384, random), NOW + 10, 0, NOW);
        }
        assertThat(index.put(scope("late"), 1, Vectors.draw(384, random), NEVER, 0, NOW + 20)).isTrue();
        assertThat(index.size(scope)).isZero();
        for (var id = 0; id < 192; id++) {
            index.put(scope, id, Vectors.draw(384, random), NEVER, 0, NOW);
        }
        assertThat(index.put(scope("later"), 1, Vectors.draw(384, random), NEVER, 0, NOW)).isTrue();
    }

    @Test
    void givesBackWhatIsForgotten() {
        var random = new SplittableRandom(12);
        var index = new VectorIndex(384, 12, ROOMY);
        for (var id = 0; id < 5000; id++) {
            index.put(scope, id, Vectors.draw(384, random), NEVER, 0, NOW);
        }
        for (var id = 0; id < 5000; id++) {
            assertThat(index.remove(scope, id)).isTrue();
        }
        assertThat(index.bytes()).isZero();
    }

    @Test
    void findsEveryEntryThatADocumentAffects() {
        var random = new SplittableRandom(13);
        var index = new VectorIndex(384, 13, ROOMY);
        var stored = new ArrayList<float[]>();
        var weakest = new ArrayList<Float>();
        for (var id = 0; id < 20_000; id++) {
            stored.add(Vectors.draw(384, random));
            weakest.add((float) (random.nextDouble() * 0.3));
            index.put(scope, id, stored.get(id), NEVER, weakest.get(id), NOW);
        }
        for (var trial = 0; trial < 20; trial++) {
            var document = Vectors.near(stored.get(random.nextInt(stored.size())), 0.3, random);
            var affected = index.affected(scope, document, NOW).stream().map(Affected::id).toList();
            var exact = IntStream.range(0, stored.size()).filter(id -> Question.dot(stored.get(id), document) > weakest
                    .get(id)).mapToObj(Long::valueOf).toList();
            assertThat(affected).containsAll(exact);
            assertThat(affected.size()).isLessThan(exact.size() + 4000);
            var surely = index.affected(scope, document, NOW).stream().filter(Affected::surely).map(Affected::id);
            assertThat(exact).containsAll(surely.toList());
        }
    }

    @Test
    void dimensionsAreThoseOfEmbeddings() {
        assertThatIllegalArgumentException().isThrownBy(() -> new VectorIndex(3, 1, ROOMY))
                .withMessageContaining("128 to 4096, not 3");
    }

    static Scope scope(String tenant) {
        return Scope.of(new byte[]{1, 2, 3}, Map.of("tenant", tenant));
    }

    /// Bytes of all arrays of an object, headers included.
    private static long arrays(Object object) throws ReflectiveOperationException {
        var bytes = 0L;
        for (var field : object.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && field.getType().isArray()) {
                field.setAccessible(true);
                bytes += array(field.get(object));
            }
        }
        return bytes;
    }

    private static long array(Object array) {
        var bytes = 16L;
        var sizes = List.of(long.class, int.class, float.class, short.class);
        var size = sizes.indexOf(array.getClass().getComponentType());
        for (var at = 0; at < Array.getLength(array); at++) {
            bytes += size < 0 ? 4 + array(Array.get(array, at)) : List.of(8, 4, 4, 2).get(size);
        }
        return bytes;
    }
}
