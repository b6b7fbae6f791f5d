package dev.plimsoll.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Who settled a job, also when the database goes away in between.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerTest {
    private static final String PARENT = "here";

    private final LocalPostgres server;

    LedgerTest() throws Exception {
        server = LocalPostgres.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aJobIsSettledByWhoeverHoldsIt() throws Exception {
        held("mine");
        var ledger = new Ledger(server.source(), PARENT);
        assertThat(ledger.done(lease("mine"), attempt("mine"))).isEqualTo(Ledger.Settled.HERE);
        assertThat(ledger.done(lease("mine"), attempt("mine"))).isEqualTo(Ledger.Settled.ELSEWHERE);
        assertThat(history("mine")).isEqualTo("1");
    }

    @Test
    void anAnswerThatGotLostIsNotTakenForAnotherParent() throws Exception {
        held("lost");
        var losing = new AtomicInteger(1);
        var ledger = new Ledger(losingAnswers(server.source(), losing), PARENT);
        assertThat(ledger.done(lease("lost"), attempt("lost"))).isEqualTo(Ledger.Settled.UNKNOWN);
        assertThat(losing).hasValue(0);
        assertThat(history("lost")).as("settled once").isEqualTo("1");
    }

    @Test
    void aDatabaseThatComesBackSettlesTheJobHere() throws Exception {
        held("late");
        var refusals = new AtomicInteger(2);
        var ledger = new Ledger(passing(DataSource.class, server.source(), (method, answer) -> {
            if (refusals.getAndDecrement() > 0) {
                throw new SQLException("no connection can be had");
            }
            return answer;
        }), PARENT);
        assertThat(ledger.done(lease("late"), attempt("late"))).isEqualTo(Ledger.Settled.HERE);
        assertThat(history("late")).isEqualTo("1");
    }

    @Test
    void historyOfOwnKindsIsForgottenWhenItIsOldEnough() throws Exception {
        server.ask(
                "with noted as (insert into plimsoll.job_history (kind, job, attempt, outcome, ended, parent, message)"
                        + " select kind, 'old ' || number, 1, 'done', now() - interval '31 days', 'here', ''"
                        + " from generate_series(1, 6000) number, unnest(array['forgotten', 'foreign']) kind"
                        + " union all select 'forgotten', 'new', 1, 'done', now() - interval '29 days', 'here', ''"
                        + " returning 1) select count(*) from noted");
        new Ledger(server.source(), PARENT).forget(List.of("forgotten"), Duration.ofDays(30));
        assertThat(server.ask("select string_agg(job, ',') from plimsoll.job_history where kind = 'forgotten'"))
                .isEqualTo("new");
        assertThat(server.ask("select count(*) from plimsoll.job_history where kind = 'foreign'")).isEqualTo("6000");
    }

    private void held(String job) throws SQLException {
        server.ask(
                "with job as (insert into plimsoll.jobs (task_name, task_instance, task_data, execution_time, picked,"
                        + " picked_by, last_heartbeat, version) values ('ledger', '" + job + "', null, now(), true, '"
                        + PARENT
                        + "', now(), 1) returning 1) select * from job");
    }

    private String history(String job) throws SQLException {
        return server.ask("select count(*) from plimsoll.job_history where kind = 'ledger' and job = '" + job + "'");
    }

    private static Lease lease(String job) {
        return new Lease("ledger", job, 1);
    }

    private static Attempt attempt(String job) {
        return new Attempt(new Job("ledger", job, 1, "null"), Outcome.DONE, Memory.ofMegabytes(10), Duration.ZERO,
                Duration.ofMillis(5), "");
    }

    /// A source whose statements take effect, but whose first answers never arrive.
    private static DataSource losingAnswers(DataSource source, AtomicInteger losing) {
        return passing(DataSource.class, source, (ofSource, connection) -> ofSource.getName().equals("getConnection")
                ? passing(Connection.class, (Connection) connection,
                        (ofConnection, statement) -> ofConnection.getName().equals("prepareStatement")
                                ? passing(PreparedStatement.class, (PreparedStatement) statement,
                                        (ofStatement, answer) -> {
                                            if (ofStatement.getName().equals("execute")
                                                    && losing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                                                throw new SQLException("the connection ended");
                                            }
                                            return answer;
                                        })
                                : statement)
                : connection);
    }

    private interface Answering {
        Object answer(Method method, Object given) throws SQLException;
    }

    /// The same, except for what becomes of its answers.
    private static <T> T passing(Class<T> type, T to, Answering answering) {
        InvocationHandler handler = (self, method, arguments) -> {
            try {
                return answering.answer(method, method.invoke(to, arguments));
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler));
    }
}
