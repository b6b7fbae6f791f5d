package dev.plimsoll.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The queue as producers see it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobQueueTest {
    private final LocalPostgres server;
    private final JobQueue queue;

    JobQueueTest() throws Exception {
        server = LocalPostgres.start();
        queue = new JobQueue(server.source());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aJobExistsOnceTheTransactionThatQueuedItCommits() throws Exception {
        var kind = JobKind.ofJson("sleep");
        try (var connection = server.source().getConnection()) {
            connection.setAutoCommit(false);
            JobQueue.enqueue(connection, kind, "one", "1", Instant.now(), 0);
            assertThat(server.ask("select count(*) from plimsoll.jobs where task_name = 'sleep'")).isEqualTo("0");
            connection.rollback();
            JobQueue.enqueue(connection, kind, "two", "1", Instant.now(), 0);
            connection.commit();
        }
        assertThat(server.ask("select task_instance from plimsoll.jobs where task_name = 'sleep'")).isEqualTo("two");
    }

    @Test
    void anIdIsQueuedOnceAndInstallingAgainKeepsIt() throws Exception {
        var kind = new JobKind<Integer>("kept", String::valueOf);
        var before = queue.depth();
        queue.enqueue(kind, "1", 1);
        queue.enqueue(kind, "1", 2);
        queue.install();
        assertThat(queue.depth()).isEqualTo(before + 1);
        assertThat(server.ask("select convert_from(task_data, 'UTF8') from plimsoll.jobs where task_name = 'kept'"))
                .isEqualTo("1");
    }

    @Test
    void anInstallationThatIsRefusedLeavesItsConnectionFitForOthers() throws Exception {
        var config = new HikariConfig();
        config.setDataSource(server.source());
        config.setMaximumPoolSize(1);
        config.setConnectionInitSql("set default_transaction_read_only = on");
        try (var pool = new HikariDataSource(config)) {
            assertThatThrownBy(() -> new JobQueue(pool).install()).isInstanceOf(SQLException.class);
            try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(statement.execute("select 1")).isTrue();
            }
        }
    }

    @Test
    void aPriorityHasItsRange() throws Exception {
        try (var connection = server.source().getConnection()) {
            assertThatThrownBy(
                    () -> JobQueue.enqueue(connection, JobKind.ofJson("late"), "1", "1", Instant.now(), 40_000))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("32767");
        }
    }

    @Test
    void heldJobsAreFoundWithoutReadingAllThatWait() throws Exception {
        server.ask(
                "with many as (insert into plimsoll.jobs (task_name, task_instance, execution_time, picked, version) "
                        + "select 'many', number::text, now(), false, 1 from generate_series(1, 20000) number) select 1");
        try (var connection = server.source().getConnection(); var statement = connection.createStatement()) {
            statement.execute("analyze plimsoll.jobs");
        }
        assertThat(server.ask("explain select * from plimsoll.jobs where picked")).startsWith(
                "Index Scan using jobs_held");
        server.ask("with gone as (delete from plimsoll.jobs where task_name = 'many') select 1");
    }

    @Test
    void aPayloadThatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> queue.enqueue(JobKind.ofJson("sleep"), "{\"a\":")).isInstanceOf(
                IllegalArgumentException.class).hasMessageStartingWith("no valid JSON at character 6");
    }
}
