package dev.plimsoll.sample.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/// What was asked, and how well it could be answered.
public final class Questions {
    private static final int AT_ONCE = 5000;

    private final Database database;

    public Questions(Database database) {
        this.database = database;
    }

    /// @param source empty when asked of all sources
    public record Asked(String source, String text, String folded, double confidence, List<Long> documents,
            boolean fromCache) {}

    /// A question that documents do not answer.
    public record Gap(String question, long asked, double bestConfidence, Instant lastAsked) {}

    /// How much a document is relied on.
    ///
    /// @param share of all answers of the time, 0 to 1
    /// @param alone answers that cite no other document, which would be lost with it
    public record Impact(long documentId, String title, String source, long answers, double share, long alone) {}

    /// Does not wait for the disk: what a crash of the database takes is the last half second of what the reports
    /// count, and every answer would be later otherwise. For this statement only, so that it stays right behind
    /// pgBouncer.
    public void add(Asked asked) {
        database.update("question_add", "WITH lazily AS (SELECT set_config('synchronous_commit', 'off', true)) INSERT "
                + "INTO questions (source, text, folded, confidence, document_ids, from_cache) SELECT ?, ?, ?, ?, ?, ? "
                + "FROM lazily", asked.source(), asked.text(), asked.folded(), asked.confidence(),
                asked.documents().toArray(Long[]::new), asked.fromCache());
    }

    /// Removes some that were asked longer ago, few enough to end soon.
    ///
    /// @return whether there may be more
    public boolean forget(int days) {
        return database.update("question_forget", "DELETE FROM questions WHERE id IN (SELECT id FROM questions WHERE "
                + "asked_at < now() - make_interval(days => ?) ORDER BY asked_at LIMIT ? FOR UPDATE SKIP LOCKED)", days,
                AT_ONCE) == AT_ONCE;
    }

    public List<Gap> gaps(String source, double below, int days, int limit) {
        return database.query("report_gaps", "SELECT max(text), count(*), max(confidence), max(asked_at) FROM questions"
                + " WHERE asked_at > now() - make_interval(days => ?) AND (? = '' OR source = ?) GROUP BY folded "
                + "HAVING max(confidence) < ? ORDER BY count(*) DESC, max(asked_at) DESC, folded LIMIT ?",
                row -> new Gap(row.getString(1), row.getLong(2), row.getDouble(3), row.getObject(4,
                        OffsetDateTime.class).toInstant()),
                days, source, source, below, limit);
    }

    public List<Impact> impact(String source, int days, int limit) {
        return database.query("report_impact", "WITH cited AS (SELECT unnest(document_ids) AS id, cardinality("
                + "document_ids) = 1 AS alone FROM questions WHERE asked_at > now() - make_interval(days => ?)), answers "
                + "AS (SELECT count(*) AS n FROM questions WHERE asked_at > now() - make_interval(days => ?) AND "
                + "cardinality(document_ids) > 0) SELECT d.id, d.title, d.source, count(*), count(*)::float8 / "
                + "max(answers.n), count(*) FILTER (WHERE cited.alone) FROM cited JOIN documents d USING (id), answers "
                + "WHERE (? = '' OR d.source = ?) GROUP BY d.id ORDER BY count(*) DESC, d.id LIMIT ?",
                row -> new Impact(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getDouble(5),
                        row.getLong(6)),
                days, days, source, source, limit);
    }
}
