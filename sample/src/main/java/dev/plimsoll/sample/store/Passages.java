package dev.plimsoll.sample.store;

import dev.plimsoll.sample.search.Vector;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// Passages that share words or trigrams with a question.
public final class Passages {
    private static final String CANDIDATE = "SELECT c.id, c.document_id, d.title, c.ordinal, c.text, c.embedding ";
    private static final String OF_SOURCE = " AND (? = '' OR d.source = ?)";

    /// Less than the 0.6 of pg_trgm, at which one letter too many hides a short word. Set for one transaction only, so
    /// that it stays right behind pgBouncer.
    private static final String LIKE = "0.4";

    private final Database database;
    private final boolean trigrams;

    public Passages(Database database) {
        this.database = database;
        this.trigrams = database.first("trigrams", "SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'", row -> true)
                .isPresent();
    }

    public record Candidate(long id, long documentId, String title, int ordinal, String text, Vector vector) {}

    /// Any word of the question is enough; the rank prefers passages with more of them. The question is taken apart
    /// once and not for every passage, and only the best are read whole: a common word is in thousands.
    public List<Candidate> byWord(String question, String source, int limit) {
        return database.query("search_words", "WITH q AS MATERIALIZED (SELECT replace(plainto_tsquery('english', ?)::"
                + "text, ' & ', ' | ')::tsquery AS words), best AS (SELECT c.id, ts_rank(c.lexemes, q.words) AS rank "
                + "FROM q, chunks c WHERE c.lexemes @@ q.words AND (? = '' OR c.document_id IN (SELECT id FROM "
                + "documents WHERE source = ?)) ORDER BY rank DESC, c.id LIMIT ?) " + CANDIDATE + "FROM best JOIN "
                + "chunks c ON c.id = best.id JOIN documents d ON d.id = c.document_id ORDER BY best.rank DESC, c.id",
                Passages::candidate, question, source, source, limit);
    }

    /// Passages with a word like this one. Empty where the extension is missing.
    public List<Candidate> byTrigram(String word, String source, int limit) {
        return !trigrams ? List.of() : database.transaction("search_trigrams", session -> {
            session.query("SELECT set_config('pg_trgm.word_similarity_threshold', ?, true)", row -> true, LIKE);
            return session.query(CANDIDATE + "FROM chunks c JOIN documents d ON d.id = c.document_id WHERE ? <% c.text"
                    + OF_SOURCE + " ORDER BY word_similarity(?, c.text) DESC, c.id LIMIT ?", Passages::candidate, word,
                    source, source, word, limit);
        });
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        return new Candidate(row.getLong(1), row.getLong(2), row.getString(3), row.getInt(4), row.getString(5),
                new Vector(row.getBytes(6)));
    }
}
