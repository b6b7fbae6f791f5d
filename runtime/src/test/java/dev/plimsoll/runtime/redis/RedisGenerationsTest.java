package dev.plimsoll.runtime.redis;

import static dev.plimsoll.runtime.redis.Patience.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.runtime.net.Relay;
import dev.plimsoll.runtime.tag.Held;
import dev.plimsoll.runtime.tag.Stamp;
import dev.plimsoll.runtime.tag.Tag;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.KillArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class RedisGenerationsTest {
    private final Tag jira = Tag.of("jira:acme");
    private final Tag repo = Tag.of("repo:acme");
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final RedisServer.Kind kind;
    private RedisServer redis;
    private RedisGenerations here;
    private RedisGenerations there;

    RedisGenerationsTest(RedisServer.Kind kind) {
        this.kind = kind.installed();
    }

    @BeforeEach
    void start() {
        redis = RedisServer.start(kind);
        here = open();
        there = open();
        until(() -> here.watching() && there.watching());
    }

    @AfterEach
    void stop() throws Exception {
        for (var each : opened.reversed()) {
            each.close();
        }
        redis.close();
    }

    private RedisGenerations open() {
        var link = RedisLink.open(redis.uri(), RedisOptions.DEFAULT);
        opened.add(link);
        var generations = RedisGenerations.over(link);
        opened.add(generations);
        return generations;
    }

    @Test
    void aStampIsCurrentInAllProcessesUntilOneInvalidatesATag() {
        var stamp = here.stamp(List.of(jira, repo));
        assertThat(there.isCurrent(stamp)).isTrue();
        there.invalidate(List.of(repo));
        assertThat(here.isCurrent(stamp)).isFalse();
        assertThat(there.isCurrent(stamp)).isFalse();
        assertThat(here.isCurrent(here.stamp(List.of(jira, repo)))).isTrue();
    }

    @Test
    void aTagIsRememberedForAWeek() {
        var week = Duration.ofDays(7).toSeconds();
        here.stamp(List.of(jira));
        assertThat(secondsLeft()).isBetween(week - 3_600, week);
        here.invalidate(List.of(jira));
        assertThat(secondsLeft()).isBetween(week - 3_600, week);
    }

    private long secondsLeft() {
        return redis.<Long>with(client -> client.ttl("plimsoll:g:jira:acme"));
    }

    @Test
    void whoeverClosesIsNotWaitedFor() {
        var patient = RedisOptions.DEFAULT.namespace("patient").lease(Duration.ofMinutes(10));
        try (var link = RedisLink.open(redis.uri(), patient); var staying = RedisGenerations.over(link)) {
            try (var leaving = RedisGenerations.over(link)) {
                until(() -> staying.watching() && leaving.watching());
                assertThat(members()).isEqualTo(2);
            }
            until(() -> members() == 1);
            staying.invalidate(List.of(jira));
        }
    }

    private long members() {
        return redis.<Long>with(client -> client.zcard("patient:members"));
    }

    @Test
    void whatAnotherProcessHoldsIsDroppedWhenAnInvalidationReturns() {
        for (var trial = 0; trial < 2_000; trial++) {
            var held = here.hold(List.of(jira));
            assertThat(held.stamp()).isPresent();
            there.invalidate(List.of(jira));
            assertThat(held.isCurrent()).as("trial %d", trial).isFalse();
        }
    }

    @Test
    void aProcessThatHangsDelaysAnInvalidationAtMostByItsLease() {
        // A member that never answers, with its lease on record, stands for a process that hangs.
        redis.with(client -> client.zadd("plimsoll:members", (double) (now() + 700), "hanging"));
        var begun = System.nanoTime();
        here.invalidate(List.of(jira));
        assertThat((System.nanoTime() - begun) / 1_000_000).isBetween(500L, 5_000L);
    }

    /// Its score lies in the future since then, and no lease is longer than a whole one.
    @Test
    void aClockThatWasSetBackDelaysAnInvalidationNoLonger() {
        redis.with(client -> client.zadd("plimsoll:members", (double) (now() + 60_000), "hanging"));
        redis.with(client -> client.zadd("plimsoll:members", (double) (now() + 60_000), Acknowledgements.member(Duration
                .ofMillis(900))));
        var begun = System.nanoTime();
        here.invalidate(List.of(jira));
        assertThat((System.nanoTime() - begun) / 1_000_000).isBetween(800L, 10_000L);
    }

    @Test
    void aFullServerThatMayDropNothingStillInvalidates() {
        var stamp = here.stamp(List.of(jira));
        redis.with(client -> client.configSet("maxmemory-policy", "noeviction"));
        redis.with(client -> client.configSet("maxmemory", "1mb"));
        here.invalidate(List.of(jira, repo));
        assertThat(there.isCurrent(stamp)).isFalse();
        redis.with(client -> client.configSet("maxmemory", "0"));
        until(() -> here.watching() && here.isCurrent(here.stamp(List.of(jira))));
        assertThat(here.isOutdated(stamp)).isTrue();
    }

    @Test
    void whatNobodyKnowsIsNeitherCurrentNorOutdated() {
        var stamp = here.stamp(List.of(jira));
        redis.hang();
        until(() -> !here.watching());
        assertThat(here.isCurrent(stamp)).isFalse();
        assertThat(here.isOutdated(stamp)).isFalse();
        redis.goOn();
        until(() -> here.isCurrent(stamp));
    }

    /// Whichever of the two connections of a process notices first that another server has taken over.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothConnectionsListenToTheSameServerAfterAFailover(boolean commandsFirst) throws Exception {
        try (var successor = RedisServer.start(kind); var relay = Relay.to(redis.port())) {
            var uri = "redis://127.0.0.1:" + relay.port();
            try (var link = RedisLink.open(uri, RedisOptions.DEFAULT); var moved = RedisGenerations.over(link)) {
                until(moved::watching);
                var held = moved.hold(List.of(jira));
                relay.turnTo(successor.port());
                redis.with(client -> client.clientKill(commandsFirst
                        ? KillArgs.Builder.typeNormal()
                        : KillArgs.Builder.typePubsub()));
                try (var newcomer = RedisLink.open(successor.uri(), RedisOptions.DEFAULT);
                        var others = RedisGenerations
                                .over(newcomer)) {
                    until(() -> others.watching() && moved.watching() && members(successor) == 2);
                    assertThat(held.isCurrent()).isFalse();
                    for (var trial = 0; trial < 20; trial++) {
                        var stamp = moved.stamp(List.of(jira));
                        assertThat(moved.isCurrent(stamp)).isTrue();
                        others.invalidate(List.of(jira));
                        assertThat(moved.isCurrent(stamp)).as("trial %d", trial).isFalse();
                    }
                }
            }
        }
    }

    private static long members(RedisServer server) {
        return server.<Long>with(client -> client.zcard("plimsoll:members"));
    }

    private long now() {
        var time = redis.with(client -> client.time());
        return Long.parseLong(time.get(0)) * 1_000 + Long.parseLong(time.get(1)) / 1_000;
    }

    @Test
    void nothingHeldSurvivesALostConnection() {
        var held = hold();
        redis.with(client -> client.clientKill(io.lettuce.core.KillArgs.Builder.typePubsub()));
        until(() -> !held.isCurrent());
        until(here::watching);
        assertThat(held.isCurrent()).isFalse();
        hold();
    }

    /// The first one of a tag hears of its own beginning, so it is not current for long.
    private Held hold() {
        until(() -> here.hold(List.of(jira)).isCurrent());
        return here.hold(List.of(jira));
    }

    @Test
    void anEvictedOrEmptiedTagNeverGetsAnOldNumberAgain() {
        var stamp = here.stamp(List.of(jira));
        redis.with(client -> client.del("plimsoll:g:jira:acme"));
        until(() -> !here.isCurrent(stamp));
        var next = here.stamp(List.of(jira));
        assertThat(next).isNotEqualTo(stamp);
        redis.with(client -> client.flushall());
        until(() -> !here.isCurrent(next));
        here.invalidate(List.of(jira));
        assertThat(there.isCurrent(next)).isFalse();
    }

    @Test
    void aServerRestartedFromAnOldSnapshotRevivesNothing() {
        var stamp = here.stamp(List.of(jira));
        redis.with(client -> client.save());
        here.invalidate(List.of(jira));
        redis.kill();
        redis.restart();
        until(() -> here.watching() && there.hold(List.of(jira)).stamp().isPresent());
        assertThat((long) redis.with(client -> client.exists("plimsoll:g:jira:acme"))).isEqualTo(1);
        assertThat(here.isCurrent(stamp)).isFalse();
        assertThat(there.isCurrent(stamp)).isFalse();
    }

    @Test
    void withoutRedisNothingIsCurrentAndAnInvalidationSaysThatItIsPending() {
        var stamp = here.stamp(List.of(jira));
        var held = hold();
        redis.kill();
        assertThatExceptionOfType(PendingInvalidationException.class).isThrownBy(() -> here.invalidate(List.of(jira)))
                .withMessageContaining("jira:acme");
        assertThat(here.isCurrent(stamp)).isFalse();
        assertThat(held.isCurrent()).isFalse();
        assertThat(here.hold(List.of(jira)).stamp()).isEmpty();
    }

    @Test
    void aPendingInvalidationIsMadeUpForOnceRedisAnswers() {
        var stamp = there.stamp(List.of(jira));
        redis.hang();
        assertThatExceptionOfType(PendingInvalidationException.class).isThrownBy(() -> here.invalidate(List.of(jira)));
        redis.goOn();
        until(() -> here.hold(List.of(jira)).stamp().isPresent());
        assertThat(there.isCurrent(stamp)).isFalse();
    }

    @Test
    void whatIsInvalidatedInVainWhileItIsAskedForIsNotHeld() {
        var before = here.stamp(List.of(jira));
        var meanwhile = new ArrayList<>(List.of(jira)) {
            @Override
            public void forEach(Consumer<? super Tag> each) {
                // Values can be read all the time, so that only what is pending speaks against them.
                redis.with(client -> client.aclSetuser("default", AclSetuserArgs.Builder.removeCommand(
                        CommandType.EVAL)));
                assertThatExceptionOfType(PendingInvalidationException.class).isThrownBy(() -> here.invalidate(List.of(
                        jira)));
                super.forEach(each);
            }
        };
        assertThat(here.hold(meanwhile).stamp()).isEmpty();
        redis.with(client -> client.aclSetuser("default", AclSetuserArgs.Builder.allCommands()));
        until(() -> here.hold(List.of(jira)).stamp().isPresent());
        assertThat(here.isCurrent(before)).isFalse();
    }

    @Test
    void whatIsPendingIsMadeUpForInFewCommands() {
        var boards = IntStream.range(0, 1_200).mapToObj(board -> Tag.of("board:" + board)).toList();
        redis.hang();
        assertThatExceptionOfType(PendingInvalidationException.class).isThrownBy(() -> here.invalidate(boards));
        redis.goOn();
        until(() -> here.hold(boards).stamp().isPresent());
        var told = redis.with(client -> client.info("commandstats")).lines().filter(line -> line.startsWith(
                "cmdstat_publish:calls=")).map(line -> line.replaceAll("^[^=]*=(\\d+),.*", "$1")).mapToInt(
                        Integer::parseInt)
                .sum();
        // What was sent in vain may have arrived, and those who hear it answer each.
        assertThat(told).isLessThan(40);
    }

    @Test
    void aServerThatHangsEndsTheLease() {
        var held = hold();
        redis.hang();
        until(() -> !here.watching());
        assertThat(held.isCurrent()).isFalse();
        redis.goOn();
        until(here::watching);
    }

    @Test
    void whatHasNoTagsIsAlwaysCurrent() {
        redis.kill();
        assertThat(here.isCurrent(Stamp.NONE)).isTrue();
        assertThat(here.hold(List.of()).isCurrent()).isTrue();
    }
}
