package dev.plimsoll.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.redis.PendingInvalidationException;
import dev.plimsoll.runtime.redis.RedisServer;
import io.lettuce.core.KillArgs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// No call that begins after an invalidation has returned gets what was loaded before it: with readers in this process
/// and in another one, loaders that are slow, and what can happen to Redis meanwhile.
@ParameterizedClass
@EnumSource
class CoherenceTest {
    /// For long runs: -Dplimsoll.trials=20
    private static final int TIMES = Integer.getInteger("plimsoll.trials", 1);

    @TempDir
    Path directory;
    private final Random random = new Random(7);
    private final RedisServer.Kind kind;
    private RedisServer redis;
    private Truth truth;
    private Readers here;
    private ReadingProcess there;
    private long number;

    CoherenceTest(RedisServer.Kind kind) {
        this.kind = kind.installed();
    }

    @BeforeEach
    void start() throws Exception {
        redis = RedisServer.start(kind);
        var file = directory.resolve("truth");
        truth = new Truth(file);
        here = new Readers(redis.uri(), truth, 2);
        there = new ReadingProcess(redis.uri(), file);
    }

    @AfterEach
    void stop() throws Exception {
        there.close();
        here.close();
        redis.close();
    }

    /// Changes the truth, invalidates and confirms; when Redis was away, as often as it takes.
    private void change() {
        truth.is(++number);
        while (true) {
            try {
                here.caches().sync("jira", "acme");
                truth.confirm(number);
                return;
            } catch (PendingInvalidationException pending) {
                Thread.onSpinWait();
            }
        }
    }

    /// The other process's numbers, once it has kept something itself.
    private long[] warm() throws Exception {
        var outside = there.report();
        while (outside[2] == 0) {
            Thread.sleep(5);
            outside = there.report();
        }
        return outside;
    }

    private void nobodyReadWhatIsStale() throws Exception {
        var inside = Arrays.stream(here.report().split(" ")).mapToLong(Long::parseLong).toArray();
        var outside = warm();
        System.out.println(number + " invalidations; reads, stale, hits in the process, loads: here " + Arrays.toString(
                inside) + ", there " + Arrays.toString(outside));
        for (var counts : new long[][]{inside, outside}) {
            assertThat(counts[1]).as("stale reads of %d", counts[0]).isZero();
            assertThat(counts[2]).as("hits in the process").isPositive();
        }
    }

    @Test
    void withSlowLoaders() throws Exception {
        for (var trial = 0; trial < 1_500 * TIMES; trial++) {
            change();
            pauseAtRandom();
        }
        nobodyReadWhatIsStale();
    }

    @Test
    void withKilledConnections() throws Exception {
        for (var trial = 0; trial < 30 * TIMES; trial++) {
            for (var step = random.nextInt(6); step >= 0; step--) {
                change();
                pauseAtRandom();
            }
            var which = trial % 3;
            redis.with(client -> client.clientKill(which == 0
                    ? KillArgs.Builder.typePubsub()
                    : which == 1
                            ? KillArgs.Builder.typeNormal()
                            : KillArgs.Builder.typePubsub().skipme()));
            change();
        }
        nobodyReadWhatIsStale();
    }

    @Test
    void withAnEmptiedRedis() throws Exception {
        for (var trial = 0; trial < 100 * TIMES; trial++) {
            change();
            pauseAtRandom();
            redis.with(client -> client.flushall());
            change();
        }
        nobodyReadWhatIsStale();
    }

    @Test
    void withAProcessThatStandsStill() throws Exception {
        for (var trial = 0; trial < 3 * TIMES; trial++) {
            change();
            warm();
            RedisServer.signal(there.process(), "STOP");
            change();
            change();
            RedisServer.signal(there.process(), "CONT");
            change();
        }
        nobodyReadWhatIsStale();
    }

    @Test
    void withRestartsFromOldSnapshots() throws Exception {
        for (var trial = 0; trial < 3 * TIMES; trial++) {
            change();
            pauseAtRandom();
            redis.with(client -> client.save());
            change();
            redis.kill();
            redis.restart();
            change();
        }
        nobodyReadWhatIsStale();
    }

    private void pauseAtRandom() throws InterruptedException {
        Thread.sleep(0, random.nextInt(999_999));
    }
}
