package dev.plimsoll.runtime.worker;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settles jobs. Each settlement is one statement, so that the history and the queue cannot disagree, and none takes
/// effect when the lease is void.
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final String MINE = " where task_name = ? and task_instance = ? and version = ? ";
    private static final String NOTE = """
            insert into plimsoll.job_history (kind, job, attempt, outcome, peak_bytes, waited_ms, took_ms, parent, message)
              select ?, ?, ?, ?, ?, ?, ?, ?, ? from settled returning 1""";
    private static final String DONE = "with settled as (delete from plimsoll.jobs" + MINE + "returning 1) " + NOTE;
    private static final String AGAIN = """
            with settled as (update plimsoll.jobs set picked = false, picked_by = null, last_heartbeat = null,
                last_failure = now(), consecutive_failures = coalesce(consecutive_failures, 0) + ?,
                execution_time = now() + ? * interval '1 millisecond', version = version + 1""" + MINE
            + "returning 1) " + NOTE;
    private static final String QUARANTINE = "with settled as (delete from plimsoll.jobs" + MINE + """
            returning *), kept as (insert into plimsoll.job_quarantine (kind, job, payload, priority, outcome, message)
              select task_name, task_instance, coalesce(convert_from(task_data, 'UTF8')::jsonb, 'null'), priority, ?, ?
                from settled
              on conflict (kind, job) do update set payload = excluded.payload, since = now()),
            marked as (insert into plimsoll.job_history (kind, job, attempt, outcome, parent, message)
              select task_name, task_instance, ?, 'quarantined', ?, '' from settled)
            """ + NOTE;
    /// An id may be used again, and a released job begins anew. Rows of one statement have the same end.
    private static final String ABANDONMENTS = """
            select count(*) from plimsoll.job_history where kind = ? and job = ? and outcome = 'abandoned'
              and ended > coalesce((select max(ended) from plimsoll.job_history
                where kind = ? and job = ? and outcome in ('done', 'quarantined')), '-infinity')""";
    private static final String PUT_BACK = """
            update plimsoll.jobs set picked = false, picked_by = null, last_heartbeat = null,
              execution_time = now() + ? * interval '1 millisecond', version = version + 1""" + MINE;
    /// What other parents are forgetting at the moment is left to them.
    private static final String FORGET = """
            delete from plimsoll.job_history where number in (select number from plimsoll.job_history
              where ended < now() - ? * interval '1 millisecond' and kind = any (?) order by ended limit ?
              for update skip locked)""";
    /// Few enough that a statement on a small server ends within a second or so.
    private static final int FORGOTTEN_AT_ONCE = 5000;
    /// In milliseconds, while the database is away. A lease lives for half a minute without a heartbeat.
    private static final List<Long> PATIENCE = List.of(100L, 400L, 1000L, 2000L, 4000L, 8000L, 0L);

    private final DataSource source;
    private final String parent;

    Ledger(DataSource source, String parent) {
        this.source = source;
        this.parent = parent;
    }

    /// Who settled a job.
    enum Settled {
        HERE,
        /// Another parent had taken it over.
        ELSEWHERE,
        /// The database went away in between: perhaps nobody, perhaps this parent in an attempt that got no answer.
        UNKNOWN
    }

    /// Removes the job and notes in the same transaction that it is done.
    Settled done(Lease lease, Attempt attempt) {
        return settle(DONE, with(lease(lease), note(attempt)));
    }

    /// @param counts whether it was the job's fault
    Settled again(Lease lease, Attempt attempt, boolean counts, Duration delay) {
        return settle(AGAIN, with(with(List.of(counts ? 1 : 0, delay.toMillis()), lease(lease)), note(attempt)));
    }

    Settled quarantine(Lease lease, Attempt attempt) {
        return settle(QUARANTINE, with(with(lease(lease), List.of(attempt.outcome().code(), attempt.message(), attempt
                .job().attempt(), parent)), note(attempt)));
    }

    /// Gives the job back as if it had not been taken.
    Settled putBack(Lease lease, Duration delay) {
        return settle(PUT_BACK, with(List.of(delay.toMillis()), lease(lease)));
    }

    private static List<Object> lease(Lease lease) {
        return List.of(lease.kind(), lease.job(), lease.version());
    }

    private List<Object> note(Attempt attempt) {
        return List.of(attempt.job().kind(), attempt.job().id(), attempt.job().attempt(), attempt.outcome().code(),
                attempt.peak().bytes(), attempt.waited().toMillis(), attempt.took().toMillis(), parent, attempt
                        .message());
    }

    private static List<Object> with(List<?> some, List<?> more) {
        var all = new ArrayList<Object>(some);
        all.addAll(more);
        return all;
    }

    private Settled settle(String statement, List<Object> values) {
        var failures = 0;
        for (var pause : PATIENCE) {
            try (var connection = source.getConnection()) {
                return execute(connection, statement, values)
                        ? Settled.HERE
                        : failures > 0 ? Settled.UNKNOWN : Settled.ELSEWHERE;
            } catch (SQLException failed) {
                failures++;
                LOG.warn("a job cannot be settled yet; the next attempt is in {} ms", pause, failed);
                Pause.milliseconds(pause);
            }
        }
        LOG.error("a job was not settled, and runs again when its lease ends");
        return Settled.UNKNOWN;
    }

    private static boolean execute(Connection connection, String text, List<Object> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (var index = 0; index < values.size(); index++) {
                statement.setObject(index + 1, values.get(index));
            }
            statement.execute();
            var settled = statement.getUpdateCount() > 0;
            if (statement.getUpdateCount() < 0) {
                try (var rows = statement.getResultSet()) {
                    settled = rows.next();
                }
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return settled;
        }
    }

    /// How often the job's parent has died since the job was last done or put into quarantine.
    int abandonments(Lease lease) throws SQLException {
        try (var connection = source.getConnection(); var statement = connection.prepareStatement(ABANDONMENTS)) {
            statement.setString(1, lease.kind());
            statement.setString(2, lease.job());
            statement.setString(3, lease.kind());
            statement.setString(4, lease.job());
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    /// Removes what was noted of attempts that ended longer ago.
    void forget(List<String> kinds, Duration age) throws SQLException {
        int forgotten;
        do {
            forgotten = forgetSome(kinds, age);
        } while (forgotten == FORGOTTEN_AT_ONCE);
    }

    private int forgetSome(List<String> kinds, Duration age) throws SQLException {
        try (var connection = source.getConnection(); var statement = connection.prepareStatement(FORGET)) {
            statement.setLong(1, age.toMillis());
            statement.setArray(2, connection.createArrayOf("text", kinds.toArray()));
            statement.setInt(3, FORGOTTEN_AT_ONCE);
            var forgotten = statement.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return forgotten;
        }
    }

    /// A job that a parent held, and how many attempts it had before.
    record Held(Lease lease, int failures, String parent) {}

    /// Whether this parent holds it.
    boolean isOwn(Held held) {
        return held.parent().equals(parent);
    }

    /// All jobs that are held now.
    List<Held> held() throws SQLException {
        var held = new ArrayList<Held>();
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select task_name, task_instance, version, "
                        + "coalesce(consecutive_failures, 0), picked_by from plimsoll.jobs where picked")) {
            while (rows.next()) {
                held.add(new Held(new Lease(rows.getString(1), rows.getString(2), rows.getLong(3)), rows.getInt(4),
                        String.valueOf(rows.getString(5))));
            }
        }
        return held;
    }
}
