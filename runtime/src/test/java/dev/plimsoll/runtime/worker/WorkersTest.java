package dev.plimsoll.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Jobs in a real queue are done once, or given up with a reason.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkersTest {
    private static final String[] KINDS = {"heap", "direct", "native", "subprocess", "sleep", "fail", "exit"};
    private static final Limits LIMITS = Limits.of(Memory.ofMegabytes(128)).withWall(Duration.ofSeconds(20));

    private final LocalPostgres server;
    private final JobQueue queue;

    WorkersTest() throws Exception {
        server = LocalPostgres.start();
        queue = new JobQueue(server.source());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void clear() throws SQLException {
        server.ask("with a as (delete from plimsoll.jobs), b as (delete from plimsoll.job_history), "
                + "c as (delete from plimsoll.job_quarantine) select 1");
    }

    private static WorkerSettings settings(int slots) {
        return WorkerSettings.of(slots, LIMITS, ChildCommand.java(LeakyWork.class), KINDS).withRetry(Duration.ofMillis(
                50)).withDrain(Duration.ofSeconds(5));
    }

    private String enqueue(String kind, int amount) throws SQLException {
        return queue.enqueue(new JobKind<Integer>(kind, String::valueOf), amount);
    }

    private void awaitEmpty() throws SQLException, InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (queue.depth() > 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(queue.depth()).as("jobs that are left").isZero();
    }

    @Test
    void oldHistoryGoesWhileWorkersRun() throws Exception {
        server.ask(
                "with noted as (insert into plimsoll.job_history (kind, job, attempt, outcome, ended, parent, message)"
                        + " values ('fail', 'old', 1, 'done', now() - interval '3 days', 'gone', ''), ('fail', 'new', 1, 'done',"
                        + " now() - interval '1 day', 'gone', '') returning 1) select count(*) from noted");
        try (var workers = Workers.start(server.source(), settings(1).withHistory(Duration.ofDays(2)))) {
            assertThat(workers.busy()).isZero();
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!server.ask("select string_agg(job, ',') from plimsoll.job_history").equals("new")) {
                assertThat(System.nanoTime()).as("still there: old").isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    @Test
    void leakingJobsAreAllDoneOnceWithinTheBudget() throws Exception {
        for (var round = 0; round < 50; round++) {
            for (var kind : List.of("heap", "direct", "native", "subprocess")) {
                enqueue(kind, 5);
            }
        }
        try (var workers = Workers.start(server.source(), settings(4))) {
            awaitEmpty();
            assertThat(workers.highestMemory()).isLessThanOrEqualTo(workers.budget());
            assertThat(workers.started()).isGreaterThan(8);
        }
        assertThat(server.ask("select count(*) from plimsoll.job_history where outcome = 'done'")).isEqualTo("200");
        assertThat(server.ask("select count(distinct job) from plimsoll.job_history where outcome = 'done'"))
                .isEqualTo("200");
        assertThat(queue.quarantined()).isZero();
    }

    /// Another one takes a second to start, and memory beside it.
    @Test
    void jobsThatDoWellShareAChild() throws Exception {
        for (var job = 0; job < 10; job++) {
            enqueue("sleep", 1);
        }
        try (var workers = Workers.start(server.source(), settings(1))) {
            awaitEmpty();
            assertThat(workers.started()).isOne();
        }
    }

    @Test
    void poisonIsTriedTwiceAndThenKeptAside() throws Exception {
        var poison = enqueue("heap", 1000);
        var healthy = enqueue("sleep", 1);
        try (var workers = Workers.start(server.source(), settings(2))) {
            awaitEmpty();
            assertThat(workers.voided()).isZero();
        }
        assertThat(server.ask("select string_agg(attempt || ' ' || outcome, ', ' order by ended, outcome) from "
                + "plimsoll.job_history where job = '" + poison + "'"))
                .isEqualTo("1 killed_memory, 2 killed_memory, 2 quarantined");
        assertThat(server.ask("select outcome || ' ' || payload from plimsoll.job_quarantine where job = '" + poison
                + "'")).isEqualTo("killed_memory 1000");
        assertThat(server.ask("select outcome from plimsoll.job_history where job = '" + healthy + "'")).isEqualTo(
                "done");
        queue.enqueue(new JobKind<Integer>("heap", String::valueOf), poison, 1);
        assertThat(queue.depth()).as("queued again while in quarantine").isZero();
        assertThat(queue.release("heap", poison)).isTrue();
        assertThat(queue.release("heap", poison)).isFalse();
        assertThat(queue.depth()).isEqualTo(1);
    }

    @Test
    void eachEndIsNotedAsWhatItWas() throws Exception {
        var kinds = List.of("fail", "exit", "native", "sleep");
        for (var kind : kinds) {
            enqueue(kind, kind.equals("sleep") ? 20_000 : 300);
        }
        var limits = LIMITS.withWall(Duration.ofMillis(1500));
        try (var workers = Workers.start(server.source(),
                WorkerSettings.of(4, limits, ChildCommand.java(LeakyWork.class),
                        kinds.toArray(String[]::new)).withAttempts(1).withAbandonments(1).withRetry(Duration.ZERO)
                        .withDrain(
                                Duration.ofSeconds(1)))) {
            awaitEmpty();
            assertThat(workers.busy()).isZero();
        }
        assertThat(server.ask("select string_agg(kind || ' ' || outcome, ', ' order by kind) from "
                + "plimsoll.job_quarantine")).isEqualTo(
                        "exit crashed, fail failed, native killed_memory, sleep killed_timeout");
        assertThat(server.ask("select min(took_ms) from plimsoll.job_history where kind = 'sleep'")).satisfies(
                took -> assertThat(Long.parseLong(took)).isGreaterThanOrEqualTo(1500));
    }

    @Test
    void aJobOfHigherPriorityGoesFirst() throws Exception {
        for (var number = 0; number < 5; number++) {
            enqueue("sleep", 1);
        }
        try (var connection = server.source().getConnection()) {
            JobQueue.enqueue(connection, new JobKind<Integer>("sleep", String::valueOf), "urgent", 1, Instant.now(), 7);
        }
        try (var workers = Workers.start(server.source(), settings(1))) {
            awaitEmpty();
            assertThat(workers.voided()).isZero();
        }
        assertThat(server.ask("select job from plimsoll.job_history order by number limit 1")).isEqualTo("urgent");
    }

    @Test
    void aJobThatFailedIsTriedAgainAfterTheTimeForThat() throws Exception {
        enqueue("fail", 1);
        try (var workers = Workers.start(server.source(), settings(1).withRetry(Duration.ofHours(2)))) {
            var heard = new CountDownLatch(1);
            workers.listen(attempt -> heard.countDown());
            assertThat(server.ask("select count(*) from plimsoll.job_history").equals("1") || heard.await(20,
                    TimeUnit.SECONDS)).isTrue();
        }
        assertThat(server.ask("select picked || ' ' || consecutive_failures || ' ' || (execution_time > now() + "
                + "interval '1 hour') from plimsoll.jobs")).isEqualTo("false 1 true");
    }

    @Test
    void producersInOtherLanguagesCallAFunction() throws Exception {
        server.ask("select plimsoll.enqueue('sleep', '1', 'mine')");
        server.ask("select plimsoll.enqueue('sleep', '1', 'mine', priority => 5)");
        server.ask("select plimsoll.enqueue('sleep', '1', due => now() + interval '1 hour')");
        server.ask("select plimsoll.enqueue('unknown', '{\"a\":1}', 'kept')");
        try (var workers = Workers.start(server.source(), settings(1))) {
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (queue.depth() > 2 && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            TimeUnit.MILLISECONDS.sleep(300);
            assertThat(workers.busy()).isZero();
        }
        assertThat(server.ask("select string_agg(job || ' ' || outcome, ', ') from plimsoll.job_history")).isEqualTo(
                "mine done");
        assertThat(queue.depth()).isEqualTo(2);
    }

    @Test
    void nothingIsTakenWhileABoundIsPassed() throws Exception {
        enqueue("sleep", 1);
        var never = settings(1).withBounds(new Bounds(100, 100, Memory.ofMegabytes(1 << 20)));
        try (var workers = Workers.start(server.source(), never)) {
            TimeUnit.MILLISECONDS.sleep(1500);
            assertThat(workers.refusals(Refusal.MIN_FREE_MEMORY)).isPositive();
        }
        assertThat(server.ask("select count(*) from plimsoll.jobs where not picked and version = 1")).isEqualTo("1");
    }

    @Test
    void closingPutsBackWhatDoesNotEndInTime() throws Exception {
        enqueue("sleep", 15_000);
        try (var workers = Workers.start(server.source(), settings(1).withDrain(Duration.ofMillis(200)))) {
            while (workers.busy() == 0) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        assertThat(server.ask("select picked || ' ' || consecutive_failures from plimsoll.jobs")).isEqualTo("false 0");
    }

    @Test
    void theEndOfAJobThatAnotherParentTookIsNotRecorded() throws Exception {
        enqueue("sleep", 700);
        try (var workers = Workers.start(server.source(), settings(1))) {
            while (workers.busy() == 0) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            server.ask("update plimsoll.jobs set version = version + 1, picked_by = 'another' returning 1");
            for (var time = 0; time < 200 && workers.voided() == 0; time++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(workers.voided()).isEqualTo(1);
        }
        assertThat(server.ask("select count(*) from plimsoll.job_history")).isEqualTo("0");
        assertThat(server.ask("select picked_by from plimsoll.jobs")).isEqualTo("another");
    }

    @Test
    void aKilledParentLosesNothing(@TempDir Path directory) throws Exception {
        for (var number = 0; number < 150; number++) {
            enqueue("sleep", 20);
        }
        var effects = directory.resolve("effects");
        for (var time = 0; time < 5; time++) {
            var parent = startParent(effects);
            TimeUnit.MILLISECONDS.sleep(700 + 100 * time);
            var children = parent.descendants().toList();
            parent.destroyForcibly().waitFor();
            awaitGone(children);
        }
        try (var workers = Workers.start(server.source(), settings(4))) {
            awaitEmpty();
            assertThat(workers.voided()).isZero();
        }
        assertThat(server.ask("select count(distinct job) || ' ' || count(*) from plimsoll.job_history "
                + "where outcome = 'done'")).isEqualTo("150 150");
        assertThat(server.ask("select count(*) > 0 from plimsoll.job_history where outcome = 'abandoned'")).isEqualTo(
                "t");
        assertThat(queue.quarantined()).isZero();
    }

    private Process startParent(Path effects) throws IOException {
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), ParentProcess.class.getName(),
                server.url()).redirectError(effects.resolveSibling("errors").toFile());
        builder.environment().put(LeakyWork.EFFECTS, effects.toString());
        var parent = builder.start();
        assertThat(parent.inputReader().readLine()).as(() -> read(effects.resolveSibling("errors"))).isEqualTo(
                "started");
        return parent;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static void awaitGone(List<ProcessHandle> processes) throws InterruptedException {
        for (var time = 0; time < 100 && processes.stream().anyMatch(ProcessHandle::isAlive); time++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }

    /// As a nightly report has: the same id each time.
    @Test
    void whatHappenedBeforeAJobWasLastDoneDoesNotCountAgainstIt() throws Exception {
        for (var night = 0; night < 3; night++) {
            abandonedHistory("nightly", 1);
            queue.enqueue(new JobKind<Integer>("sleep", String::valueOf), "nightly", 1);
            try (var workers = Workers.start(server.source(), settings(1).withAbandonments(3))) {
                awaitEmpty();
                assertThat(workers.voided()).isZero();
            }
        }
        held("nightly", gone());
        try (var workers = Workers.start(server.source(), settings(1).withAbandonments(3))) {
            awaitEmpty();
            assertThat(workers.voided()).isZero();
        }
        assertThat(queue.quarantined()).isZero();
    }

    @Test
    void aReleasedJobHasAllItsAttemptsAgain() throws Exception {
        abandonedHistory("poison", 2);
        held("poison", gone());
        try (var workers = Workers.start(server.source(), settings(1).withAbandonments(3))) {
            awaitEmpty();
            assertThat(queue.quarantined()).isEqualTo(1);
            assertThat(workers.voided()).isZero();
        }
        assertThat(queue.release("sleep", "poison")).isTrue();
        server.ask("update plimsoll.jobs set picked = true, picked_by = '" + gone() + "' returning 1");
        try (var workers = Workers.start(server.source(), settings(1).withAbandonments(3))) {
            awaitEmpty();
            assertThat(workers.voided()).isZero();
        }
        assertThat(queue.quarantined()).isZero();
        assertThat(server.ask("select string_agg(outcome, ' ' order by ended, outcome) from plimsoll.job_history"))
                .isEqualTo("abandoned abandoned abandoned quarantined abandoned done");
    }

    @Test
    void aJobWithoutAPayloadEndsInQuarantineLikeAnyOther() throws Exception {
        server.ask("select plimsoll.enqueue('sleep', null, 'new')");
        server.ask("insert into plimsoll.jobs (task_name, task_instance, execution_time, picked, version) "
                + "values ('sleep', 'old', now(), false, 1) returning 1");
        try (var workers = Workers.start(server.source(), settings(1))) {
            awaitEmpty();
            assertThat(workers.voided()).isZero();
        }
        assertThat(server.ask("select string_agg(job || ' ' || payload, ', ' order by job) from "
                + "plimsoll.job_quarantine")).isEqualTo("new null, old null");
    }

    @Test
    void aListenerThatFailsKeepsNobodyFromHearing() throws Exception {
        var heard = new CopyOnWriteArrayList<Outcome>();
        try (var workers = Workers.start(server.source(), settings(1))) {
            workers.listen(attempt -> {
                throw new IllegalStateException("a listener's own");
            });
            workers.listen(attempt -> heard.add(attempt.outcome()));
            held("one", gone());
            held("two", gone());
            awaitEmpty();
        }
        assertThat(heard).containsExactlyInAnyOrder(Outcome.ABANDONED, Outcome.ABANDONED, Outcome.DONE, Outcome.DONE);
    }

    @Test
    void aJobOfAnUnknownKindIsGivenBackWithinSeconds() throws Exception {
        queue.enqueue(new JobKind<Integer>("unknown", String::valueOf), 1);
        try (var workers = Workers.start(server.source(), settings(1))) {
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (server.ask("select not picked and version > 1 from plimsoll.jobs").equals("f") && System
                    .nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            var version = server.ask("select version from plimsoll.jobs where not picked");
            TimeUnit.SECONDS.sleep(3);
            assertThat(server.ask("select version from plimsoll.jobs where not picked")).isEqualTo(version);
            assertThat(workers.busy()).isZero();
        }
    }

    /// As there are for small and for large jobs, since limits belong to all that one of them does.
    @Test
    void twoInOneProcessLeaveEachOtherTheirJobs() throws Exception {
        var small = WorkerSettings.of(1, LIMITS, ChildCommand.java(LeakyWork.class), "heap");
        var large = WorkerSettings.of(1, LIMITS, ChildCommand.java(LeakyWork.class), "sleep");
        try (var some = Workers.start(server.source(), small); var others = Workers.start(server.source(), large)) {
            enqueue("sleep", 5000);
            enqueue("heap", 1);
            awaitEmpty();
            assertThat(some.voided() + others.voided()).isZero();
        }
        assertThat(
                server.ask("select string_agg(kind || ' ' || outcome, ', ' order by kind) from plimsoll.job_history"))
                .isEqualTo("heap done, sleep done");
    }

    private void abandonedHistory(String job, int times) throws SQLException {
        server.ask("with past as (insert into plimsoll.job_history (kind, job, attempt, outcome, parent, message) "
                + "select 'sleep', '" + job + "', 1, 'abandoned', '', '' from generate_series(1, " + times
                + ")) select 1");
    }

    /// Queues a job that a parent holds.
    private void held(String job, String parent) throws SQLException {
        server.ask("insert into plimsoll.jobs (task_name, task_instance, task_data, execution_time, picked, picked_by, "
                + "version) values ('sleep', '" + job + "', '1', now(), true, '" + parent + "', 1) returning 1");
    }

    /// The name of a parent on this machine that has ended.
    private static String gone() throws IOException, InterruptedException {
        var process = new ProcessBuilder("/bin/sleep", "60").start();
        var name = Origin.of(process.pid()).toString();
        process.destroyForcibly().waitFor();
        return name;
    }

    @Test
    void metersTellKindAndOutcome() throws Exception {
        enqueue("sleep", 1);
        var registry = new SimpleMeterRegistry();
        try (var workers = Workers.start(server.source(), settings(1))) {
            new WorkerMeters(workers, queue).bindTo(registry);
            awaitEmpty();
            TimeUnit.MILLISECONDS.sleep(100);
            assertThat(registry.get("plimsoll.jobs").tags("kind", "sleep", "outcome", "done").timer().count())
                    .isEqualTo(1);
            assertThat(registry.get("plimsoll.children.memory").gauge().value()).isPositive();
            assertThat(registry.get("plimsoll.queue.depth").gauge().value()).isZero();
        }
    }
}
